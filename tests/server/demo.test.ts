import { describe, expect, test } from 'vitest';
import { openSqlite } from '../../src/server/sql/open.ts';
import { isDemo, loadDemo, readShift, setToday } from '../../src/server/demo/load.ts';
import { generatedYear } from '../../src/server/demo/generate.ts';

describe('the demo', () => {
  test(
    'has the samples in their states, a commune’s year of about 60 and its district’s of about 300',
    { timeout: 60_000 },
    async () => {
      const db = await openSqlite(':memory:');
      await loadDemo(db);
      expect(await isDemo(db)).toBe(true);
      const rows = await db.selectFrom('record').select(['unit', 'state']).execute();
      const of = (units: readonly string[]): number => rows.filter(({ unit }) => units.includes(unit)).length;
      expect(of(['demo-18382'])).toBeGreaterThanOrEqual(60);
      expect(
        of(['18382', '18349', '18352', '18388', '18403'].map((code) => `demo-${code}`)),
      ).toBeGreaterThanOrEqual(300);
      expect(rows.filter(({ unit }) => unit === 'demo-18559').map(({ state }) => state)).toContain(
        'submitted',
      );
      expect(rows.filter(({ unit }) => unit === 'demo-18409').map(({ state }) => state)).toContain(
        'returned',
      );
    },
  );
  test('is the same on every machine', () => {
    expect(generatedYear('x', 7)).toEqual(generatedYear('x', 7));
  });
  test('plays on any real day, and on no other', async () => {
    const db = await openSqlite(':memory:');
    for (const day of ['2019-13-45', '2019-02-29', '9999-12-31', 'hôm nay'])
      await expect(setToday(db, day)).rejects.toThrow();
    await setToday(db, '2019-11-28');
    expect(new Date(Date.now() + (await readShift(db))).toISOString().slice(0, 10)).toBe('2019-11-28');
  });
});
