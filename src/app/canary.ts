import type { Canary } from '../device/canary.ts';
import type { Phone } from '../device/phone.ts';

const prefix = 'binh-dang-';

/** Beside the database, in the one place of a browser that is kept apart from it. */
export const canary: Canary = {
  read: (writer) => localStorage.getItem(`${prefix}${writer}`),
  write: (writer, text) => localStorage.setItem(`${prefix}${writer}`, text),
};

/** The notes about stores that this phone does not have. */
export const strayNotes = (phone: Phone | null): string[] =>
  Object.keys(localStorage).filter(
    (key) => key.startsWith(prefix) && !phone?.people.some(({ writer }) => key === `${prefix}${writer}`),
  );
