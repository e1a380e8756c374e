import type { RecordState } from '../../domain/change.ts';
import type { SyncResponse } from '../../protocol/sync-response.ts';
import { noCounters, readMeta, writeMeta } from '../device.ts';
import type { Device } from '../device.ts';
import { isStill } from '../save.ts';
import { boxRecord, openRecord, putRecords } from '../store/record-box.ts';
import type { Unstamped } from '../store/record-box.ts';
import type { OutboxRow, RecordRow } from '../store/store.ts';

/**
 * A server that was restored from a backup has lost what it confirmed since. The phones still have it: what was handed
 * in stays in `sent` until a backup holds it, and goes back into the outbox here.
 */

/** The last change that the server has confirmed. */
export const confirmed = async ({ store }: Device): Promise<number> => {
  const first = await store.outbox.orderBy('seq').first();
  return (first?.seq ?? ((await readMeta(store, 'counters')) ?? noCounters).seq + 1) - 1;
};

/**
 * Whether the server stands behind what this phone was told it has, and that was not dealt with yet. What lies in
 * `sent` above its number has to go in again even so: the same copy may have been put back a second time.
 */
export const isBehind = async (device: Device, answer: SyncResponse): Promise<boolean> => {
  const { store } = device;
  const [epoch, dealt] = await Promise.all([readMeta(store, 'epoch'), readMeta(store, 'startedOver')]);
  if (epoch !== undefined && epoch !== answer.epoch) return true;
  if (answer.upto >= (await confirmed(device))) return false;
  const isDealtWith = dealt?.epoch === answer.epoch && dealt.upto === answer.upto;
  return !isDealtWith || (await store.sent.where('seq').above(answer.upto).count()) > 0;
};

type Reopened = { readonly before: RecordRow; readonly after: Unstamped };

/**
 * Puts what the server lost back into the outbox and forgets how far it was read, so that all of it is read again.
 * Records that the new reading does not bring are gone at its end.
 */
export const startOver = async (device: Device, answer: SyncResponse): Promise<void> => {
  const { store } = device;
  for (;;) {
    const [lost, waiting] = await Promise.all([
      store.sent.where('seq').above(answer.upto).toArray(),
      store.outbox.toArray(),
    ]);
    const reopened = await reopen(device, lost, waiting);
    const done = await store.transaction(
      'rw',
      [store.record, store.outbox, store.sent, store.photo, store.meta],
      async () => {
        for (const { before } of reopened) if (!(await isStill(device, before.id, before))) return false;
        await putRecords(
          store,
          reopened.map(({ after }) => after),
        );
        await store.outbox.bulkPut(lost);
        await store.sent.bulkDelete(lost.map(({ seq }) => seq));
        // A photo's file may be lost as well; each is asked for again.
        await store.photo.where('lane').equals('received').modify({ lane: 'waiting' });
        const { stamp } = (await readMeta(store, 'counters')) ?? noCounters;
        await writeMeta(store, 'cursor', {});
        await writeMeta(store, 'since', {});
        await writeMeta(store, 'whole', false);
        await writeMeta(store, 'epoch', answer.epoch);
        await writeMeta(store, 'startedOver', { epoch: answer.epoch, upto: answer.upto, stamp });
        return true;
      },
    );
    if (done) return;
  }
};

/** The records of those changes as they are shown, resting only on what the server may still have. */
const reopen = async (
  device: Device,
  lost: readonly OutboxRow[],
  waiting: readonly OutboxRow[],
): Promise<Reopened[]> => {
  const ids = [...new Set([...lost, ...waiting].map(({ record }) => record))];
  const rows = (await device.store.record.bulkGet(ids)).filter((row): row is RecordRow => row !== undefined);
  return Promise.all(
    rows.map(async (before) => {
      const { base, view } = await openRecord(device, before);
      const changes = lost.filter(({ record }) => record === before.id);
      const unit = before.conflict === 1 ? before.unit : '';
      const about = { feed: before.feed, pending: before.pending + changes.length, unit };
      return { before, after: await boxRecord(device, { base: known(base, changes), view }, about) };
    }),
  );
};

/**
 * A record that began before what was lost is still there, as an older state: what she knew of it stands until it is read again,
 * as seen at no revision, for numbers may have been given anew. One that was lost with its beginning rests on nothing.
 */
const known = (base: RecordState | null, lost: readonly OutboxRow[]): RecordState | null => {
  const first = base?.events[0];
  const isWhole = first !== undefined && !lost.some(({ made }) => made === first.made);
  return base !== null && isWhole ? { ...base, rev: 0 } : null;
};

/** Notes that feeds are read from the start again; within the transaction that forgets how far they were read. */
export const readAgain = async ({ store }: Device, feeds: readonly number[]): Promise<void> => {
  if (feeds.length === 0) return;
  const { stamp } = (await readMeta(store, 'counters')) ?? noCounters;
  const held = (await readMeta(store, 'rereading')) ?? {};
  const fresh = Object.fromEntries(feeds.map((feed) => [String(feed), stamp]));
  await writeMeta(store, 'rereading', { ...held, ...fresh });
};

/** At the end of the reading that follows: what it did not bring, the server does not have any more. */
export const forgetUnread = async ({ store }: Device): Promise<void> => {
  for (const [feed, stamp] of Object.entries((await readMeta(store, 'rereading')) ?? {}))
    await store.record
      .where('feed')
      .equals(Number(feed))
      .and((row) => row.pending === 0 && row.stamp <= stamp)
      .delete();
  await store.meta.delete('rereading');
  const started = await readMeta(store, 'startedOver');
  if (started?.stamp === undefined) return;
  await store.record
    .where('stamp')
    .belowOrEqual(started.stamp)
    .and(({ pending }) => pending === 0)
    .delete();
  await writeMeta(store, 'startedOver', { epoch: started.epoch, upto: started.upto });
};
