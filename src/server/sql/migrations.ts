import { sql } from 'kysely';
import type { Kysely } from 'kysely';

/** One step of the schema's history. Steps are only ever added. */
type Migration = (db: Kysely<never>) => Promise<void>;

/**
 * Tables of records and changes begin their keys with the feed, so that a database split by unit can hold them.
 * The statements run on SQLite and PostgreSQL alike, but for the generated keys.
 */
const first: Migration = async (db) => {
  const statements = [
    `create table unit (id text primary key, code text not null, name text not null, level text not null,
       parent text references unit(id), valid_from text, valid_to text)`,
    `create index unit_by_code on unit (code)`,
    `create table account (id integer primary key autoincrement, login text not null unique, name text not null,
       role text not null, unit text not null references unit(id), pin_hash text not null,
       active integer not null, created_at text not null)`,
    `create table writer (id integer primary key autoincrement, account integer not null references account(id),
       credential_hash text not null, device text not null, last_seq integer not null, created_at text not null,
       last_contact text, revoked integer not null)`,
    `create table session (token_hash text primary key, account integer not null references account(id),
       writer integer not null references writer(id), expires_at text not null)`,
    `create table feed (id integer primary key autoincrement, unit text not null references unit(id),
       audience text not null, seq integer not null, unique (unit, audience))`,
    `create table record (feed integer not null references feed(id), id text not null, seq integer not null,
       kind text not null, unit text not null, state text not null, edited integer not null,
       decided integer not null, authors_json text not null, comment_json text, since_json text not null,
       fields_json text not null, touches_json text not null, events_json text not null, primary key (feed, id))`,
    `create unique index record_by_id on record (id)`,
    `create unique index record_by_seq on record (feed, seq)`,
    `create table change (feed integer not null, writer integer not null, seq integer not null,
       record text not null, account integer not null, digest text not null, base integer not null,
       made text not null, received_at text not null, rev integer not null, verdict text not null, code text,
       findings_json text, deed_json text not null, primary key (feed, writer, seq))`,
    `create unique index change_by_writer on change (writer, seq)`,
  ];
  for (const statement of statements) await sql.raw(statement).execute(db);
};

/** Classes and models: records that belong to another, human codes, and who may read what is not for all officers. */
const kinds: Migration = async (db) => {
  const statements = [
    `alter table record add column parent text`,
    `alter table record add column code text`,
    `create index record_by_parent on record (parent)`,
    `alter table account add column restricted integer not null default 0`,
    `insert into feed (unit, audience, seq) select id, 'roster', 0 from unit`,
    `create table code_number (prefix text primary key, last integer not null)`,
  ];
  for (const statement of statements) await sql.raw(statement).execute(db);
};

/** Phones keep what they handed in until a backup holds it. */
const backups: Migration = async (db) => {
  await sql.raw(`alter table writer add column backed_seq integer not null default 0`).execute(db);
};

/** Officers see which phones run an old version. */
const versions: Migration = async (db) => {
  await sql.raw(`alter table writer add column schema integer`).execute(db);
  await sql
    .raw(`create index change_refused on change (received_at) where verdict in ('rejected', 'parked')`)
    .execute(db);
};

/** Boards and reports of a whole province are summed from what counts, kept beside the records. */
const facts: Migration = async (db) => {
  await sql
    .raw(
      `create table fact (record text primary key, unit text not null, audience text not null, kind text not null,
         last_day text not null, received text, fact_json text not null)`,
    )
    .execute(db);
  await sql.raw(`create index fact_by_unit on fact (unit)`).execute(db);
  await sql.raw(`create index fact_by_kind on fact (kind)`).execute(db);
};

/** Where a phone may be woken to remind its owner. */
const waking: Migration = async (db) => {
  await sql
    .raw(
      `create table push_address (writer integer primary key references writer(id), endpoint text not null)`,
    )
    .execute(db);
};

/** A copy that was put back by hand is noticed by the phones that know of more. */
const putBack: Migration = async (db) => {
  await sql.raw(`alter table writer add column behind_seq integer`).execute(db);
  // What was put back before is dealt with.
  await sql.raw(`update writer set behind_seq = last_seq`).execute(db);
};

export const migrations: readonly Migration[] = [first, kinds, backups, versions, facts, waking, putBack];
