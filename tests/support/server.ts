import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import type { Hono } from 'hono';
import { createApp } from '../../src/server/app.ts';
import { photoStore } from '../../src/server/blobs/photo-store.ts';
import type { PhotoStore } from '../../src/server/blobs/photo-store.ts';
import { beginEpoch, openSqlite } from '../../src/server/sql/open.ts';
import type { Db } from '../../src/server/sql/open.ts';
import { touchDirectory } from '../../src/server/units/directory.ts';
import { addPerson } from '../../src/server/units/people.ts';
import { addUnit } from '../../src/server/units/write-units.ts';

/** The test clock: the evening of 31/12/2019 in Vietnam. */
export const testNow = new Date('2019-12-31T12:00:00Z');

export const pin = '135790';

export type TestServer = {
  readonly app: Hono;
  readonly db: Db;
  readonly setNow: (time: Date) => void;
};

/** A province with two districts and three communes. */
export const places = [
  ['p', 'Tỉnh Hà Tĩnh', 'province', null],
  ['d1', 'Huyện Kỳ Anh', 'district', 'p'],
  ['d2', 'Huyện Lộc Hà', 'district', 'p'],
  ['c1', 'Xã Kỳ Phong', 'commune', 'd1'],
  ['c2', 'Xã Kỳ Khang', 'commune', 'd1'],
  ['c3', 'Xã Tân Lộc', 'commune', 'd2'],
] as const;

/** Who works in them, named after her place. */
export const people = [
  ['admin', 'admin', 'p'],
  ['tinh', 'officer', 'p'],
  ['huyen1', 'officer', 'd1'],
  ['huyen1b', 'officer', 'd1'],
  ['huyen2', 'officer', 'd2'],
  ['xa1', 'collaborator', 'c1'],
  ['xa1b', 'collaborator', 'c1'],
  ['xa2', 'collaborator', 'c2'],
  ['xa3', 'collaborator', 'c3'],
] as const;

export const nameOf = (login: string): string => `Người ${login}`;

/** The real server on a real, empty database in memory, with units and people but no records. */
export const testServer = async (): Promise<TestServer> => {
  const db = await openSqlite(':memory:');
  await fillTestServer(db);
  return serverOn(db);
};

/** Units and people for tests. */
export const fillTestServer = async (db: Db): Promise<void> => {
  await addPlaces(db);
  for (const [login, role, unit] of people)
    await addPerson(db, { login, name: nameOf(login), role, unit, pin }, testNow);
};

export const addPlaces = async (db: Db): Promise<void> => {
  for (const [id, name, level, parent] of places)
    await addUnit(db, { code: `code-${id}`, name, level, parent, from: null }, id);
};

/** A department of the province, and who works in it. */
export const addDepartment = async (db: Db, login: string): Promise<void> => {
  await addUnit(db, { code: 'snv', name: 'Sở Nội vụ', level: 'department', parent: 'p', from: null }, 's');
  await addPerson(db, { login, name: nameOf(login), role: 'collaborator', unit: 's', pin }, testNow);
  await touchDirectory(db);
};

/** Puts a server back, by the book, as it was before anybody had handed anything in. */
export const putBackEmpty = async ({ db }: Pick<TestServer, 'db'>): Promise<void> => {
  await db.deleteFrom('record').execute();
  await db.deleteFrom('change').execute();
  await db.updateTable('feed').set({ seq: 0 }).execute();
  await db.updateTable('writer').set({ last_seq: 0 }).execute();
  await beginEpoch(db);
};

/** The real server on a database that is there already. */
export const serverOn = (db: Db): TestServer => {
  let now = testNow;
  const photos = photoStore(mkdtempSync(join(tmpdir(), 'binh-dang-photos-')));
  return {
    app: appOn(db, () => now, photos),
    db,
    setNow: (time) => {
      now = time;
    },
  };
};

/** The server's routes, silent and without a demo. */
export const appOn = (db: Db, now: () => Date, photos: PhotoStore): Hono =>
  createApp({ db, photos, now, log: pino({ level: 'silent' }), version: '0.0.0', demo: null });
