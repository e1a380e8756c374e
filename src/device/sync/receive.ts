import type { Change, RecordState } from '../../domain/change.ts';
import { toTyped } from '../../domain/records/typed.ts';
import type { Scope } from '../../protocol/scope.ts';
import type { RecordRow as WireRow, SyncResponse, Verdict } from '../../protocol/sync-response.ts';
import { newStatus, readMeta, sealMeta, writeMeta } from '../device.ts';
import type { Device } from '../device.ts';
import { boxDraft } from '../drafts.ts';
import { replay } from '../predict.ts';
import { isStill } from '../save.ts';
import { boxChange, boxRecord, openChange, openRecord } from '../store/record-box.ts';
import type { DraftRow, MetaRow, NoticeRow, OutboxRow, RecordRow } from '../store/store.ts';

/** Everything that one answer does to one record, sealed and ready to be written. */
type Step = {
  readonly id: string;
  readonly before: RecordRow | undefined;
  readonly after: RecordRow | null;
  readonly waiting: readonly OutboxRow[];
  readonly draft: DraftRow | null;
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
    const steps = await prepare(device, answer.scope ?? scope, decided, answer);
    if (await commit(device, { answer, decided, notices, scopeRow, steps })) return;
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
  mine: readonly Change[],
  refused: ReadonlyMap<number, Verdict>,
  news: WireRow | undefined,
): Promise<Step> => {
  const { store } = device;
  const before = await store.record.get(id);
  const held = before === undefined ? null : await openRecord(device, before);
  const last = mine.at(-1)?.seq ?? 0;
  const waiting = (await store.outbox.where('record').equals(id).toArray()).filter(({ seq }) => seq > last);
  const accepted = mine.filter(({ seq }) => !refused.has(seq));
  // What she wrote herself is not sent back to her, so her accepted changes go into the base from here.
  const base = withNews(replay(device, scope, held?.base ?? null, accepted), news);
  const view = replay(device, scope, base, await Promise.all(waiting.map((row) => openChange(device, row))));
  const draft = await refusedWords(
    device,
    view,
    mine.filter((change) => refused.has(change.seq)),
  );
  if (view === null) return { id, before, after: null, waiting, draft };
  const about = {
    feed: news?.feed ?? before?.feed ?? null,
    stamp: (before?.stamp ?? 0) + 1,
    pending: waiting.length,
  };
  const kept = waiting.length === 0 ? { base: view, view } : { base, view };
  return { id, before, after: await boxRecord(device, kept, about), waiting, draft };
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

/** Words that the server refused go back into a draft, with everything else of the record, to be mended and sent again. */
const refusedWords = async (
  device: Device,
  view: RecordState | null,
  refused: readonly Change[],
): Promise<DraftRow | null> => {
  const last = refused.filter((change) => change.do === 'save').at(-1);
  if (last === undefined) return null;
  if (await device.store.draft.get(last.record)) return null;
  const patches = refused.flatMap((change) => (change.do === 'save' ? [change.patch] : []));
  const values = patches.reduce((all, patch) => ({ ...all, ...patch }), view?.fields ?? {});
  const updated = device.now().toISOString();
  return boxDraft(device, {
    id: last.record,
    kind: last.kind,
    typed: toTyped(last.kind, values),
    updated,
    refused: true,
  });
};

type Ready = {
  readonly answer: SyncResponse;
  readonly decided: readonly Change[];
  readonly notices: readonly NoticeRow[];
  readonly scopeRow: MetaRow | null;
  readonly steps: readonly Step[];
};

const commit = async (
  device: Device,
  { answer, decided, notices, scopeRow, steps }: Ready,
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
      for (const { id, before, waiting } of steps) {
        if (!(await isStill(device, id, before))) return false;
        if ((await store.outbox.where('record').equals(id).count()) !== waiting.length + countOf(decided, id))
          return false;
      }
      await store.outbox.bulkDelete(decided.map(({ seq }) => seq));
      await store.notice.bulkPut([...notices]);
      for (const { id, after, draft } of steps) {
        if (after === null) await store.record.delete(id);
        else await store.record.put(after);
        if (draft !== null) await store.draft.put(draft);
      }
      for (const feed of answer.drop)
        await store.record
          .where('feed')
          .equals(feed)
          .and((row) => row.pending === 0)
          .delete();
      await moveCursor(device, answer);
      if (scopeRow !== null) await store.meta.put(scopeRow);
      await writeMeta(store, 'status', {
        ...newStatus,
        reason: answer.signIn ? 'signIn' : null,
        lastContact: device.now().toISOString(),
      });
      return true;
    },
  );
};

/** Changes of a record that were sent and are still in the outbox; a second tab may have taken them out before. */
const countOf = (decided: readonly Change[], id: string): number =>
  decided.filter(({ record }) => record === id).length;

const moveCursor = async ({ store }: Device, answer: SyncResponse): Promise<void> => {
  const sameEpoch = (await readMeta(store, 'epoch')) === answer.epoch;
  const held = sameEpoch ? ((await readMeta(store, 'cursor')) ?? {}) : {};
  const next: Record<string, number> = { ...held, ...answer.cursor };
  for (const feed of answer.drop) delete next[feed];
  await writeMeta(store, 'cursor', next);
  await writeMeta(store, 'epoch', answer.epoch);
};
