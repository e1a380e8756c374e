import { isGivenBack, reportOf } from '../domain/apply.ts';
import type { Deed, RecordState } from '../domain/change.ts';
import type { Finding, Values } from '../domain/records/field.ts';
import { parentOf } from '../domain/records/kinds.ts';
import type { Kind } from '../domain/records/kinds.ts';
import type { Relatives } from '../domain/records/rule.ts';
import type { Scope } from '../protocol/scope.ts';
import { ivOf, lastScope, noCounters, openMeta, readMeta, writeMeta } from './device.ts';
import type { Device } from './device.ts';
import { predict } from './predict.ts';
import { boxChange, boxRecord, openRecord, stamped } from './store/record-box.ts';
import type { Held, Unnumbered, Unstamped } from './store/record-box.ts';
import type { OutboxRow, RecordRow } from './store/store.ts';
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

/** What is to be done to one record. */
export type Doing = { readonly record: string; readonly deed: Deed };

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
  for (let turn = how; ; turn = { ...how, fresh: false }) {
    const saved = await attempt(device, doings, turn).catch((error: unknown) => {
      // By what was known in memory; the disk may know better.
      if (turn.fresh === true && error instanceof NotSaved) return null;
      throw error;
    });
    if (saved !== null) return saved;
  }
};

/** What a save rests on: the scope, by its box's IV, and the rows that are to be replaced. */
type Ground = {
  readonly scope: Scope | null;
  readonly iv: string | undefined;
  readonly rows: readonly (RecordRow | undefined)[];
};

const readGround = async (device: Device, doings: readonly Doing[]): Promise<Ground> => {
  const { store } = device;
  const [meta, rows] = await store.transaction('r', store.meta, store.record, () =>
    Promise.all([store.meta.get('scope'), store.record.bulkGet(doings.map(({ record }) => record))]),
  );
  return { scope: await openMeta(device, 'scope', meta), iv: ivOf(meta), rows };
};

/** For records that are new: what is in memory already. */
const freshGround = (device: Device, doings: readonly Doing[]): Ground | null => {
  const known = lastScope(device);
  return known === undefined ? null : { scope: known.value, iv: known.iv, rows: doings.map(() => undefined) };
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

/** Seals first and writes then, because a transaction must not wait for cryptography; null when somebody was quicker. */
const attempt = async (
  device: Device,
  doings: readonly Doing[],
  { form, holdMs = 0, fresh = false }: Saving,
): Promise<RecordState[] | null> => {
  const { store } = device;
  const guess = fresh ? freshGround(device, doings) : null;
  const { scope, iv, rows } = guess ?? (await readGround(device, doings));
  if (scope === null) throw new NotSaved('E_NOT_YOURS');
  const ready: Ready[] = [];
  for (const [i, doing] of doings.entries()) ready.push(await prepare(device, scope, doing, rows[i], ready));
  const written = await store.transaction(
    'rw',
    store.record,
    store.outbox,
    store.draft,
    store.meta,
    async () => {
      // Reads in one round and writes in another: on a slow phone every request costs milliseconds.
      const [still, counters = noCounters, scopeRow] = await Promise.all([
        Promise.all(ready.map(({ doing, before }) => isStill(device, doing.record, before))),
        readMeta(store, 'counters'),
        store.meta.get('scope'),
      ]);
      if (still.includes(false) || ivOf(scopeRow) !== iv) return false;
      const drafts = ready.flatMap(({ doing }) => (doing.deed.do === 'save' ? [doing.record] : []));
      const first = counters.seq + 1;
      const changed = ready.map(({ row }) => row);
      if (holdMs > 0) {
        const from = Math.min(first, await heldFrom(device));
        await writeMeta(store, 'hold', { from, until: device.now().getTime() + holdMs });
      }
      await Promise.all([
        store.outbox.bulkAdd(
          ready.map(({ doing, made, box }, i) => ({ seq: first + i, record: doing.record, made, box })),
        ),
        store.draft.bulkDelete(form === undefined ? drafts : [...drafts, form]),
        store.record.bulkPut(stamped(changed, counters.stamp)),
        writeMeta(store, 'counters', {
          seq: counters.seq + changed.length,
          stamp: counters.stamp + changed.length,
        }),
      ]);
      return true;
    },
  );
  return written ? ready.map(({ after }) => after) : null;
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
  const change: Unnumbered = { record, base: held?.base?.rev ?? 0, made, ...deed };
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
