import { kinds, mainKinds } from '../domain/records/kinds.ts';
import type { Kind } from '../domain/records/kinds.ts';
import type { RecordState, ReviewState } from '../domain/change.ts';
import { fold } from '../domain/typed/fold.ts';
import { readSealedMeta, sealMeta } from './device.ts';
import type { Device, SearchBlock, SearchEntry } from './device.ts';
import { isUpToDate, openListed } from './listed.ts';
import type { Listed } from './listed.ts';
import { openRecord } from './store/record-box.ts';
import type { Store } from './store/store.ts';

/**
 * Finding records by their words. Bodies are sealed one by one, so what a search needs of them lies in one block of
 * its own, sealed as well: opened once, kept in memory, and brought up to date from the rows that were written since.
 */

type Index = {
  stamp: number;
  kept: number;
  /** All rows that were there when it was last looked; null before the first look. */
  seen: Set<string> | null;
  readonly entries: Map<string, SearchEntry>;
  /** The entries with the latest date first; null after a change. */
  sorted: readonly SearchEntry[] | null;
};

const open = new WeakMap<Store, Promise<Index>>();

/** Rows are opened in batches of so many; the block is written anew after so many changes. */
const batch = 200;
const changesKept = 50;
const longestText = 700;

const searched = ['text', 'longText', 'tags'];

const entryOf = ({ id, kind, unit, state, fields, code }: RecordState): SearchEntry => {
  const { startDate } = kinds[kind];
  const words = Object.entries(kinds[kind].fields)
    .filter(([, field]) => searched.includes(field.type))
    .flatMap(([name]) => fields[name] ?? [])
    .flat();
  return {
    id,
    kind,
    unit,
    state,
    date: String(fields[startDate ?? ''] ?? ''),
    form: (fields['form'] ?? fields['model_type'] ?? null) as string | null,
    campaign: (fields['campaign_year'] ?? null) as number | null,
    text: fold([code ?? '', ...words].join(' ').slice(0, longestText)),
  };
};

const load = async (device: Device): Promise<Index> => {
  const block = await readSealedMeta(device, 'search').catch(() => null);
  const entries = new Map((block?.entries ?? []).map((entry) => [entry.id, entry]));
  return { stamp: block?.stamp ?? 0, kept: block?.stamp ?? 0, seen: null, entries, sorted: null };
};

/** Brings an index up to date with what has been written to the store since. */
const catchUp = async (device: Device, index: Index): Promise<void> => {
  for (;;) {
    const rows = await device.store.record.where('stamp').above(index.stamp).limit(batch).toArray();
    const found = rows.filter(({ kind }) => mainKinds.includes(kind));
    const opened = await Promise.all(found.map((row) => openRecord(device, row)));
    for (const { view } of opened) index.entries.set(view.id, entryOf(view));
    for (const { id } of rows) index.seen?.add(id);
    index.stamp = rows.at(-1)?.stamp ?? index.stamp;
    if (rows.length > 0) index.sorted = null;
    if (rows.length < batch) break;
  }
  const gone = await forget(device, index);
  if (!gone && index.stamp - index.kept < changesKept) return;
  const block: SearchBlock = { stamp: index.stamp, entries: [...index.entries.values()] };
  await device.store.meta.put(await sealMeta(device, 'search', block));
  index.kept = index.stamp;
};

/** What is no longer on the phone, because she may not read it any more, is not to be found either. */
const forget = async (device: Device, index: Index): Promise<boolean> => {
  const { record } = device.store;
  if (index.seen !== null && index.seen.size === (await record.count())) return false;
  index.seen = new Set(await record.toCollection().primaryKeys());
  const gone = [...index.entries.keys()].filter((id) => index.seen?.has(id) !== true);
  for (const id of gone) index.entries.delete(id);
  if (gone.length > 0) index.sorted = null;
  return gone.length > 0;
};

/** The index of this store, up to date; resolved from memory when nothing was written. */
const indexOf = (device: Device): Promise<Index> => {
  const next = (open.get(device.store) ?? load(device)).then(async (index) => {
    if (!isUpToDate(index)) await catchUp(device, index);
    return index;
  });
  open.set(device.store, next);
  next.catch(() => open.delete(device.store));
  return next;
};

export type Wanted = {
  readonly kind: Kind;
  readonly state: ReviewState | null;
  /** As in 2019-11. */
  readonly month: string | null;
  readonly form: string | null;
  readonly campaign: boolean;
  readonly query: string;
};

export type Found = { readonly total: number; readonly listed: readonly Listed[] };

/** The records that are wanted, the latest date first: how many, and so many of them opened. */
export const search = async (device: Device, wanted: Wanted, limit: number): Promise<Found> => {
  const words = fold(wanted.query).split(' ').filter(Boolean);
  const index = await indexOf(device);
  index.sorted ??= [...index.entries.values()].sort((a, b) =>
    a.date < b.date ? 1 : a.date > b.date ? -1 : 0,
  );
  const found = index.sorted.filter(
    (entry) =>
      entry.kind === wanted.kind &&
      (wanted.state === null || entry.state === wanted.state) &&
      (wanted.month === null || entry.date.startsWith(wanted.month)) &&
      (wanted.form === null || entry.form === wanted.form) &&
      (!wanted.campaign || entry.campaign !== null) &&
      words.every((word) => entry.text.includes(word)),
  );
  const listed = await openListed(
    device,
    found.slice(0, limit).map(({ id }) => id),
  );
  return { total: found.length, listed };
};

/** The months in which there are records of a kind, the latest first (2019-11). */
export const readMonths = async (device: Device, kind: Kind): Promise<string[]> => {
  const { entries } = await indexOf(device);
  const months = [...entries.values()]
    .filter((entry) => entry.kind === kind)
    .map(({ date }) => date.slice(0, 7));
  return [...new Set(months)].filter(Boolean).sort().reverse();
};
