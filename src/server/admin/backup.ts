import { cp, mkdir, open, rename, rm } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { StartError, databaseFile } from '../config.ts';
import { forgetAlarm } from '../feed/put-back.ts';
import { beginEpoch, openSqlite } from '../sql/open.ts';
import type { Db } from '../sql/open.ts';

const photosOf = (dir: string): string => join(dir, 'photos');

/**
 * Copies a database and its photos into a folder, while the server runs. Afterwards the phones are told which of their
 * changes the copy holds, and need not keep those any longer.
 */
export const backup = async (db: Db, to: string, dataDir: string): Promise<string> => {
  const file = databaseFile(to);
  const fresh = `${file}.new`;
  await mkdir(to, { recursive: true });
  await rm(fresh, { force: true });
  await sql`vacuum into ${fresh}`.execute(db);
  // Photos that a record of the copy names were whole before it was made.
  if (existsSync(photosOf(dataDir))) await cp(photosOf(dataDir), photosOf(to), { recursive: true });
  const copy = await openSqlite(fresh);
  const writers = await copy.selectFrom('writer').select(['id', 'last_seq']).execute();
  await copy.destroy();
  // On the disk before the phones are told that they need not keep it.
  const handle = await open(fresh, 'r+');
  await handle.sync();
  await handle.close();
  // The copy before this one stands until this one is whole.
  await rename(fresh, file);
  await db.transaction().execute(async (tx) => {
    for (const { id, last_seq } of writers)
      await tx.updateTable('writer').set({ backed_seq: last_seq }).where('id', '=', id).execute();
  });
  return `${to} now holds the changes of ${writers.length} phones. Keep it on another disk than this one.`;
};

/** Puts a backup into a data folder that holds no database; phones notice by the new epoch, and hand in what it lacks. */
export const restore = async (from: string, dataDir: string): Promise<string> => {
  // A log that was left behind would be played into the backup.
  const there = ['', '-wal', '-shm'].some((rest) => existsSync(databaseFile(dataDir) + rest));
  if (there) throw new StartError(`${dataDir} holds a database already; move it away first.`);
  if (!existsSync(databaseFile(from))) throw new StartError(`There is no backup in ${from}.`);
  await cp(databaseFile(from), databaseFile(dataDir));
  if (existsSync(photosOf(from))) await cp(photosOf(from), photosOf(dataDir), { recursive: true });
  const db = await openSqlite(databaseFile(dataDir));
  await beginEpoch(db);
  await forgetAlarm(db);
  await db.destroy();
  return `${dataDir} holds the backup. Start the server; the phones bring what is newer.`;
};
