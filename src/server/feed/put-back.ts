import type { SyncRequest } from '../../protocol/sync-request.ts';
import { newEpoch, setMeta } from '../sql/open.ts';
import type { Db } from '../sql/open.ts';

/** So often at the most: a client that counts wrongly must not make a whole province read everything over and over. */
const everyMs = 3_600_000;

/**
 * The epoch of this database. A copy that was put back by hand keeps the one it had, and its numbers are given a second time; but
 * the first phone that was told of more than it holds (`at`) gives that away. Then the epoch is a new one, as after a restore by
 * the book: every phone reads again, and hands in what is missing. Where a writer stands is believed once: what no phone has
 * any more stays missing.
 */
export const epochOf = async (
  db: Db,
  writer: number,
  { at = 0, epoch: known }: Pick<SyncRequest, 'at' | 'epoch'>,
  now: Date,
): Promise<string> => {
  const rows = await db.selectFrom('meta').selectAll().where('key', 'like', 'epoch%').execute();
  const {
    epoch = '',
    epoch_since,
    epoch_due,
  } = Object.fromEntries(rows.map(({ key, value }) => [key, value]));
  const { last_seq, behind_seq } = await db
    .selectFrom('writer')
    .select(['last_seq', 'behind_seq'])
    .where('id', '=', writer)
    .executeTakeFirstOrThrow();
  const isBehind = at > last_seq && behind_seq !== last_seq;
  const isEarly = now.getTime() - Date.parse(epoch_since ?? '1970-01-01') < everyMs;
  const isDue = (isBehind && known === epoch) || epoch_due !== undefined;
  if (!isBehind && (!isDue || isEarly)) return epoch;
  return db.transaction().execute(async (tx) => {
    if (isBehind)
      await tx.updateTable('writer').set({ behind_seq: last_seq }).where('id', '=', writer).execute();
    if (isDue && isEarly) await setMeta(tx, 'epoch_due', 'yes');
    if (!isDue || isEarly) return epoch;
    const fresh = newEpoch();
    await setMeta(tx, 'epoch', fresh);
    await setMeta(tx, 'epoch_since', now.toISOString());
    await tx.deleteFrom('meta').where('key', '=', 'epoch_due').execute();
    return fresh;
  });
};
