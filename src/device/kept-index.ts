import type { RecordState } from '../domain/change.ts';
import { readSealedMeta, sealMeta } from './device.ts';
import type { Device, KeptEntries, KeptKey } from './device.ts';
import { isUpToDate } from './listed.ts';
import { openRecord } from './store/record-box.ts';
import type { Store } from './store/store.ts';

/**
 * Bodies are sealed one by one, so what a screen needs of all of them lies in one block of its own, sealed as well:
 * opened once, kept in memory, and brought up to date from the rows that were written since.
 */
export type KeptIndex<K extends KeptKey> = {
  stamp: number;
  kept: number;
  /** All rows that were there when it was last looked; null before the first look. */
  seen: Set<string> | null;
  readonly entries: Map<string, KeptEntries[K]>;
  /** Moves with every change of the entries, for what is derived from them. */
  version: number;
};

/** Rows are opened in batches of so many; the block is written anew after so many changes. */
const batch = 200;
const changesKept = 50;
const changedPart = 4;

/**
 * How to come by an index of all records under a name; `entryOf` gives null for what it leaves out. A block of another
 * shape, from before the entries were what they are now, is made anew.
 */
export const keptIndex = <K extends KeptKey>(
  name: K,
  entryOf: (record: RecordState) => KeptEntries[K] | null,
  shape = 1,
): ((device: Device) => Promise<KeptIndex<K>>) => {
  const open = new WeakMap<Store, Promise<KeptIndex<K>>>();

  const load = async (device: Device): Promise<KeptIndex<K>> => {
    const held = await readSealedMeta(device, name).catch(() => null);
    const block = (held?.shape ?? 1) === shape ? held : null;
    const entries = new Map((block?.entries ?? []).map((entry) => [entry.id, entry as KeptEntries[K]]));
    return { stamp: block?.stamp ?? 0, kept: block?.stamp ?? 0, seen: null, entries, version: 0 };
  };

  /** Brings an index up to date with what has been written to the store since. */
  const catchUp = async (device: Device, index: KeptIndex<K>): Promise<void> => {
    for (;;) {
      const rows = await device.store.record.where('stamp').above(index.stamp).limit(batch).toArray();
      const opened = await Promise.all(rows.map((row) => openRecord(device, row)));
      for (const { view } of opened) {
        const entry = entryOf(view);
        if (entry !== null) index.entries.set(view.id, entry);
      }
      for (const { id } of rows) index.seen?.add(id);
      index.stamp = rows.at(-1)?.stamp ?? index.stamp;
      if (rows.length > 0) index.version += 1;
      if (rows.length < batch) break;
    }
    const gone = await forget(device, index);
    // Written more seldom the longer it is, or a first reading would write it again and again.
    const enough = Math.max(changesKept, index.entries.size / changedPart);
    if (!gone && index.stamp - index.kept < enough) return;
    const block = { shape, stamp: index.stamp, entries: [...index.entries.values()] };
    await device.store.meta.put(await sealMeta(device, name, block as never));
    index.kept = index.stamp;
  };

  /** What is no longer on the phone, because she may not read it any more, is in no index either. */
  const forget = async (device: Device, index: KeptIndex<K>): Promise<boolean> => {
    const { record } = device.store;
    if (index.seen !== null && index.seen.size === (await record.count())) return false;
    index.seen = new Set(await record.toCollection().primaryKeys());
    const gone = [...index.entries.keys()].filter((id) => index.seen?.has(id) !== true);
    for (const id of gone) index.entries.delete(id);
    if (gone.length > 0) index.version += 1;
    return gone.length > 0;
  };

  /** Up to date; resolved from memory when nothing was written. */
  return (device) => {
    const next = (open.get(device.store) ?? load(device)).then(async (index) => {
      if (!isUpToDate(index)) await catchUp(device, index);
      return index;
    });
    open.set(device.store, next);
    next.catch(() => open.delete(device.store));
    return next;
  };
};
