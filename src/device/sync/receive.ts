import type { Change, RecordState } from '../../domain/change.ts';
import type { Finding, Values } from '../../domain/records/field.ts';
import { stateAfter } from '../../domain/apply.ts';
import { toTyped } from '../../domain/records/typed.ts';
import type { Scope } from '../../protocol/scope.ts';
import type { RecordRow as WireRow, SyncResponse, Verdict } from '../../protocol/sync-response.ts';
import { newStatus, readMeta, sealMeta, writeMeta } from '../device.ts';
import type { Device } from '../device.ts';
import { boxDraft, readDraft } from '../drafts.ts';
import { replay } from '../predict.ts';
import { isStill } from '../save.ts';
import { boxChange, boxRecord, openChange, openRecord } from '../store/record-box.ts';
import type { DraftRow, MetaRow, NoticeRow, RecordRow } from '../store/store.ts';

/** Everything that one answer does to one record, sealed and ready to be written. */
type Step = {
  readonly id: string;
  readonly before: RecordRow | undefined;
  readonly after: RecordRow | null;
  /** How many of its changes wait on, and which of the decided ones are still in the outbox. */
  readonly waiting: number;
  readonly decided: readonly number[];
  readonly draft: NewDraft | null;
};

/**
 * Takes an answer in: decided changes leave the outbox, the server's news goes under what still waits, and the cursor
 * moves, all in one transaction. Prepared outside of it, because sealing must not happen inside; when a save came in
 * between, it is prepared anew.
 */
export const receive = async (
  device: Device,
  scope: Scope,
  sent: readonly Change[],
  answer: SyncResponse,
): Promise<void> => {
  const decided = sent.filter((change) => change.seq <= answer.upto);
  const notices = await noticesOf(device, decided, answer.verdicts);
  const scopeRow = answer.scope === null ? null : await sealMeta(device, 'scope', answer.scope);
  for (;;) {
    const now = answer.scope ?? scope;
    const feeds = now.feeds.map(({ id }) => id);
    const steps = await prepare(device, now, decided, answer);
    if (await commit(device, { answer, decided, notices, scopeRow, feeds, steps })) return;
  }
};

const noticesOf = (
  device: Device,
  decided: readonly Change[],
  verdicts: readonly Verdict[],
): Promise<NoticeRow[]> =>
  Promise.all(
    verdicts.flatMap((verdict) => {
      const change = decided.find(({ seq }) => seq === verdict.seq);
      if (change === undefined) return [];
      const { seq, ...unnumbered } = change;
      const at = device.now().toISOString();
      return [
        boxChange(device, unnumbered).then((box): NoticeRow => ({
          seq,
          record: change.record,
          at,
          verdict: verdict.verdict,
          code: verdict.code,
          findings: (verdict.findings ?? []) as readonly Finding[],
          box,
        })),
      ];
    }),
  );

const prepare = async (
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
    steps.push(await prepareOne(device, scope, id, mine, refused, news.get(id)));
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
): Promise<Step> => {
  const { store } = device;
  const before = await store.record.get(id);
  const held = before === undefined ? null : await openRecord(device, before);
  const rows = await store.outbox.where('record').equals(id).toArray();
  // Another run may have taken some of them out before; those are in the base already.
  const mine = decided.filter((change) => rows.some(({ seq }) => seq === change.seq));
  const waiting = rows.filter(({ seq }) => !decided.some((change) => change.seq === seq));
  const accepted = mine.filter(({ seq }) => !refused.has(seq));
  const base = withNews(accepted.reduce(withAccepted, held?.base ?? null), news);
  const view = replay(device, scope, base, await Promise.all(waiting.map((row) => openChange(device, row))));
  const draft = await refusedWords(
    device,
    view,
    mine.filter((change) => refused.has(change.seq)),
  );
  const step = { id, before, draft, waiting: waiting.length, decided: mine.map(({ seq }) => seq) };
  if (view === null) return { ...step, after: null };
  const about = {
    feed: news?.feed ?? before?.feed ?? null,
    stamp: (before?.stamp ?? 0) + 1,
    pending: waiting.length,
  };
  const kept = waiting.length === 0 ? { base: view, view } : { base, view };
  return { ...step, after: await boxRecord(device, kept, about) };
};

/**
 * What she wrote herself is not sent back to her, so her accepted words go into the base from here. The server has
 * judged them; they are not judged again, or a clock that has moved meanwhile would lose them.
 */
