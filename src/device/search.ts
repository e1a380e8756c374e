import { kinds, mainKinds } from '../domain/records/kinds.ts';
import type { Kind } from '../domain/records/kinds.ts';
import type { RecordState, ReviewState } from '../domain/change.ts';
import { fold } from '../domain/typed/fold.ts';
import type { Device, SearchEntry } from './device.ts';
import { keptIndex } from './kept-index.ts';
import type { KeptIndex } from './kept-index.ts';
import { openListed } from './listed.ts';
import type { Listed } from './listed.ts';

/** Finding records by their words, in an index of their own. */

const longestText = 700;

const searched = ['text', 'longText', 'tags'];

const entryOf = ({ id, kind, unit, state, fields, code }: RecordState): SearchEntry | null => {
  if (!mainKinds.includes(kind)) return null;
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

const indexOf = keptIndex('search', entryOf);

/** The entries with the latest date first; sorted again after a change. */
const sorted = new WeakMap<
  KeptIndex<'search'>,
  { readonly version: number; readonly entries: readonly SearchEntry[] }
>();

const sortedOf = (index: KeptIndex<'search'>): readonly SearchEntry[] => {
  const held = sorted.get(index);
  if (held?.version === index.version) return held.entries;
  const entries = [...index.entries.values()].sort((a, b) =>
    a.date < b.date ? 1 : a.date > b.date ? -1 : 0,
  );
  sorted.set(index, { version: index.version, entries });
  return entries;
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
  const found = sortedOf(index).filter(
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
