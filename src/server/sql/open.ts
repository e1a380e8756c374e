import { randomBytes, randomUUID } from 'node:crypto';
import Database from 'libsql';
import { Kysely, SqliteDialect, sql } from 'kysely';
import { StartError } from '../config.ts';
import { migrations } from './migrations.ts';
import type { Tables } from './tables.ts';

export type Db = Kysely<Tables>;

/** Opens (or creates) a SQLite file and brings its schema up to date. ":memory:" is for tests. */
export const openSqlite = async (file: string): Promise<Db> => {
  const database = openFile(file);
  const db = new Kysely<Tables>({ dialect: new SqliteDialect({ database: database as never }) });
  await migrate(db, database);
  return db;
};

const openFile = (file: string): Database.Database => {
  try {
    const database = new Database(file);
    // FULL: an acknowledged change survives a power cut. The cost was measured as 1.6 to 1.9 times NORMAL.
    for (const pragma of [
      'journal_mode = WAL',
      'synchronous = FULL',
      'foreign_keys = ON',
      'busy_timeout = 5000',
      // What is erased is overwritten: a roster's names must not lie in free pages.
      'secure_delete = ON',
    ])
      database.exec(`pragma ${pragma}`);
    return database;
  } catch (error) {
    throw new StartError(`The database ${file} cannot be opened (${(error as Error).message}).`);
  }
};

/** SQLite runs each migration in one IMMEDIATE transaction: two starts at once wait, a failed one leaves no trace. */
const migrate = async (db: Db, database: Database.Database): Promise<void> => {
  database.exec('create table if not exists meta (key text primary key, value text not null)');
  database.exec('begin immediate');
  try {
    const row = database.prepare(`select value from meta where key = 'schema'`).get() as
      { value: string } | undefined;
    const done = Number(row?.value ?? 0);
    if (done > migrations.length)
      throw new StartError('The database was written by a newer version of this app; install that version.');
    for (const migration of migrations.slice(done)) await migration(db as never);
    await setMeta(db, 'schema', String(migrations.length));
    if ((await getMeta(db, 'epoch')) === undefined) await beginEpoch(db);
    if ((await getMeta(db, 'seal')) === undefined)
      await setMeta(db, 'seal', randomBytes(32).toString('base64url'));
    if (done > 0) await countWritersFrom(db, new Date());
    database.exec('commit');
  } catch (error) {
    database.exec('rollback');
    throw error;
  }
};

/**
 * Writers are counted on from the second of the start: this may be a copy that has not heard of the last phones, or of any,
 * and a number that one of them has must not be given to another. So it fits their 32 bits until 2106.
 */
export const countWritersFrom = async (db: Db, start: Date): Promise<void> => {
  const second = Math.floor(start.getTime() / 1000);
  await sql`insert into sqlite_sequence (name, seq) select 'writer', 0
            where not exists (select 1 from sqlite_sequence where name = 'writer')`.execute(db);
  await sql`update sqlite_sequence set seq = max(seq, ${second}) where name = 'writer'`.execute(db);
};

export const getMeta = async (db: Db, key: string): Promise<string | undefined> =>
  (await db.selectFrom('meta').select('value').where('key', '=', key).executeTakeFirst())?.value;

export const setMeta = async (db: Db, key: string, value: string): Promise<void> => {
  await db
    .insertInto('meta')
    .values({ key, value })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ value }))
    .execute();
};

/**
 * Begins a new life of the database and returns its name (`epoch`); phones that know another read everything again. All names are
 * kept: one that is not among them was given after this copy was made.
 */
export const beginEpoch = async (db: Db): Promise<string> => {
  const fresh = randomUUID().slice(0, 8);
  await keepEpochName(db, fresh);
  await setMeta(db, 'epoch', fresh);
  return fresh;
};

/** Keeps the name of an epoch among those that this database knows. */
export const keepEpochName = async (db: Db, name: string): Promise<void> => {
  const before = (await getMeta(db, 'epochs')) ?? (await getMeta(db, 'epoch'));
  await setMeta(db, 'epochs', before === undefined ? name : `${before} ${name}`);
};

/** Whether the database answers and its file is sound enough to read. */
export const isReady = async (db: Db): Promise<boolean> => {
  try {
    await sql`select 1 from feed limit 1`.execute(db);
    return true;
  } catch {
    return false;
  }
};