const withAccepted = (base: RecordState | null, change: Change): RecordState | null => {
  if (change.do !== 'save') return base && { ...base, state: stateAfter[change.do] };
  if (base !== null) return { ...base, state: 'submitted', fields: { ...base.fields, ...change.patch } };
  return {
    id: change.record,
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

const withNews = (base: RecordState | null, news: WireRow | undefined): RecordState | null => {
  if (news === undefined) return base;
  const { whole, feed: _feed, fields, events, ...rest } = news;
  const older =
    whole || base === null ? [] : base.events.filter((event) => !events.some(({ rev }) => rev === event.rev));
  return {
    ...rest,
    fields: whole || base === null ? fields : { ...base.fields, ...fields },
    events: [...older, ...events],
  };
};

/** A draft as it will be written, and which one it was made over. */
type NewDraft = { readonly row: DraftRow; readonly over: string | null };

/**
 * Words that the server refused go back into a draft, with everything else of the record, to be mended and sent
 * again. A draft that she is writing is left alone; the words are then in the notice.
 */
const refusedWords = async (
  device: Device,
  view: RecordState | null,
  refused: readonly Change[],
): Promise<NewDraft | null> => {
  const saves = refused.flatMap((change) => (change.do === 'save' ? [change] : []));
  const last = saves.at(-1);
  if (last === undefined) return null;
  const held = await readDraft(device, last.record);
  if (held !== undefined && !held.refused) return null;
  const words = saves.reduce<Values>((all, { patch }) => ({ ...all, ...patch }), {});
  const typedNow = toTyped(last.kind, { ...view?.fields, ...words });
  const newer = Object.fromEntries(Object.entries(typedNow).filter(([name]) => name in words));
  const typed = held === undefined ? typedNow : { ...held.typed, ...newer };
  const updated = device.now().toISOString();
  const row = await boxDraft(device, { id: last.record, kind: last.kind, typed, updated, refused: true });
  return { row, over: held?.updated ?? null };
};

type Ready = {
  readonly answer: SyncResponse;
  readonly decided: readonly Change[];
  readonly notices: readonly NoticeRow[];
  readonly scopeRow: MetaRow | null;
  readonly feeds: readonly number[];
  readonly steps: readonly Step[];
};

const commit = async (
  device: Device,
  { answer, decided, notices, scopeRow, feeds, steps }: Ready,
): Promise<boolean> => {
  const { store } = device;
  return store.transaction(
    'rw',
    store.record,
    store.outbox,
    store.draft,
    store.notice,
    store.meta,
    async () => {
      for (const step of steps) if (!(await isUnmoved(device, step))) return false;
      await store.outbox.bulkDelete(decided.map(({ seq }) => seq));
      const still = new Set(steps.flatMap((step) => step.decided));
      await store.notice.bulkPut(notices.filter(({ seq }) => still.has(seq)));
      for (const { id, after, draft } of steps) {
        if (after === null) await store.record.delete(id);
        else await store.record.put(after);
        const held = draft && (await store.draft.get(id));
        if (draft !== null && (held?.updated ?? null) === draft.over) await store.draft.put(draft.row);
      }
      await dropForeign(device, feeds);
      await moveCursor(device, answer);
      if (scopeRow !== null) await store.meta.put(scopeRow);
      await writeMeta(store, 'status', {
        ...newStatus,
        reason: answer.signIn ? 'signIn' : null,
        lastContact: device.now().toISOString(),
        skewMs: Date.parse(answer.now) - device.now().getTime(),
      });
      return true;
    },
  );
};

/** Whether record and outbox are as they were when the step was prepared. */
const isUnmoved = async (device: Device, { id, before, waiting, decided }: Step): Promise<boolean> =>
  (await isStill(device, id, before)) &&
  (await device.store.outbox.where('record').equals(id).count()) === waiting + decided.length;

/** What is no longer hers to read goes, but for what still waits; that goes once it has been handed in. */
const dropForeign = async ({ store }: Device, feeds: readonly number[]): Promise<void> => {
  await store.record
    .where('feed')
    .noneOf([...feeds])
    .and((row) => row.pending === 0)
    .delete();
};

const moveCursor = async ({ store }: Device, answer: SyncResponse): Promise<void> => {
  const sameEpoch = (await readMeta(store, 'epoch')) === answer.epoch;
  const held = sameEpoch ? ((await readMeta(store, 'cursor')) ?? {}) : {};
  const next: Record<string, number> = { ...held, ...answer.cursor };
  for (const feed of answer.drop) delete next[feed];
  await writeMeta(store, 'cursor', next);
  await writeMeta(store, 'epoch', answer.epoch);
};
