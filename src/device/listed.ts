import { Dexie } from 'dexie';
import type { RecordState } from '../domain/change.ts';
import type { Device } from './device.ts';
import { openRecord } from './store/record-box.ts';
import type { RecordRow, Store } from './store/store.ts';

/** The four states a person can tell apart. A draft is `saved`; the rest follows from the record's own changes. */
export type SyncState = 'saved' | 'waiting' | 'received' | 'needsYou';

export type Listed = { readonly record: RecordState; readonly sync: SyncState };

const stateOf = (row: RecordRow, noticed: ReadonlySet<string>): SyncState =>
  noticed.has(row.id) || row.conflict === 1 ? 'needsYou' : row.pending > 0 ? 'waiting' : 'received';

const noticedRecords = async ({ store }: Device): Promise<Set<string>> =>
  new Set((await store.notice.toArray()).map(({ record }) => record));

export const openAll = async (device: Device, rows: readonly RecordRow[]): Promise<Listed[]> => {
  const noticed = await noticedRecords(device);
  const opened = await Promise.all(rows.map((row) => openRecord(device, row)));
  return opened.map(({ view }, i) => ({ record: view, sync: stateOf(rows[i] as RecordRow, noticed) }));
};

/** What was opened lately. A list that grows, or a search that narrows, opens only what it has not shown before. */
let lately = new WeakMap<Store, Map<string, Listed>>();

const mostKept = 1000;

/** Who has asked and need not look again, because no record was written since. */
let upToDate = new WeakSet();

// Written by whichever tab or worker: Dexie tells them all.
Dexie.on('storagemutated', (parts: object) => {
  if (!Object.keys(parts).some((part) => /\/(record|notice)\//.test(part))) return;
  lately = new WeakMap();
  upToDate = new WeakSet();
});

/** Whether no record was written since the same reader last asked. */
export const isUpToDate = (reader: object): boolean => {
  const was = upToDate.has(reader);
  upToDate.add(reader);
  return was;
};

/** Records by their ids, in this order; those that are not on the phone are left out. */
export const openListed = async (device: Device, ids: readonly string[]): Promise<Listed[]> => {
  const { store } = device;
  // Held on to from before the reading: were a row written meanwhile, what was read goes into a forgotten map.
  const known = lately.get(store) ?? new Map<string, Listed>();
  if (known.size > mostKept) known.clear();
  lately.set(store, known);
  const found = new Map(ids.map((id) => [id, known.get(id)]));
  const missing = ids.filter((id) => found.get(id) === undefined);
  if (missing.length > 0) {
    const rows = (await store.record.bulkGet(missing)).filter((row): row is RecordRow => row !== undefined);
    for (const listed of await openAll(device, rows)) {
      known.set(listed.record.id, listed);
      found.set(listed.record.id, listed);
    }
  }
  return ids.flatMap((id) => found.get(id) ?? []);
};
