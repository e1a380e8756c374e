import { Dexie } from 'dexie';
import { isGivenBack, reportOf } from '../domain/apply.ts';
import type { Deed, RecordState } from '../domain/change.ts';
import type { Finding, Values } from '../domain/records/field.ts';
import { parentOf } from '../domain/records/kinds.ts';
import type { Kind } from '../domain/records/kinds.ts';
import type { Relatives } from '../domain/records/rule.ts';
import type { Scope } from '../protocol/scope.ts';
import { ivOf, lastCounters, lastScope, noCounters, openMeta, readMeta, writeMeta } from './device.ts';
import type { Counters, Device } from './device.ts';
import { predict } from './predict.ts';
import { boxChange, boxRecord, openRecord, stamped } from './store/record-box.ts';
import type { Held, Unnumbered, Unstamped } from './store/record-box.ts';
import type { OutboxRow, RecordRow, Store } from './store/store.ts';
import { heldFrom } from './sync/hold.ts';

/** The change cannot hold as it is; nothing was written. */
export class NotSaved extends Error {
  readonly code: string;
  readonly findings: readonly Finding[];
  constructor(code: string, findings: readonly Finding[] = []) {
    super(code);
    this.code = code;
    this.findings = findings;
  }
}

/** What is to be done to one record. `base`: the revision its author has seen, where that may be older than the one on the phone. */
export type Doing = { readonly record: string; readonly base?: number | undefined; readonly deed: Deed };

export type Saving = {
  /** The draft in which it was written, when that is not one of its own records. */
  readonly form?: string;
  /** How long it rests on the phone and may be taken back, in milliseconds. */
  readonly holdMs?: number;
  /** None of the records is on the phone yet, so nothing is read before. Where that is not so, it is noticed in time. */
  readonly fresh?: boolean;
};

/**
 * The only way to make a change: record and outbox entry in one strict transaction, and the record's draft is gone.
 * When this resolves the change is on the disk; a full disk rejects it with nothing changed.
 */
export const save = async (device: Device, record: string, deed: Deed): Promise<RecordState> =>
  (await saveAll(device, [{ record, deed }]))[0] as RecordState;

/**
 * Several changes that belong together, such as a class and its roster: all of them are made, or none.
 */
export const saveAll = async (
  device: Device,
  doings: readonly Doing[],
  how: Saving = {},
): Promise<RecordState[]> => {
  for (let isFirst = true; ; isFirst = false) {
    const fresh = isFirst && how.fresh === true;
    const saved = await attempt(device, doings, { ...how, fresh }, isFirst).catch((error: unknown) => {
      // By what was known in memory; the disk may know better.
      if (fresh && error instanceof NotSaved) return null;
      throw error;
    });
    if (saved !== null) return saved;
  }
};

/** What a save rests on: the scope, by its box's IV, the rows that are to be replaced, and the numbers given out so far. */
type Ground = {
  readonly scope: Scope | null;
  readonly iv: string | undefined;
  readonly rows: readonly (RecordRow | undefined)[];
  readonly counters: Counters;
};

const readGround = async (device: Device, doings: readonly Doing[]): Promise<Ground> => {
  const { store } = device;
  const [meta, rows, counters = noCounters] = await store.transaction('r', store.meta, store.record, () =>
    Promise.all([
      store.meta.get('scope'),
      store.record.bulkGet(doings.map(({ record }) => record)),
      readMeta(store, 'counters'),
    ]),
  );
  return { scope: await openMeta(device, 'scope', meta), iv: ivOf(meta), rows, counters };
};

/** For records that are new: what is in memory already. */
const freshGround = (device: Device, doings: readonly Doing[]): Ground | null => {
  const [scope, counters] = [lastScope(device), lastCounters(device)];
  if (scope === undefined || counters === undefined) return null;
  return { scope: scope.value, iv: scope.iv, rows: doings.map(() => undefined), counters };
};

/** One change, sealed and ready to be written over the row it was made from. */
type Ready = {
  readonly doing: Doing;
  readonly before: RecordRow | undefined;
  readonly after: RecordState;
  readonly made: string;
  readonly row: Unstamped;
  readonly box: OutboxRow['box'];
};

/** The ground has moved: another tab was quicker. */
class Overtaken extends Error {}

/**
 * Seals first and writes then, because a transaction must not wait for cryptography. Within it, what the save rests on is
 * read again while it is written, and not before: on a slow phone each turn costs milliseconds. Null when somebody was
 * quicker; nothing was written then, and the numbers are read first the next time (`isHasty` is over), or a long reading from
 * the server, which moves them page after page, could hold her up.
 */
