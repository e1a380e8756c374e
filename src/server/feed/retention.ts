import { sql } from 'kysely';
import { eraseNames } from '../../domain/apply.ts';
import type { RecordEvent } from '../../domain/change.ts';
import type { Db } from '../sql/open.ts';
import { fromRow, toRow } from './stored-record.ts';

/** The ISO date so many months before a moment. */
const monthsBefore = (now: Date, months: number): string => {
  const day = new Date(now);
  day.setUTCMonth(day.getUTCMonth() - months);
  return day.toISOString().slice(0, 10);
};

/** A class's last day, but no later than a year after its roster came: a wrong year must not keep names for ever. */
const lastDay = (end: string | null, received: string): string => {
  const latest = `${Number(received.slice(0, 4)) + 1}${received.slice(4, 10)}`;
  return end !== null && end < latest ? end : latest;
};

/**
 * Takes the names out of the rosters whose class ended so many months ago: out of the record, its history, and the
 * changes it was made of. The counts stay; phones that hold the roster are told. Returns how many there were.
 */
export const eraseOldRosters = async (db: Db, now: Date, months: number): Promise<number> => {
  const rows = await db
    .selectFrom('record as roster')
    .innerJoin('record as class', 'class.id', 'roster.parent')
    .select(['roster.id', 'roster.events_json', 'class.fields_json'])
    .where('roster.kind', '=', 'roster')
    .where('roster.events_json', 'not like', '%"do":"erase"%')
    .execute();
  const before = monthsBefore(now, months);
  const due = rows.filter(({ fields_json, events_json }) => {
    const { end_date } = JSON.parse(fields_json) as { end_date?: string | null };
    const [made] = JSON.parse(events_json) as RecordEvent[];
    return lastDay(end_date ?? null, made?.at ?? '') < before;
  });
  for (const { id } of due) await eraseOne(db, id, now.toISOString());
  // What was erased must not stay in the file's free pages or its journal either.
  if (due.length > 0) await sql`pragma wal_checkpoint(truncate)`.execute(db);
  // A roster that waits for a supervisor has no record whose term could be known; it is the day it came that counts.
  await db
    .updateTable('change')
    .set({ deed_json: '{}' })
    .where('verdict', '=', 'parked')
    .where('received_at', '<', before)
    .where('deed_json', 'like', '%"kind":"roster"%')
    .execute();
  return due.length;
};

const eraseOne = (db: Db, id: string, at: string): Promise<void> =>
  db.transaction().execute(async (tx) => {
    const place = await tx.selectFrom('record').select('feed').where('id', '=', id).executeTakeFirstOrThrow();
    const { seq } = await tx
      .updateTable('feed')
      .set((e) => ({ seq: e('seq', '+', 1) }))
      .where('id', '=', place.feed)
      .returning('seq')
      .executeTakeFirstOrThrow();
    const row = await tx.selectFrom('record').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
    const { feed, record, touches } = fromRow(row);
    const erased = toRow({
      feed,
      record: eraseNames(record, seq, at),
      touches: { ...touches, roster: [seq, 0] },
    });
    await tx.updateTable('record').set(erased).where('id', '=', id).execute();
    await tx.updateTable('change').set({ deed_json: '{}' }).where('record', '=', id).execute();
  });
