import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exhaust } from './simulation/exhaustive.ts';
import { play } from './simulation/world.ts';

/**
 * Several phones and the server in one process, with a link and machines that fail; see docs/reliability.md. Which seeds
 * are played is fixed: a test that is sometimes red is no test.
 */

const navigatorBefore = Object.getOwnPropertyDescriptor(globalThis, 'navigator');
beforeAll(() => {
  Object.defineProperty(globalThis, 'navigator', { value: { onLine: true }, configurable: true });
});
afterAll(() => {
  if (navigatorBefore !== undefined) Object.defineProperty(globalThis, 'navigator', navigatorBefore);
});

const blocks = 10;
const seedsInABlock = 20;
const minutes = 60_000;

describe('whatever fails, when it is over nothing is lost, nothing is there twice, and all see the same', () => {
  test.each(Array.from({ length: blocks }, (_, block) => 1 + block * seedsInABlock))(
    'seeds from %i',
    { timeout: 4 * minutes },
    async (first) => {
      for (let seed = first; seed < first + seedsInABlock; seed++) {
        const { violations, trace } = await play(seed);
        expect(violations, `seed ${seed}\n${trace.join('\n')}`).toEqual([]);
      }
    },
  );
  test('one save and its acknowledgement, with a fault at each step', { timeout: 4 * minutes }, async () => {
    const { violations, steps } = await exhaust({ every: 12 });
    expect(violations).toEqual([]);
    expect(steps).toBeGreaterThan(30);
  });
});
