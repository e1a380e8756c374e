import { Dexie } from 'dexie';
import type { DBCoreTable } from 'dexie';
import type { Deed } from '../../../src/domain/change.ts';
import { noCounters, readMeta, sealMeta, writeMeta } from '../../../src/device/device.ts';
import type { Device } from '../../../src/device/device.ts';
import { keepAnswer } from '../../../src/device/sign-in.ts';
import { openStore } from '../../../src/device/store/store.ts';
import type { Store } from '../../../src/device/store/store.ts';
import { firstPace } from '../../../src/device/sync/pace.ts';
import { newPersonKey } from '../../../src/device/vault/keys.ts';
import { getMeta } from '../../../src/server/sql/open.ts';
import { directoryHolder } from '../../../src/server/units/directory.ts';
import { scopeOf } from '../../../src/server/units/scope.ts';
import { enrol, signInAt } from './office.ts';
import type { Office } from './office.ts';

/** A change that she was told is saved. */
export type Saved = { readonly seq: number; readonly record: string; readonly deed: Deed };

/** A phone with the app's real engine, which can be made to stop at any of its reads and writes. */
export type Phone = {
  readonly login: string;
  readonly account: number;
  readonly credential: string;
  session: string;
  device: Device;
  skewMs: number;
  /** It speaks the wire version of the clients of others. */
  plain: boolean;
  syncing: boolean;
  /** She writes something in the middle of a sync, between two steps of it. */
  writing: boolean;
  readonly saved: Saved[];
  /** The photos of what she was told is saved, with the change that names each. */
  readonly photos: { readonly seq: number; readonly record: string; readonly sha256: string }[];
  /** The epoch and the number of the last whole answer; null when the phone could not write since. */
  heard: { readonly epoch: string; readonly upto: number } | null;
  /** It stops at the nth touch of its disk from now on; everything after that fails until it is opened anew. */
  readonly stopAfter: (touches: number) => void;
  readonly isStopped: () => boolean;
  /** There is no room for so many writes from now on; it goes on with what it has in memory. */
  readonly fill: (writes: number) => void;
  /** How often it has touched its disk. */
  readonly touched: () => number;
  /** Opened anew where it was to stop, or in any case. */
  readonly reopen: (anyway?: boolean) => Promise<void>;
  readonly lastSeq: () => Promise<number>;
};

let stores = 0;

type Identity = Awaited<ReturnType<typeof enrol>>;

/** A phone as it stands after its person has signed in. */
export const openPhone = async (office: Office, login: string, clock: () => Date): Promise<Phone> => {
  const given = await enrol(office, login);
  const phone = await makePhone(login, given, clock);
  const directory = await directoryHolder(office.db).get();
  const who = directory.accounts.get(given.account);
  if (who === undefined) throw new Error(login);
  await phone.device.store.meta.bulkPut([
    await sealMeta(phone.device, 'scope', scopeOf(who, directory)),
    await sealMeta(phone.device, 'keys', { session: given.session, credential: given.credential }),
    { key: 'epoch', value: await getMeta(office.db, 'epoch') },
  ]);
  return phone;
};

/** A phone on which somebody signs in for the first time, at the server itself; null when that did not come about. */
export const openNewPhone = async (
  office: Office,
  login: string,
  clock: () => Date,
): Promise<Phone | null> => {
  const answer = await signInAt(office, login, null);
  if (answer === null) return null;
  const { session, scope, writer } = answer;
  const { number, credential } = writer;
  const phone = await makePhone(
    login,
    { account: scope.me.account, writer: number, credential, session },
    clock,
  );
  await keepAnswer(phone.device, answer);
  return phone;
};

const makePhone = async (
  login: string,
  { account, writer, credential, session }: Identity,
  clock: () => Date,
): Promise<Phone> => {
  const key = await newPersonKey();
  const name = 1_000_000 + (stores += 1);
  let left = Infinity;
  let stopped = false;
  let touches = 0;
  let noRoom = 0;
  const touch = (isWrite: boolean): void => {
    touches += 1;
    if ((left -= 1) < 0) stopped = true;
    if (stopped) throw new Error('the phone stopped here');
    if (!isWrite || noRoom === 0) return;
    noRoom -= 1;
    phone.heard = null;
    throw new DOMException('no room', 'QuotaExceededError');
  };
  const openMortal = (): Store => {
    const store = openStore(name);
    store.use({
      stack: 'dbcore',
      name: 'mortal',
      create: (core) => ({ ...core, table: (table) => mortal(core.table(table), touch) }),
    });
    return store;
  };
  const deviceOn = (store: Store): Device => ({
    writer,
    store,
    key,
    now: () => new Date(clock().getTime() + phone.skewMs),
  });
  const phone: Phone = {
    login,
    account,
    credential,
    session,
    device: undefined as never,
    skewMs: 0,
    plain: false,
    syncing: false,
    writing: false,
    saved: [],
    photos: [],
    heard: null,
    stopAfter: (n) => {
      left = n;
    },
    touched: () => touches,
    isStopped: () => stopped,
    fill: (writes) => {
      noRoom = writes;
    },
    reopen: (anyway = false) => {
      // One that was not to stop goes on with what it has in memory, like an app that stays open.
      if (!anyway && left === Infinity && !stopped) return Promise.resolve();
      phone.device.store.close();
      if (stopped) phone.heard = null;
      left = Infinity;
      stopped = false;
      phone.device = deviceOn(openMortal());
      return Promise.resolve();
    },
    lastSeq: async () => ((await readMeta(phone.device.store, 'counters')) ?? noCounters).seq,
  };
  phone.device = deviceOn(openMortal());
  // Two changes a piece: what little is written here goes in several all the same.
  await writeMeta(phone.device.store, 'pace', { ...firstPace, budget: 3000, perChange: 1500 });
  return phone;
};

/** A table whose every request may be the one at which the phone stops or has no room. */
const mortal = (table: DBCoreTable, touch: (isWrite: boolean) => void): DBCoreTable => {
  const guard =
    <A extends object, R>(work: (request: A) => Promise<R>) =>
    (request: A): Promise<R> => {
      try {
        touch('type' in request && (request.type === 'add' || request.type === 'put'));
      } catch (error) {
        return Dexie.Promise.reject(error) as unknown as Promise<R>;
      }
      return work(request);
    };
  return {
    ...table,
    mutate: guard((request) => table.mutate(request)),
    get: guard((request) => table.get(request)),
    getMany: guard((request) => table.getMany(request)),
    query: guard((request) => table.query(request)),
    openCursor: guard((request) => table.openCursor(request)),
    count: guard((request) => table.count(request)),
  };
};
