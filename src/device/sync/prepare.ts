import { isAssessment, stateAfter, withoutWords } from '../../domain/apply.ts';
import type { Change, RecordEvent, RecordState } from '../../domain/change.ts';
import { writerOf } from '../../domain/record-id.ts';
import { canonical } from '../../domain/records/canonical.ts';
import { audienceOf } from '../../domain/records/kinds.ts';
import type { Scope } from '../../protocol/scope.ts';
import type { RecordRow as WireRow, SyncResponse, Verdict } from '../../protocol/sync-response.ts';
import type { Device } from '../device.ts';
import { replay } from '../predict.ts';
import { isOpenReport } from '../save.ts';
import { boxRecord, openChange, openRecord } from '../store/record-box.ts';
import type { Held, Unstamped } from '../store/record-box.ts';
import type { OutboxRow, RecordRow } from '../store/store.ts';
import { refusedWords } from './refused-words.ts';
import type { NewDraft } from './refused-words.ts';

/** Everything that one answer does to one record, sealed and ready to be written. */
export type Step = {
  readonly id: string;
  readonly before: RecordRow | undefined;
  readonly after: Unstamped | null;
  /** How many of its changes wait on, and which of the decided ones are still in the outbox. */
  readonly waiting: number;
  readonly decided: readonly number[];
  readonly draft: NewDraft | null;
  /** A feed of which this phone was told a part without having the whole: it is read from the start again. */
  readonly lacking: number | null;
};

/** What an answer does to each record, and the numbers that waited when it was worked out. */
export type Prepared = { readonly steps: readonly Step[]; readonly outbox: readonly number[] };

/**
 * What an answer does to each record that it decides or tells about. Rows are read at once, and of what waits all of it: on a
 * slow phone each request costs, and to look for each record's own changes takes one for each.
 */
export const prepare = async (
  device: Device,
  scope: Scope,
  decided: readonly Change[],
  answer: SyncResponse,
): Promise<Prepared> => {
  const { store } = device;
  const ids = [...new Set([...decided.map(({ record }) => record), ...answer.records.map(({ id }) => id)])];
  const [rows, outbox] = await store.transaction('r', store.record, store.outbox, () =>
    Promise.all([store.record.bulkGet(ids), store.outbox.orderBy('seq').toArray()]),
  );
  const held = await Promise.all(
    rows.map(async (row) => (row === undefined ? null : openRecord(device, row))),
  );
  const [mine, waiting] = [byRecord(decided), byRecord(outbox)];
  const refused = new Map(answer.verdicts.map((verdict) => [verdict.seq, verdict]));
  const news = new Map(answer.records.map((row) => [row.id, row]));
  const steps: Unsealed[] = [];
  for (const [i, id] of ids.entries()) {
    const found: Found = {
      id,
      before: rows[i],
      held: held[i] ?? null,
      decided: mine.get(id) ?? [],
      outbox: waiting.get(id) ?? [],
      news: news.get(id),
    };
    const earlier = (form: string): NewDraft | undefined =>
      steps.find(({ draft }) => draft?.row.id === form)?.draft ?? undefined;
    const step = await prepareOne(device, scope, found, refused, earlier);
    // The later draft of a form holds what the earlier one did.
    const over = step.draft?.row.id;
    const older = steps.findIndex(({ draft }) => draft !== null && draft.row.id === over);
    const first = steps[older];
    if (first !== undefined) steps[older] = { ...first, draft: null };
    steps.push(step);
  }
  const sealed = await Promise.all(
    steps.map(async ({ kept, ...step }): Promise<Step> => {
      if (kept === null) return { ...step, after: null };
      const about = { feed: kept.feed, pending: step.waiting, unit: scope.me.unit };
      return { ...step, after: await boxRecord(device, kept.held, about) };
    }),
  );
  return { steps: sealed, outbox: outbox.map(({ seq }) => seq) };
};

/** Changes by the record they are about, in their order. */
const byRecord = <T extends { readonly record: string }>(all: readonly T[]): ReadonlyMap<string, T[]> => {
  const groups = new Map<string, T[]>();
  for (const one of all) {
    const group = groups.get(one.record);
    if (group === undefined) groups.set(one.record, [one]);
    else group.push(one);
  }
  return groups;
};

/** What there is of a record: as it is held, what of it was decided, what waits, and what the server tells. */
type Found = Pick<Step, 'id' | 'before'> & {
  readonly held: Held | null;
  readonly decided: readonly Change[];
  readonly outbox: readonly OutboxRow[];
  readonly news: WireRow | undefined;
};

/** A step before its record is sealed; null when nothing is kept. */
type Unsealed = Omit<Step, 'after'> & { readonly kept: { held: Held; feed: number } | null };

