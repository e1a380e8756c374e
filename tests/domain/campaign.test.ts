import fc from 'fast-check';
import { expect, test } from 'vitest';
import { campaignPhase, mayBelongTo, suggestedCampaign } from '../../src/domain/campaign.ts';

test.each([
  ['2019-11-14', '2019-11-14', null],
  ['2019-11-15', '2019-11-15', 2019],
  ['2019-12-15', '2019-12-15', 2019],
  ['2019-12-16', '2019-12-16', null],
  ['2019-11-01', '2019-11-30', 2019],
  ['2019-06-15', '2019-06-15', null],
  ['2019-12-10', '2020-01-10', 2019],
  ['2018-12-20', '2019-11-20', 2019],
])('%s to %s belongs to %s', (start, end, year) =>
  expect(suggestedCampaign(start, end, 'toa_dam')).toBe(year),
);

test.each([
  ['2019-11-14', { phase: 'before', days: 1, year: 2019 }],
  ['2019-11-15', { phase: 'during', days: 31, year: 2019 }],
  ['2019-12-15', { phase: 'during', days: 1, year: 2019 }],
  ['2019-12-31', { phase: 'after', days: 16, year: 2019 }],
])('on %s the action month is %o', (day, phase) => expect(campaignPhase(day)).toEqual(phase));

test('whatever is suggested is also allowed', () =>
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 900 }), fc.integer({ min: 0, max: 60 }), (from, length) => {
      const day = (n: number): string => new Date(Date.UTC(2018, 0, 1 + n)).toISOString().slice(0, 10);
      const year = suggestedCampaign(day(from), day(from + length), 'toa_dam');
      if (year !== null) expect(mayBelongTo(year, day(from), day(from + length), 'toa_dam')).toBe(true);
    }),
  ));
