import type { ReviewState } from '../domain/change.ts';
import type { Kind } from '../domain/records/kinds.ts';
import type { Scope } from '../protocol/scope.ts';
import { clockOf } from './phone.ts';
import type { Phone, PhonePerson } from './phone.ts';
import { openStore } from './store/store.ts';
import type { MetaRow, Store } from './store/store.ts';
import { unwrapKey } from './vault/keys.ts';
import { seal, unseal } from './vault/seal.ts';

/** One person's open store on this phone, with her key. */
export type Device = {
  readonly writer: number;
  readonly store: Store;
  readonly key: CryptoKey;
  readonly now: () => Date;
};

/** Opens the store of a person on this phone; needs no network. */
export const openDevice = async (phone: Phone, person: PhonePerson): Promise<Device> => {
  if (phone.deviceKey === null) throw new Error('this phone has no key');
  const key = await unwrapKey(phone.deviceKey, person.wrappedKey);
  return { writer: person.writer, store: openStore(person.writer), key, now: clockOf(phone) };
};

/** One record as the search knows it: folded text, and what the filters ask for. */
export type SearchEntry = {
  readonly id: string;
  readonly kind: Kind;
  readonly unit: string;
  readonly date: string;
  readonly state: ReviewState;
  readonly form: string | null;
  readonly campaign: number | null;
  readonly text: string;
};

/** All entries up to a stamp. */
export type SearchBlock = { readonly stamp: number; readonly entries: readonly SearchEntry[] };

/** What is kept sealed under one name. */
type SealedMeta = {
  readonly scope: Scope;
  readonly keys: { readonly session: string | null; readonly credential: string };
  readonly search: SearchBlock;
};

export const sealMeta = async <K extends keyof SealedMeta>(
  device: Device,
  key: K,
  value: SealedMeta[K],
): Promise<MetaRow> => ({
  key,
  box: await seal(device.key, `meta|${key}`, value),
});

export const readSealedMeta = async <K extends keyof SealedMeta>(
  device: Device,
  key: K,
): Promise<SealedMeta[K] | null> => {
  const row = await device.store.meta.get(key);
  return row?.box === undefined ? null : unseal<SealedMeta[K]>(device.key, `meta|${key}`, row.box);
};

/** What is kept in the clear under one name: counters and cursors. */
export type ClearMeta = {
  readonly nextSeq: number;
  readonly nextRecord: number;
  readonly stamp: number;
  readonly epoch: string;
  readonly cursor: Readonly<Record<string, number>>;
  /** Where the last reading that came to its end stood. */
  readonly since: Readonly<Record<string, number>>;
  readonly status: SyncStatus;
};

/** Why nothing moves, as the person is told it; null when all is well. */
export type WaitReason = 'offline' | 'unreachable' | 'signIn' | 'busy' | 'server' | 'version' | null;

export type SyncStatus = {
  readonly reason: WaitReason;
  /** When the server last answered (ISO), null before the first time. */
  readonly lastContact: string | null;
  readonly failures: number;
  /** How far the server’s clock is ahead of this phone’s, in milliseconds, when it last answered. */
  readonly skewMs: number;
  /** No attempt before this moment (ms), unless something changed or she asks. */
  readonly notBefore: number;
};

export const newStatus: SyncStatus = {
  reason: null,
  lastContact: null,
  failures: 0,
  skewMs: 0,
  notBefore: 0,
};

export const readMeta = async <K extends keyof ClearMeta>(
  store: Store,
  key: K,
): Promise<ClearMeta[K] | undefined> => (await store.meta.get(key))?.value as ClearMeta[K] | undefined;

export const writeMeta = async <K extends keyof ClearMeta>(
  store: Store,
  key: K,
  value: ClearMeta[K],
): Promise<void> => {
  await store.meta.put({ key, value });
};
