import type { Canary } from '../device/canary.ts';
import type { Phone } from '../device/phone.ts';

const prefix = 'binh-dang-';

/** The one place of a browser that is kept apart from its databases; some browsers let nobody look. */
const place = (): Storage | null => {
  try {
    return localStorage;
  } catch {
    return null;
  }
};

/** Beside the database. */
export const canary: Canary = {
  read: (writer) => place()?.getItem(`${prefix}${writer}`) ?? null,
  write: (writer, text) => place()?.setItem(`${prefix}${writer}`, text),
};

const strayKeys = (phone: Phone | null): string[] =>
  Object.keys(place() ?? {}).filter(
    (key) => key.startsWith(prefix) && !phone?.people.some(({ writer }) => key === `${prefix}${writer}`),
  );

/** What was noted of stores that this phone does not have. */
export const strayNotes = (phone: Phone | null): (string | null)[] =>
  strayKeys(phone).map((key) => place()?.getItem(key) ?? null);

/** Forgets those, once she has been told. */
export const forgetStrays = (phone: Phone): void =>
  strayKeys(phone).forEach((key) => place()?.removeItem(key));