const attempt = async (
  device: Device,
  doings: readonly Doing[],
  { form, holdMs = 0, fresh = false }: Saving,
  isHasty: boolean,
): Promise<RecordState[] | null> => {
  const { store } = device;
  const guess = fresh ? freshGround(device, doings) : null;
  const ground = guess ?? (await readGround(device, doings));
  const { scope } = ground;
  if (scope === null) throw new NotSaved('E_NOT_YOURS');
  const ready: Ready[] = [];
  for (const [i, doing] of doings.entries())
    ready.push(await prepare(device, scope, doing, ground.rows[i], ready));
  const drafts = ready.flatMap(({ doing }) => (doing.deed.do === 'save' ? [doing.record] : []));
  const written = store.transaction(
    'rw',
    store.record,
    store.outbox,
    store.draft,
    store.meta,
    async (): Promise<void> => {
      const counters = isHasty ? ground.counters : ((await readMeta(store, 'counters')) ?? noCounters);
      const first = counters.seq + 1;
      await Promise.all([
        stand(device, { ...ground, counters }, ready),
        ...(holdMs > 0 ? [hold(device, first, holdMs)] : []),
        store.outbox.bulkAdd(
          ready.map(({ doing, made, box }, i) => ({ seq: first + i, record: doing.record, made, box })),
        ),
        store.draft.bulkDelete(form === undefined ? drafts : [...drafts, form]),
        putDown(store, ready, counters.stamp),
        writeMeta(store, 'counters', {
          seq: counters.seq + ready.length,
          stamp: counters.stamp + ready.length,
        }),
      ]);
    },
  );
  return written.then(
    () => ready.map(({ after }) => after),
    (error: unknown) => {
      if (error instanceof Overtaken) return null;
      throw error;
    },
  );
};

/** Whether all is as it was when the save was prepared; rejects, and so ends the transaction, when it is not. */
const stand = async (device: Device, { iv, counters }: Ground, ready: readonly Ready[]): Promise<void> => {
  const [[held, scope], ...still] = await Promise.all([
    device.store.meta.bulkGet(['counters', 'scope']),
    ...ready.map(({ doing, before }) => before === undefined || isStill(device, doing.record, before)),
  ]);
  const { seq, stamp } = (held?.value as Counters | undefined) ?? noCounters;
  const isSame = seq === counters.seq && stamp === counters.stamp && ivOf(scope) === iv;
  if (!isSame || still.includes(false)) throw new Overtaken();
};

/** What was taken for new has been put down by somebody else. */
const overtaken = (error: unknown): never => {
  const names = error instanceof Dexie.BulkError ? error.failures.map(({ name }) => name) : [];
  throw names.includes('ConstraintError') ? new Overtaken() : error;
};

const hold = async (device: Device, first: number, holdMs: number): Promise<void> => {
  const from = Math.min(first, await heldFrom(device));
  await writeMeta(device.store, 'hold', { from, until: device.now().getTime() + holdMs });
};

/** Rows that are new are added, so that none is written over; the others replace what they were made from. */
const putDown = async ({ record }: Store, ready: readonly Ready[], stamp: number): Promise<void> => {
  const rows = stamped(
    ready.map(({ row }) => row),
    stamp,
  );
  const added = rows.filter((_, i) => ready[i]?.before === undefined);
  const replaced = rows.filter((_, i) => ready[i]?.before !== undefined);
  await Promise.all([
    ...(added.length > 0 ? [record.bulkAdd(added).catch(overtaken)] : []),
    ...(replaced.length > 0 ? [record.bulkPut(replaced)] : []),
  ]);
};

const prepare = async (
  device: Device,
  scope: Scope,
  doing: Doing,
  before: RecordRow | undefined,
  earlier: readonly Ready[],
): Promise<Ready> => {
  const { record, deed } = doing;
  const held = before === undefined ? null : await openRecord(device, before);
  const made = device.now().toISOString();
  const base = doing.base ?? held?.base?.rev ?? 0;
  const change: Unnumbered = { record, base, made, ...deed };
  const relatives =
    deed.do === 'save'
      ? await relativesOf(device, deed.kind, { ...held?.view.fields, ...deed.patch }, record, earlier)
      : undefined;
  const reportIsOpen = await isOpenReport(device, held?.view ?? null);
  const outcome = predict(device, scope, held?.view, { ...change, seq: 0 }, relatives, reportIsOpen);
  if (outcome.verdict !== 'applied')
    throw new NotSaved(outcome.code, outcome.verdict === 'late' ? [] : (outcome.findings ?? []));
  const next: Held = { base: held?.base ?? null, view: outcome.record };
  const about = { feed: before?.feed ?? null, pending: (before?.pending ?? 0) + 1, unit: scope.me.unit };
  const [row, box] = await Promise.all([boxRecord(device, next, about), boxChange(device, change)]);
  return { doing, before, made, after: outcome.record, row, box };
};

/** Whether the report that locked a record is open again, as far as this phone knows. */
export const isOpenReport = async (device: Device, record: RecordState | null): Promise<boolean> => {
  const report = record === null ? null : reportOf(record);
  return report !== null && isGivenBack((await device.store.record.get(report))?.state);
};

/** What a record belongs to and what else does, as far as this phone and the changes before it know. */
export const relativesOf = async (
  device: Device,
  kind: Kind,
  values: Values,
  id: string,
  earlier: readonly Pick<Ready, 'after'>[] = [],
): Promise<Relatives | undefined> => {
  const parent = parentOf(kind, values);
  if (parent === null) return undefined;
  const row = await device.store.record.get(parent);
  const known =
    earlier.find(({ after }) => after.id === parent)?.after ??
    (row === undefined ? undefined : (await openRecord(device, row)).view);
  const others = await device.store.record
    .where('parent')
    .equals(parent)
    .and((other) => other.kind === kind && other.id !== id && other.state !== 'void')
    .toArray();
  const siblings = await Promise.all(others.map((other) => openRecord(device, other)));
  return { parent: known?.fields ?? null, siblings: siblings.map(({ view }) => view.fields) };
};

/** Whether a row is as it was when it was read; asked inside the transaction that replaces it. */
export const isStill = async (
  { store }: Device,
  record: string,
  row: RecordRow | undefined,
): Promise<boolean> => (await store.record.get(record))?.stamp === row?.stamp;
