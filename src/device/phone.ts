import type { Role } from '../domain/access.ts';
import { createStore, get, update } from 'idb-keyval';

/** What must be known before anybody's store opens: who uses this phone, the phone's key, the language. */

export type PhonePerson = {
  readonly writer: number;
  readonly account: number;
  readonly login: string;
  readonly name: string;
  readonly role: Role;
  readonly unitName: string;
  readonly wrappedKey: ArrayBuffer;
  /** She signed out: her unsent work is still handed in, but her name must sign in to open it. */
  readonly signedOut: boolean;
};

export type Phone = {
  readonly people: readonly PhonePerson[];
  readonly current: number | null;
  readonly language: 'vi' | 'en';
  readonly deviceKey: CryptoKey | null;
  /** Whether single letters work as shortcuts at the desk. */
  readonly shortcuts: boolean;
  /** How far the demo's clock is ahead of the real one, in milliseconds; zero outside a demo. */
  readonly clockShift: number;
  /** The words of a notification in her language, once she asked to be reminded; the worker has no others. */
  readonly notice: { readonly title: string; readonly body: string } | null;
};

/** A phone that nobody has used yet. */
export const freshPhone: Phone = {
  people: [],
  current: null,
  language: 'vi',
  deviceKey: null,
  shortcuts: true,
  clockShift: 0,
  notice: null,
};

const store = createStore('binh-dang-phone', 'phone');

export const readPhone = async (): Promise<Phone> => ({
  ...freshPhone,
  ...(await get<Phone>('phone', store)),
});

/** Changes what the phone knows, in one transaction; returns the result. */
export const changePhone = async (change: (phone: Phone) => Phone): Promise<Phone> => {
  await update<Phone>('phone', (held) => change({ ...freshPhone, ...held }), store);
  return readPhone();
};

/** The person whose store is open, if anybody's. */
export const currentPerson = (phone: Phone): PhonePerson | undefined =>
  phone.people.find((person) => person.writer === phone.current);

/** The clock of this phone, moved to the demo's day in a demo. */
export const clockOf = (phone: Phone) => (): Date => new Date(Date.now() + phone.clockShift);
