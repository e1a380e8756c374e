import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Device } from '../../src/device/device.ts';
import { latestFirst } from '../../src/device/latest.ts';
import { addDays } from '../../src/domain/typed/date.ts';

const device = { now: () => new Date('2019-12-31T12:00:00Z') } as Device;
const day = (daysAgo: number | null): string => (daysAgo === null ? '' : addDays('2019-12-31', -daysAgo));

/** Reads as an index does: in ascending order, `from` included and `before` not. */
const over = (days: readonly string[]): ((from: string, before: string) => Promise<string[]>) => {
  const sorted = [...days].sort();
  return (from, before) => Promise.resolve(sorted.filter((one) => one >= from && one < before));
};

test('what has a day comes the latest first: none twice, none left out, days to come and no day included', () =>
  fc.assert(
    fc.asyncProperty(
      fc.array(fc.option(fc.integer({ min: -400, max: 3000 }), { nil: null })),
      fc.nat(30),
      async (ago, limit) => {
        const days = ago.map(day);
        expect(await latestFirst(device, limit, over(days))).toEqual(
          [...days].sort().reverse().slice(0, limit),
        );
      },
    ),
  ));

test('no more is read than is needed', async () => {
  const asked: string[] = [];
  const read = over(['2019-12-30', '2019-12-29', '2018-01-01']);
  const counted = (from: string, before: string): Promise<string[]> => {
    asked.push(from);
    return read(from, before);
  };
  expect(await latestFirst(device, 2, counted)).toEqual(['2019-12-30', '2019-12-29']);
  expect(asked).toHaveLength(1);
});