const prepareOne = async (
  device: Device,
  scope: Scope,
  { id, before, held, decided, outbox, news }: Found,
  refused: ReadonlyMap<number, Verdict>,
  earlier: (form: string) => NewDraft | undefined,
): Promise<Unsealed> => {
  // Another run may have taken some of them out before; those are in the base already.
  const mine = decided.filter((change) => outbox.some(({ seq }) => seq === change.seq));
  const waiting = outbox.filter(({ seq }) => !decided.some((change) => change.seq === seq));
  const accepted = mine.filter(({ seq }) => !refused.has(seq));
  const isUnknown = mine.some(({ seq }) => unknown.includes(refused.get(seq)?.code ?? ''));
  const mineIn = accepted.reduce(
    (base, change) => withAccepted(base, change, device.writer, scope.me.account),
    isUnknown ? null : (held?.base ?? null),
  );
  const lacking = news !== undefined && !news.whole && mineIn === null ? news.feed : null;
  const base = asHeld(withNews(mineIn, lacking === null ? news : undefined));
  const changes = await Promise.all(waiting.map((row) => openChange(device, row)));
  const view = replay(device, scope, base, changes, await isOpenReport(device, base));
  const draft = await refusedWords(
    device,
    // Of a record that is gone the form keeps what stood in it.
    view ?? held?.view ?? null,
    mine.filter((change) => refused.has(change.seq)),
    earlier,
  );
  const step = { id, before, draft, lacking, waiting: waiting.length, decided: mine.map(({ seq }) => seq) };
  if (view === null) return { ...step, kept: null };
  const feed = news?.feed ?? before?.feed ?? feedOf(scope, view);
  return { ...step, kept: { held: { base: waiting.length === 0 ? view : base, view }, feed } };
};

/**
 * A server that was put back and says so has no such record; what this phone still has of it rests on nothing, and must not
 * outlive the refusal of what was to be said of it.
 */
const unknown: readonly string[] = ['E_NO_RECORD', 'E_RECORD_ID'];

/**
 * What she wrote herself is not sent back to her, so her accepted words go into the base from here. The server has
 * judged them; they are not judged again, or a clock that has moved meanwhile would lose them.
 */
const withAccepted = (
  base: RecordState | null,
  change: Change,
  writer: number,
  account: number,
): RecordState | null => {
  if (change.do === 'lock')
    return base && { ...base, state: 'locked', events: [...base.events, ...lockEvents(base, change)] };
  if (change.do !== 'save') return base && { ...base, state: stateAfter[change.do] };
  if (base !== null)
    return {
      ...base,
      state: isAssessment(change.kind, change.patch) ? base.state : 'submitted',
      fields: { ...base.fields, ...change.patch },
    };
  // Of a record that was begun elsewhere, or had been read before, her words are a part; it is there when it is read.
  if (change.base > 0 || writerOf(change.record) !== writer) return null;
  return {
    id: change.record,
    code: null,
    kind: change.kind,
    unit: change.unit,
    rev: 0,
    edited: 0,
    decided: 0,
    authors: [],
    state: 'submitted',
    fields: change.patch,
    comment: null,
    since: {},
    events: [{ rev: 0, at: change.made, made: change.made, by: account, do: 'save' }],
  };
};

/**
 * Where a record was locked, until the server's own event about it comes: number 0 is none of the server's. None when that event
 * was read before its verdict came.
 */
const lockEvents = (
  { events }: RecordState,
  { made, report, tile }: Extract<Change, { do: 'lock' }>,
): RecordEvent[] =>
  events.some((event) => event.do === 'lock' && event.report === report && event.made === made)
    ? []
    : [{ rev: 0, at: made, made, by: 0, do: 'lock', report, tile }];

/** The server empties what the form does not ask for, also where that was empty before and so is not told. */
const asHeld = (record: RecordState | null): RecordState | null =>
  record && { ...record, fields: { ...record.fields, ...canonical(record.kind, record.fields) } };

/** The feed of a record that was taken in but not told back yet; 0, which nobody reads, when its unit is not hers any more. */
const feedOf = ({ feeds }: Scope, { kind, fields, unit }: RecordState): number => {
  const audience = audienceOf(kind, fields);
  return feeds.find((feed) => feed.unit === unit && feed.audience === audience)?.id ?? 0;
};

const withNews = (base: RecordState | null, news: WireRow | undefined): RecordState | null => {
  if (news === undefined) return base;
  const { whole, feed: _feed, fields, events, ...rest } = news;
  const kept =
    whole || base === null
      ? []
      : base.events.filter(({ rev: known }) => known !== 0 && !events.some(({ rev }) => rev === known));
  // Names that the server has erased go from this phone's history, too.
  const older = events.some((event) => event.do === 'erase') ? withoutWords(kept) : kept;
  return {
    ...rest,
    fields: whole || base === null ? fields : { ...base.fields, ...fields },
    events: [...older, ...events],
  };
};
