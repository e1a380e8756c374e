import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hash } from '@node-rs/argon2';
import { sql } from 'kysely';
import type { SignInResponse } from '../../../src/protocol/sign-in.ts';
import { hashSecret } from '../../../src/server/access/secret.ts';
import { photoStore } from '../../../src/server/blobs/photo-store.ts';
import type { PhotoStore } from '../../../src/server/blobs/photo-store.ts';
import { beginEpoch, countWritersFrom, openSqlite, setMeta } from '../../../src/server/sql/open.ts';
import type { Db } from '../../../src/server/sql/open.ts';
import { touchDirectory } from '../../../src/server/units/directory.ts';
import { addPlaces, appOn, nameOf, people, pin } from '../../support/server.ts';
import { addWriter } from '../../support/writer.ts';

/** The real server on a real database, which can be made to fail at any of its statements. */
export type Office = {
  readonly db: Db;
  readonly photos: PhotoStore;
  readonly handle: (address: string, init: RequestInit) => Promise<Response>;
  /** The process dies at the nth statement from now on, and stays dead until it is started again. */
  readonly dieAfter: (statements: number) => void;
  readonly restart: () => void;
  /** How many statements it has run. */
  readonly run: () => number;
  readonly isDead: () => boolean;
  /** Copies the database and tells the phones; `restore` puts the last copy back, by the book or by hand. */
  readonly backup: () => Promise<void>;
  readonly restore: (byTheBook: boolean) => Promise<boolean>;
  /** What a table of the last copy holds. */
  readonly copied: (table: (typeof tables)[number]) => readonly Record<string, unknown>[];
  readonly close: () => Promise<void>;
};

/** Everybody who has records to lose. */
export const workers = people.filter(([, role]) => role !== 'admin');

const tables = [
  'meta',
  'unit',
  'account',
  'writer',
  'session',
  'feed',
  'record',
  'code_number',
  'change',
  'fact',
] as const;

/** Hashed with next to no effort: at its full cost it would take longer than all the rest. */
const pinHash = hash(pin, { memoryCost: 8, timeCost: 1, parallelism: 1 });

class Died extends Error {}

export const openOffice = async (now: () => Date): Promise<Office> => {
  const db = await openSqlite(':memory:');
  // A seed's requests are to be as long each time it is played.
  for (const key of ['epoch', 'epochs']) await setMeta(db, key, 'epoch000');
  await addPlaces(db);
  for (const [login, role, unit] of workers)
    await db
      .insertInto('account')
      .values({
        login,
        name: nameOf(login),
        role,
        unit,
        pin_hash: await pinHash,
        active: 1,
        restricted: 0,
        created_at: now().toISOString(),
      })
      .execute();
  await touchDirectory(db);
  const dir = mkdtempSync(join(tmpdir(), 'binh-dang-simulation-'));
  const [photosDir, photosCopy] = [join(dir, 'photos'), join(dir, 'copy')];
  const photos = photoStore(dir);
  let left = Infinity;
  let dead = false;
  let statements = 0;
  const mortal = db.withPlugin({
    transformQuery: ({ node }) => {
      statements += 1;
      if ((left -= 1) < 0) dead = true;
      if (dead) throw new Died('the server died here');
      return node;
    },
    transformResult: ({ result }) => Promise.resolve(result),
  });
  let app = appOn(mortal, now, photos);
  let copy: Map<string, Record<string, unknown>[]> | null = null;
  let countedTo = 0;
  return {
    db,
    photos,
    handle: async (address, init) => app.request(address, init),
    dieAfter: (n) => {
      left = n;
    },
    run: () => statements,
    isDead: () => dead,
    backup: async () => {
      copy = new Map();
      for (const table of tables) copy.set(table, await db.selectFrom(table).selectAll().execute());
      const { rows } = await sql<{
        seq: number;
      }>`select seq from sqlite_sequence where name = 'writer'`.execute(db);
      countedTo = rows[0]?.seq ?? 0;
      rmSync(photosCopy, { recursive: true, force: true });
      cpSync(photosDir, photosCopy, { recursive: true });
      await db
        .updateTable('writer')
        .set((e) => ({ backed_seq: e.ref('last_seq') }))
        .execute();
    },
    copied: (table) => copy?.get(table) ?? [],
    restore: async (byTheBook) => {
      if (copy === null) return false;
      for (const table of [...tables].reverse()) await db.deleteFrom(table).execute();
      for (const [table, rows] of copy)
        for (const row of rows)
          await db
            .insertInto(table as 'meta')
            .values(row as never)
            .execute();
      // A server that starts on a copy counts its writers on from the time of day.
      await sql`update sqlite_sequence set seq = ${countedTo} where name = 'writer'`.execute(db);
      await countWritersFrom(db, now());
      rmSync(photosDir, { recursive: true });
      cpSync(photosCopy, photosDir, { recursive: true });
      if (byTheBook) await beginEpoch(db);
      await touchDirectory(db);
      return true;
    },
    close: async () => {
      await db.destroy();
      rmSync(dir, { recursive: true });
    },
    restart: () => {
      left = Infinity;
      // One that lives on keeps what it remembers of units and people; a new one has to ask.
      if (dead) app = appOn(mortal, now, photos);
      dead = false;
    },
  };
};

/** Somebody signs in at the server itself; `writer` is the credential that her phone has. Null when the server died of it. */
export const signInAt = async (
  { handle, restart }: Office,
  login: string,
  writer: string | null,
): Promise<SignInResponse | null> => {
  const body = JSON.stringify({ login, pin, device: 'test', writer });
  const response = await handle('/api/v1/sign-in', { method: 'POST', body });
  restart();
  return response.ok ? ((await response.json()) as SignInResponse) : null;
};

/** What a phone holds after signing in: a writer's number and credential, and a session. */
export const enrol = async (
  { db }: Office,
  login: string,
): Promise<{ account: number; writer: number; credential: string; session: string }> => {
  const { id: account } = await db
    .selectFrom('account')
    .select('id')
    .where('login', '=', login)
    .executeTakeFirstOrThrow();
  const secret = `secret-${login}`;
  const writer = await addWriter(db, account, hashSecret(secret));
  return {
    account,
    writer,
    credential: `${writer}.${secret}`,
    session: await newSession({ db }, account, writer),
  };
};

export const newSession = async (
  { db }: Pick<Office, 'db'>,
  account: number,
  writer: number,
): Promise<string> => {
  const session = `session-${account}-${writer}`;
  await db
    .insertInto('session')
    .values({ token_hash: hashSecret(session), account, writer, expires_at: '9999' })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return session;
};
