import { describe, expect, test } from 'vitest';
import { lastGoodDay, remindersOf } from '../../src/domain/reminders.ts';
import type { Situation } from '../../src/domain/reminders.ts';

const calm: Situation = {
  role: 'officer',
  today: '2019-08-01',
  oldestUnsent: null,
  returned: 0,
  plan: [],
};

describe('the last good day', () => {
  test('is the day before the date that is named', () => {
    expect(lastGoodDay('officer', 'half', 2019)).toBe('2019-06-19');
    expect(lastGoodDay('officer', 'year', 2020)).toBe('2020-11-24');
  });
  test('is the Friday before when it falls on a weekend', () => {
    expect(new Date('2019-11-24T00:00:00Z').getUTCDay(), 'a Sunday').toBe(0);
    expect(lastGoodDay('officer', 'year', 2019)).toBe('2019-11-22');
    expect(lastGoodDay('officer', 'half', 2021), 'a Saturday').toBe('2021-06-18');
  });
  test('of a commune is earlier than the district’s', () => {
    for (const report of ['half', 'year', 'campaign'] as const)
      expect(lastGoodDay('collaborator', report, 2019) < lastGoodDay('officer', report, 2019)).toBe(true);
  });
});

describe('a reminder', () => {
  test('comes for nothing on a calm day', () => expect(remindersOf(calm)).toEqual([]));
  test('of a deadline comes from two weeks before until the day itself, and not after it', () => {
    const on = (today: string) => remindersOf({ ...calm, today }).map((reminder) => reminder.what);
    expect(on('2019-06-04')).toEqual([]);
    expect(on('2019-06-05')).toEqual(['deadline']);
    expect(on('2019-06-19')).toEqual(['deadline']);
    expect(on('2019-06-20')).toEqual([]);
  });
  test('of a report that is handed in does not come', () => {
    const reports = (handedIn: readonly string[]) =>
      remindersOf({ ...calm, today: '2019-06-10', handedIn }).map((reminder) => reminder.what);
    expect(reports(['half'])).toEqual([]);
    expect(reports(['year'])).toEqual(['deadline']);
  });
  test('of unsent work comes after three days', () => {
    expect(remindersOf({ ...calm, oldestUnsent: '2019-07-30' })).toEqual([]);
    expect(remindersOf({ ...calm, oldestUnsent: '2019-07-29' })).toEqual([{ what: 'unsent', days: 3 }]);
  });
  test('of what is planned comes the day before and on the day, until it is done', () => {
    const plan = (from: string, done: boolean) =>
      remindersOf({ ...calm, plan: [{ id: 'p', title: 'Tọa đàm', from, done }] });
    expect(plan('2019-08-02', false)).toEqual([{ what: 'planned', id: 'p', title: 'Tọa đàm', days: 1 }]);
    expect(plan('2019-08-01', false)).toHaveLength(1);
    expect(plan('2019-08-02', true)).toEqual([]);
    expect(plan('2019-08-03', false)).toEqual([]);
  });
  test('of what was returned says how many', () =>
    expect(remindersOf({ ...calm, returned: 2 })).toEqual([{ what: 'returned', count: 2 }]));
});

test('a day that the province has set for a report is the one that is named', () => {
  const situation = { role: 'officer', oldestUnsent: null, returned: 0, plan: [] } as const;
  const named = (today: string) =>
    remindersOf({
      ...situation,
      today,
      dueOf: (report, year) => `${year}-${{ half: '06-12', year: '11-20', campaign: '12-28' }[report]}`,
    });
  expect(named('2019-12-20')).toEqual([{ what: 'deadline', report: 'campaign', day: '2019-12-28', days: 8 }]);
  expect(named('2019-06-19')).toEqual([]);
});
