import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { canonical } from '../../src/domain/records/canonical.ts';
import { factOf } from '../../src/domain/report/fact.ts';
import type { Fact } from '../../src/domain/report/fact.ts';
import { generatedYear } from '../../src/server/demo/generate.ts';
import { demoTrainings } from '../../src/server/demo/trainings.ts';
import { photoStore } from '../../src/server/blobs/photo-store.ts';
import { databaseFile } from '../../src/server/config.ts';
import { openSqlite } from '../../src/server/sql/open.ts';
import { addPerson } from '../../src/server/units/people.ts';
import { addUnit } from '../../src/server/units/write-units.ts';
import { appOn } from '../support/server.ts';
import { median } from './browser.ts';

/** A province of 262 communes in 13 districts, whose records are there as what counts of them. */

const communes = 262;
const districts = 13;
const turns = 5;
const pin = '135790';
const now = new Date('2019-12-31T12:00:00Z');

/** What counts of a commune’s usual activities and classes, to be handed out over the province. */
const patterns = (): Fact[] => {
  const records = [
    ...Array.from({ length: 4 }, (_, i) => generatedYear('18382', 2019 + i))
      .flat()
      .map(({ values }) => ['activity', values] as const),
    ...demoTrainings.map(({ values }) => ['training', values] as const),
  ];
  return records.flatMap(([kind, values], i) => {
    const fact = factOf({
      id: String(i),
      kind,
      unit: '',
      code: null,
      rev: 1,
      edited: 1,
      decided: 0,
      authors: [1],
      state: 'approved',
      fields: canonical(kind, values),
      comment: null,
      since: {},
      events: [],
    });
    return fact === null ? [] : [fact];
  });
};

/** So many facts of two years, each of another commune than the one before. */
export const provinceFacts = (n: number): Fact[] => {
  const all = patterns().flatMap((fact) => [fact, yearBefore(fact)]);
  return Array.from({ length: n }, (_, i) => ({
    ...(all[i % all.length] as Fact),
    id: String(i),
    unit: `c${i % communes}`,
  }));
};

const yearBefore = (fact: Fact): Fact => ({
  ...fact,
  from: fact.from.replace('2019', '2018'),
  to: fact.to.replace('2019', '2018'),
  campaign: fact.campaign === null ? null : fact.campaign - 1,
});

const rowsAtOnce = 400;

/** Median milliseconds until the server, on a real database with so many records, has answered an officer of the province. */
export const timeToAnswer = async (records: number, paths: readonly string[]): Promise<number[]> => {
  const dir = mkdtempSync(join(tmpdir(), 'binh-dang-bench-'));
  const db = await openSqlite(databaseFile(dir));
  try {
    const unit = (id: string, level: 'province' | 'district' | 'commune', parent: string | null) =>
      addUnit(db, { code: id, name: id, level, parent, from: null }, id);
    await unit('p', 'province', null);
    for (let i = 0; i < districts; i++) await unit(`d${i}`, 'district', 'p');
    for (let i = 0; i < communes; i++) await unit(`c${i}`, 'commune', `d${i % districts}`);
    await addPerson(db, { login: 'tinh', name: 'Cán bộ tỉnh', role: 'officer', unit: 'p', pin }, now);
    const rows = provinceFacts(records).map((fact) => ({
      record: fact.id,
      unit: fact.unit,
      audience: 'work' as const,
      kind: fact.kind,
      last_day: fact.to,
      received: fact.received,
      fact_json: JSON.stringify(fact),
    }));
    await db.transaction().execute(async (tx) => {
      for (let at = 0; at < rows.length; at += rowsAtOnce)
        await tx
          .insertInto('fact')
          .values(rows.slice(at, at + rowsAtOnce))
          .execute();
    });
    const app = appOn(db, () => now, photoStore(dir));
    const signedIn = await app.request('/api/v1/sign-in', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ v: 2, login: 'tinh', pin, device: 'bench', writer: null }),
    });
    const { session } = (await signedIn.json()) as { session: string };
    const medians: number[] = [];
    for (const path of paths) {
      const times: number[] = [];
      for (let turn = 0; turn < turns; turn++) {
        const start = performance.now();
        const response = await app.request(`/api/v1/${path}`, {
          headers: { Authorization: `Bearer ${session}` },
        });
        await response.arrayBuffer();
        if (!response.ok) throw new Error(`${path} was answered with ${response.status}`);
        times.push(performance.now() - start);
      }
      medians.push(median(times));
    }
    return medians;
  } finally {
    await db.destroy();
    rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
  }
};
