import type { Change } from '../../domain/change.ts';
import { sameValue } from '../../domain/records/canonical.ts';
import type { Finding } from '../../domain/records/field.ts';
import type { Scope } from '../../protocol/scope.ts';
import type { SyncResponse, Verdict } from '../../protocol/sync-response.ts';
import { newStatus, readMeta, sealMeta, writeMeta } from '../device.ts';
import type { ClearMeta, Device } from '../device.ts';
import { boxChange, putRecords } from '../store/record-box.ts';
import type { Unstamped } from '../store/record-box.ts';
import type { MetaRow, NoticeRow } from '../store/store.ts';
import { prepare } from './prepare.ts';
import { formOf } from './refused-words.ts';
import type { NewDraft } from './refused-words.ts';
import { forgetUnread, readAgain } from './start-over.ts';
import type { Prepared } from './prepare.ts';

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
  if (sent.length === 0 && !(await isNews(device, answer))) return noteContact(device, answer);
  const decided = sent.filter((change) => change.seq <= answer.upto);
  const notices = await noticesOf(device, decided, answer.verdicts);
  const scopeRow = answer.scope === null ? null : await sealMeta(device, 'scope', answer.scope);
  for (;;) {
    const now = answer.scope ?? scope;
    const prepared = await prepare(device, now, decided, answer);
    if (await commit(device, { answer, decided, notices, scopeRow, now, prepared })) return;
  }
};

/**
 * Whether an answer changes anything here but the time of the last contact. Most do not, and a save that comes at the same time is
 * not to wait for a transaction over everything.
 */
const isNews = async ({ store, now }: Device, answer: SyncResponse): Promise<boolean> => {
  const { verdicts, records, drop, cursor, scope, more, signIn, backed } = answer;
  const told = [...verdicts, ...records, ...drop, ...Object.keys(cursor)];
  if (told.length > 0 || scope !== null || more || signIn || backed !== undefined) return true;
  return store.transaction('r', store.meta, store.sent, async () => {
    const keys = ['epoch', 'whole', 'cursor', 'since', 'rereading', 'startedOver'];
    const [rows, oldest] = await Promise.all([store.meta.bulkGet(keys), store.sent.orderBy('seq').first()]);
    const [epoch, whole, read, ended, rereading, startedOver] = rows.map((row) => row?.value);
    return (
      epoch !== answer.epoch ||
      whole !== true ||
      !sameValue(read, ended) ||
      // A reading that comes to its end here still has to sweep behind itself.
      rereading !== undefined ||
      (startedOver as ClearMeta['startedOver'] | undefined)?.stamp !== undefined ||
      (oldest !== undefined && oldest.made < longAgo(now))
    );
  });
};

const noteContact = ({ store, now }: Device, answer: SyncResponse): Promise<void> =>
  writeMeta(store, 'status', {
    ...newStatus,
    reason: answer.signIn ? 'signIn' : null,
    lastContact: now().toISOString(),
    skewMs: Date.parse(answer.now) - now().getTime(),
  });

const noticesOf = (
  device: Device,
  decided: readonly Change[],
  verdicts: readonly Verdict[],
): Promise<NoticeRow[]> =>
  Promise.all(
    verdicts.flatMap((verdict) => {
      const change = decided.find(({ seq }) => seq === verdict.seq);
      // A record that could not be locked is told of by its report, not one by one.
      if (change === undefined || change.do === 'lock') return [];
      const { seq, ...unnumbered } = change;
      const at = device.now().toISOString();
      return [
        Promise.all([boxChange(device, unnumbered), formOf(device, change)]).then(
          ([box, record]): NoticeRow => ({
            seq,
            record,
            of: change.record,
            at,
            verdict: verdict.verdict,
            code: verdict.code,
            findings: (verdict.findings ?? []) as readonly Finding[],
            box,
          }),
        ),
      ];
    }),
  );

type Ready = {
  readonly answer: SyncResponse;
  readonly decided: readonly Change[];
  readonly notices: readonly NoticeRow[];
  readonly scopeRow: MetaRow | null;
  readonly now: Scope;
  readonly prepared: Prepared;
};

