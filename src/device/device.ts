import type { ReviewState } from '../domain/change.ts';
import type { Kind } from '../domain/records/kinds.ts';
import type { Fact } from '../domain/report/fact.ts';
import type { Scope } from '../protocol/scope.ts';
import { clockOf } from './phone.ts';
import type { Phone, PhonePerson } from './phone.ts';
import { openStore } from './store/store.ts';
import type { Hold } from './sync/hold.ts';
import type { Pace } from './sync/pace.ts';
import type { MetaRow, Store } from './store/store.ts';
import { unwrapKey } from './vault/keys.ts';
import { ivLength, seal, unseal } from './vault/seal.ts';

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
  const store = openStore(person.writer);
  // At once, while the key is unwrapped and the screen is drawn; whoever reads hears what went wrong.
  void store.open().catch(() => undefined);
  const key = await unwrapKey(phone.deviceKey, person.wrappedKey);
  return { writer: person.writer, store, key, now: clockOf(phone) };
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

/** What is kept of every record in one sealed block, by the block's name. */
export type KeptEntries = { readonly search: SearchEntry; readonly facts: Fact };
export type KeptKey = keyof KeptEntries;

/** All entries up to a stamp. */
type Block<K extends KeptKey> = {
  readonly shape?: number;
  readonly stamp: number;
  readonly entries: readonly KeptEntries[K][];
};

/** What is kept sealed under one name. */
type SealedMeta = {
  readonly scope: Scope;
  readonly keys: { readonly session: string | null; readonly credential: string };
  readonly search: Block<'search'>;
  readonly facts: Block<'facts'>;
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
  return openMeta(device, key, await device.store.meta.get(key));
};

/** Every box has an IV of its own, so a box that was opened before is known by it and not opened again. */
type OpenedBox = { readonly iv: string; readonly value: unknown };

const opened = new WeakMap<Store, Map<string, OpenedBox>>();

/** The IV of a row's box, by which it is known. */
export const ivOf = (row: MetaRow | undefined): string | undefined => row?.box?.subarray(0, ivLength).join();

/** The scope as it was last opened in this context, without a look at the disk, and by which IV to ask whether it still is. */
export const lastScope = ({ store }: Device): { readonly iv: string; readonly value: Scope } | undefined =>
  opened.get(store)?.get('scope') as { iv: string; value: Scope } | undefined;

/** What a row of sealed meta holds; null when there is none. */
export const openMeta = async <K extends keyof SealedMeta>(
  { store, key: secret }: Device,
  key: K,
  row: MetaRow | undefined,
): Promise<SealedMeta[K] | null> => {
  const iv = ivOf(row);
  if (row?.box === undefined || iv === undefined) return null;
  const known = opened.get(store)?.get(key);
  if (known?.iv === iv) return known.value as SealedMeta[K];
  const value = await unseal<SealedMeta[K]>(secret, `meta|${key}`, row.box);
  // An index keeps its own; a second copy of ten thousand entries would be one too many.
  if (key !== 'search' && key !== 'facts') {
    const all = opened.get(store) ?? new Map<string, OpenedBox>();
    opened.set(store, all.set(key, { iv, value }));
  }
  return value;
};

/** The last number that a change of hers got, and the last stamp of a row. One row, because a save moves both. */
export type Counters = { readonly seq: number; readonly stamp: number };

export const noCounters: Counters = { seq: 0, stamp: 0 };

/** What is kept in the clear under one name: counters and cursors. */
export type ClearMeta = {
  readonly counters: Counters;
  readonly nextRecord: number;
  readonly hold: Hold;
  /** The highest change that a request has held; it cannot be taken back. */
  readonly sentUpto: number;
  /** Nothing more was to be read when this phone last read. */
  readonly whole: boolean;
  readonly epoch: string;
  readonly cursor: Readonly<Record<string, number>>;
  /** The version of the scope for which what is no longer hers was last looked for. */
  readonly swept: string;
  /** Where the last reading that came to its end stood. */
  readonly since: Readonly<Record<string, number>>;
  readonly status: SyncStatus;
  /** When the server last turned out to be behind; `stamp` while what it has is being read again. */
  readonly startedOver: { readonly epoch: string; readonly upto: number; readonly stamp?: number };
  /** Feeds that are read from the start again, each with the last stamp from before; what is older at the end is gone. */
  readonly rereading: Readonly<Record<string, number>>;
  /** When this phone last compared with the server that it has all records (ISO). */
  readonly audited: string;
  /** When the server last answered in full (ISO), and not a glance. */
  readonly answered: string;
  /** How much goes over this link at once. */
  readonly pace: Pace;
};

/** Why nothing moves, as the person is told it; null when all is well. */
export type WaitReason =
  'offline' | 'unreachable' | 'signIn' | 'busy' | 'server' | 'version' | 'forked' | null;

export type SyncStatus = {
  readonly reason: WaitReason;
  /** When the server last answered (ISO), null before the first time. */
  readonly lastContact: string | null;
  readonly failures: number;
  /** How far the server’s clock is ahead of this phone’s, in milliseconds, when it last answered. */
  readonly skewMs: number;
  /** No attempt before this moment (ms), unless something changed or she asks. */
  readonly notBefore: number;
  /** The store is not what it was, and so many changes had been waiting in it; nothing goes out of it any more. */
  readonly lost?: number;
};

export const newStatus: SyncStatus = {
  reason: null,
  lastContact: null,
  failures: 0,
  skewMs: 0,
  notBefore: 0,
};

/** The counters as they were last seen in this context. */
const counted = new WeakMap<Store, Counters>();

/** The same without a look at the disk, for who finds out in time that they have moved on. */
export const lastCounters = ({ store }: Device): Counters | undefined => counted.get(store);

export const readMeta = async <K extends keyof ClearMeta>(
  store: Store,
  key: K,
): Promise<ClearMeta[K] | undefined> => {
  const value = (await store.meta.get(key))?.value as ClearMeta[K] | undefined;
  if (key === 'counters') counted.set(store, (value ?? noCounters) as Counters);
  return value;
};

export const writeMeta = async <K extends keyof ClearMeta>(
  store: Store,
  key: K,
  value: ClearMeta[K],
): Promise<void> => {
  if (key === 'counters') counted.set(store, value as Counters);
  await store.meta.put({ key, value });
};
