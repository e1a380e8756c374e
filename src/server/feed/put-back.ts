import type { SyncRequest } from '../../protocol/sync-request.ts';
import { beginEpoch, keepEpochName, setMeta } from '../sql/open.ts';
import type { Db } from '../sql/open.ts';
import { feedsAt } from './pull.ts';

/** So often at the most: a client that counts wrongly must not make a whole province read everything over and over. */
const everyMs = 6 * 3_600_000;

/** What of a request can give a copy away. `beyond`: the feeds of which more was read than there is. */
type Told = Pick<SyncRequest, 'at' | 'last' | 'epoch'> & { readonly beyond?: readonly number[] };

/**
 * The epoch of this database. A copy that was put back by hand keeps the one it had, and its numbers are given a second time. The
 * first phone that was told of more than it holds (`at`), has read more (`beyond`), or was told of an epoch that it never had, gives
 * it away. Then a new epoch begins, as after a restore by the book: every phone reads again, and hands in what is missing. Where a
 * writer stands is believed once: what no phone has any more stays missing.
 */
export const epochOf = async (db: Db, writer: number, asked: Told, now: Date): Promise<string> => {
  const seen = await look(db, writer, asked, now);
  if (!seen.isNews && !(seen.isDue && !seen.isEarly)) return seen.epoch;
  return db.transaction().execute(async (tx) => {
    // Looked at again: another request may have been quicker.
    const { epoch, last_seq, isBehind, isForeign, isDue, isEarly } = await look(tx, writer, asked, now);
    // Once is enough: whoever else comes with it, today or in weeks, starts over anyway.
    if (isForeign && /^\w{1,40}$/.test(asked.epoch ?? '')) await keepEpochName(tx, asked.epoch ?? '');
    if (isBehind)
      await tx.updateTable('writer').set({ behind_seq: last_seq }).where('id', '=', writer).execute();
    if (!isDue) return epoch;
    if (isEarly) {
      await setMeta(tx, 'epoch_due', 'yes');
      return epoch;
    }
    await forgetAlarm(tx);
    await setMeta(tx, 'epoch_since', now.toISOString());
    return beginEpoch(tx);
  });
};

/** That a copy was put back is dealt with. */
export const forgetAlarm = async (db: Db): Promise<void> => {
  await db.deleteFrom('meta').where('key', 'in', ['epoch_due', 'epoch_since']).execute();
};

/**
 * What a request tells of this database. `isBehind`, `isBeyond`, `isForeign`: how it gives the copy away; `isNews`: that is not noted
 * yet;
 * `isDue`: a new epoch has to begin, unless the last one began a short while ago (`isEarly`).
 */
const look = async (
  db: Db,
  writer: number,
  { at = 0, last = at, epoch: known, beyond = [] }: Told,
  now: Date,
) => {
  const rows = await db.selectFrom('meta').selectAll().where('key', 'like', 'epoch%').execute();
  const held = new Map(rows.map(({ key, value }) => [key, value]));
  const { last_seq, behind_seq } = await db
    .selectFrom('writer')
    .select(['last_seq', 'behind_seq'])
    .where('id', '=', writer)
    .executeTakeFirstOrThrow();
  const epoch = held.get('epoch') ?? '';
  const epochs = (held.get('epochs') ?? epoch).split(' ');
  const isBehind = at <= last && at > last_seq && behind_seq !== last_seq;
  const isForeign = known !== null && !epochs.includes(known);
  const isBeyond = beyond.length > 0 && known === epoch;
  const isNoted = held.has('epoch_due');
  const isDue = (isBehind && known === epoch) || isBeyond || isForeign || isNoted;
  const isNews = isBehind || ((isBeyond || isForeign) && !isNoted);
  // A clock that was ahead and is mended does not silence it for years.
  const isEarly = Math.abs(now.getTime() - Date.parse(held.get('epoch_since') ?? '1970-01-01')) < everyMs;
  return { epoch, last_seq, isNews, isBehind, isForeign, isDue, isEarly };
};

/**
 * The feeds of which a reader has read more than there is: that end was given by a server that has been put back since. To be
 * looked at before she hands anything in, for her own work moves the end past her cursor.
 */
export const feedsBeyond = async (
  db: Db,
  feeds: readonly number[],
  cursor: SyncRequest['cursor'],
): Promise<number[]> => {
  const read = feeds.filter((id) => (cursor[id] ?? 0) > 0);
  return (await feedsAt(db, read)).filter(({ id, seq }) => seq < (cursor[id] ?? 0)).map(({ id }) => id);
};