const commit = async (
  device: Device,
  { answer, decided, notices, scopeRow, now, prepared }: Ready,
): Promise<boolean> => {
  const { store } = device;
  const { steps } = prepared;
  const feeds = now.feeds.map(({ id }) => id);
  return store.transaction(
    'rw',
    [store.record, store.outbox, store.sent, store.draft, store.notice, store.meta],
    async () => {
      if (!(await areUnmoved(device, prepared))) return false;
      await moveToSent(device, decided, answer);
      const still = new Set(steps.flatMap((step) => step.decided));
      // A restored server may take now what it did not take then; what she was told before holds no longer.
      const told = await store.notice.toCollection().primaryKeys();
      await store.notice.bulkDelete(told.filter((seq) => still.has(seq)));
      await store.notice.bulkPut(notices.filter(({ seq }) => still.has(seq)));
      const kept = steps.flatMap(({ after }) => after ?? []).filter((row) => !isForeign(row, feeds));
      const stays = new Set(kept.map(({ id }) => id));
      await store.record.bulkDelete(steps.flatMap(({ id }) => (stays.has(id) ? [] : id)));
      await putRecords(store, kept);
      // Only those that there are: a transaction does not live through hundreds of waits for nothing.
      for (const { draft } of steps) if (draft !== null) await putDraft(device, draft);
      if (answer.drop.length > 0 || (await readMeta(store, 'swept')) !== now.version) {
        await dropForeign(device, feeds);
        await writeMeta(store, 'swept', now.version);
      }
      // What was being read again has come to its end before anything new is to be read again.
      if (!answer.more && !answer.signIn) await forgetUnread(device);
      const again = [...answer.drop, ...steps.flatMap((step) => step.lacking ?? [])];
      await moveCursor(device, answer, again);
      await readAgain(device, again);
      if (!answer.signIn) await writeMeta(store, 'whole', !answer.more && again.length === 0);
      if (scopeRow !== null) await store.meta.put(scopeRow);
      await noteContact(device, answer);
      return true;
    },
  );
};

/** Words that were refused go back into their form, unless she wrote in it since. */
const putDraft = async ({ store }: Device, draft: NewDraft): Promise<void> => {
  const held = await store.draft.get(draft.row.id);
  if ((held?.updated ?? null) === draft.over) await store.draft.put(draft.row);
};

/** Confirmed without a backup for so long: it is not kept any longer. */
const keptDays = 90;
const longAgo = (now: Device['now']): string =>
  new Date(now().getTime() - keptDays * 86_400_000).toISOString();

/** What is decided leaves the outbox; it is kept until a backup of the server holds it. */
const moveToSent = async (
  { store, now }: Device,
  decided: readonly Change[],
  { backed = 0 }: SyncResponse,
): Promise<void> => {
  const [first, last] = [decided[0]?.seq, decided.at(-1)?.seq];
  if (first !== undefined && last !== undefined) {
    // One range and not a thousand rows: they follow each other without a gap.
    const gone = store.outbox.where('seq').between(first, last, true, true);
    const rows = await gone.toArray();
    await gone.delete();
    await store.sent.bulkPut(rows);
  }
  if (backed > 0) await store.sent.where('seq').belowOrEqual(backed).delete();
  const before = longAgo(now);
  const oldest = await store.sent.orderBy('seq').first();
  if (oldest === undefined || oldest.made >= before) return;
  const old = await store.sent
    .orderBy('seq')
    .until(({ made }) => made >= before)
    .toArray();
  await store.sent.bulkDelete(old.map(({ seq }) => seq));
};

/** Whether records and outbox are as they were when the steps were prepared. */
const areUnmoved = async ({ store }: Device, { steps, outbox }: Prepared): Promise<boolean> => {
  const [rows, waiting] = await Promise.all([
    store.record.bulkGet(steps.map(({ id }) => id)),
    store.outbox.toCollection().primaryKeys(),
  ]);
  return sameValue(waiting, outbox) && steps.every(({ before }, i) => rows[i]?.stamp === before?.stamp);
};

/** Decided, and no longer hers to read. */
const isForeign = ({ feed, pending }: Unstamped, feeds: readonly number[]): boolean =>
  pending === 0 && feed !== null && !feeds.includes(feed);

/** What is no longer hers to read goes, but for what still waits; that goes once it has been handed in. */
const dropForeign = async ({ store }: Device, feeds: readonly number[]): Promise<void> => {
  await store.record
    .where('feed')
    .noneOf([...feeds])
    .and((row) => row.pending === 0)
    .delete();
};

const moveCursor = async (
  { store }: Device,
  answer: SyncResponse,
  again: readonly number[],
): Promise<void> => {
  const [epoch, read, ended] = await Promise.all([
    readMeta(store, 'epoch'),
    readMeta(store, 'cursor'),
    readMeta(store, 'since'),
  ]);
  const sameEpoch = epoch === answer.epoch;
  const cursor: Record<string, number> = { ...(sameEpoch ? read : {}), ...answer.cursor };
  const since = sameEpoch ? ended : {};
  // Without a session nothing was read, so nothing came to its end either.
  const isEnd = !answer.more && !answer.signIn;
  const next: Record<string, number> = isEnd ? { ...cursor } : { ...since };
  for (const feed of again) {
    delete cursor[feed];
    delete next[feed];
  }
  await Promise.all([
    writeMeta(store, 'cursor', cursor),
    writeMeta(store, 'since', next),
    writeMeta(store, 'epoch', answer.epoch),
  ]);
};
