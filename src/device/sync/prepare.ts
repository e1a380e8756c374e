import { isAssessment, stateAfter, withoutWords } from '../../domain/apply.ts';
import type { Change, RecordEvent, RecordState } from '../../domain/change.ts';
import { canonical } from '../../domain/records/canonical.ts';
import { audienceOf } from '../../domain/records/kinds.ts';
import type { Scope } from '../../protocol/scope.ts';
import type { RecordRow as WireRow, SyncResponse, Verdict } from '../../protocol/sync-response.ts';
import type { Device } from '../device.ts';
import { replay } from '../predict.ts';
import { isOpenReport } from '../save.ts';
import { boxRecord, openChange, openRecord } from '../store/record-box.ts';
import type { Unstamped } from '../store/record-box.ts';
import type { RecordRow } from '../store/store.ts';
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

/** What an answer does to each record that it decides or tells about. */
export const prepare = async (
  device: Device,
  scope: Scope,
  decided: readonly Change[],
  answer: SyncResponse,
): Promise<Step[]> => {
  const ids = new Set([...decided.map(({ record }) => record), ...answer.records.map(({ id }) => id)]);
  const refused = new Map(answer.verdicts.map((verdict) => [verdict.seq, verdict]));
  const news = new Map(answer.records.map((row) => [row.id, row]));
  const steps: Step[] = [];
  for (const id of ids) {
    const mine = decided.filter(({ record }) => record === id);
    const earlier = (form: string): NewDraft | undefined =>
      steps.find(({ draft }) => draft?.row.id === form)?.draft ?? undefined;
    const step = await prepareOne(device, scope, id, mine, refused, news.get(id), earlier);
    // The later draft of a form holds what the earlier one did.
    const over = step.draft?.row.id;
    const older = steps.findIndex(({ draft }) => draft !== null && draft.row.id === over);
    const held = steps[older];
    if (held !== undefined) steps[older] = { ...held, draft: null };
    steps.push(step);
  }
  return steps;
};

const prepareOne = async (
  device: Device,
  scope: Scope,
  id: string,
  decided: readonly Change[],
  refused: ReadonlyMap<number, Verdict>,
  news: WireRow | undefined,
  earlier: (form: string) => NewDraft | undefined,
): Promise<Step> => {
  const { store } = device;
  const before = await store.record.get(id);
  const held = before === undefined ? null : await openRecord(device, before);
  const rows = await store.outbox.where('record').equals(id).toArray();
  // Another run may have taken some of them out before; those are in the base already.
  const mine = decided.filter((change) => rows.some(({ seq }) => seq === change.seq));
  const waiting = rows.filter(({ seq }) => !decided.some((change) => change.seq === seq));
  const accepted = mine.filter(({ seq }) => !refused.has(seq));
  const mineIn = accepted.reduce(withAccepted, held?.base ?? null);
  const lacking = news !== undefined && !news.whole && mineIn === null ? news.feed : null;
  const base = asHeld(withNews(mineIn, lacking === null ? news : undefined));
  const changes = await Promise.all(waiting.map((row) => openChange(device, row)));
  const view = replay(device, scope, base, changes, await isOpenReport(device, base));
  const draft = await refusedWords(
    device,
    view,
    mine.filter((change) => refused.has(change.seq)),
    earlier,
  );
  const step = { id, before, draft, lacking, waiting: waiting.length, decided: mine.map(({ seq }) => seq) };
  if (view === null) return { ...step, after: null };
  const about = {
    feed: news?.feed ?? before?.feed ?? feedOf(scope, view),
    pending: waiting.length,
    unit: scope.me.unit,
  };
  const kept = waiting.length === 0 ? { base: view, view } : { base, view };
  return { ...step, after: await boxRecord(device, kept, about) };
};

/**
 * What she wrote herself is not sent back to her, so her accepted words go into the base from here. The server has
 * judged them; they are not judged again, or a clock that has moved meanwhile would lose them.
 */
const withAccepted = (base: RecordState | null, change: Change): RecordState | null => {
  if (change.do === 'lock')
    return base && { ...base, state: 'locked', events: [...base.events, lockEvent(change)] };
  if (change.do !== 'save') return base && { ...base, state: stateAfter[change.do] };
  if (base !== null)
    return {
      ...base,
      state: isAssessment(change.kind, change.patch) ? base.state : 'submitted',
      fields: { ...base.fields, ...change.patch },
    };
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
    events: [],
  };
};

/** Where a record was locked, until the server's own event about it comes: number 0 is none of the server's. */
const lockEvent = ({ made, report, tile }: Extract<Change, { do: 'lock' }>): RecordEvent => ({
  rev: 0,
  at: made,
  made,
  by: 0,
  do: 'lock',
  report,
  tile,
});

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
