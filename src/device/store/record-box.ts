import type { Change, RecordState } from '../../domain/change.ts';
import { conflictsOf } from '../../domain/conflict.ts';
import { kinds, parentOf } from '../../domain/records/kinds.ts';
import { historyOf } from '../../protocol/audit.ts';
import { noCounters, readMeta, writeMeta } from '../device.ts';
import type { Device } from '../device.ts';
import { seal, unseal } from '../vault/seal.ts';
import type { NoticeRow, OutboxRow, RecordRow, Store } from './store.ts';

/** What a record's box holds. Without waiting changes base and view are one. */
export type Held = { readonly base: RecordState | null; readonly view: RecordState };

type Boxed = { readonly base: RecordState | null; readonly view?: RecordState };

export const openRecord = async (device: Device, row: RecordRow): Promise<Held> => {
  const { base, view } = await unseal<Boxed>(device.key, `record|${row.id}`, row.box);
  return { base, view: view ?? (base as RecordState) };
};

/** A row without its stamp, which it gets in the transaction that stores it. */
export type Unstamped = Omit<RecordRow, 'stamp'>;

/** Puts rows down under the next stamps; within a transaction over records and meta. */
export const putRecords = async (store: Store, rows: readonly Unstamped[]): Promise<void> => {
  const counters = (await readMeta(store, 'counters')) ?? noCounters;
  await store.record.bulkPut(stamped(rows, counters.stamp));
  await writeMeta(store, 'counters', { ...counters, stamp: counters.stamp + rows.length });
};

/** Rows under the stamps that follow one. */
export const stamped = (rows: readonly Unstamped[], after: number): RecordRow[] =>
  rows.map((row, i) => ({ ...row, stamp: after + 1 + i }));

const parentKey = ({ kind, fields }: RecordState): { parent?: string } => {
  const parent = parentOf(kind, fields);
  return parent === null ? {} : { parent };
};

/** The row of a record as it is now held by someone of a unit; dates and states go in the clear beside the box. */
export const boxRecord = async (
  device: Device,
  { base, view }: Held,
  { unit, ...about }: { readonly feed: number | null; readonly pending: number; readonly unit: string },
): Promise<Unstamped> => ({
  ...about,
  ...parentKey(view),
  ...(view.unit === unit && conflictsOf(view).length > 0 ? { conflict: 1 as const } : {}),
  id: view.id,
  kind: view.kind,
  unit: view.unit,
  date: String(view.fields[kinds[view.kind].startDate ?? ''] ?? ''),
  state: view.state,
  history: historyOf(base?.events ?? []),
  touched: (about.pending === 0 ? view.events.at(-1)?.at : undefined) ?? device.now().toISOString(),
  box: await seal(device.key, `record|${view.id}`, base === view ? { base } : { base, view }),
});

/** A waiting change without its number, which it gets in the transaction that stores it. */
export type Unnumbered = Change extends infer C ? (C extends unknown ? Omit<C, 'seq'> : never) : never;

export const boxChange = (device: Device, change: Unnumbered): Promise<OutboxRow['box']> =>
  seal(device.key, `outbox|${change.record}`, change);

export const openNotice = (device: Device, { of, box }: Pick<NoticeRow, 'of' | 'box'>): Promise<Unnumbered> =>
  unseal<Unnumbered>(device.key, `outbox|${of}`, box);

export const openChange = async (
  device: Device,
  row: Pick<OutboxRow, 'seq' | 'record' | 'box'>,
): Promise<Change> => ({
  ...(await unseal<Unnumbered>(device.key, `outbox|${row.record}`, row.box)),
  seq: row.seq,
});
