import { expect, test } from 'vitest';
import { exhaust } from './simulation/exhaustive.ts';
import { withNavigator } from '../support/navigator.ts';

withNavigator();

test('one save and its acknowledgement hold with a fault at each step', { timeout: 240_000 }, async () => {
  const { violations, steps } = await exhaust({ every: 40 });
  expect(violations).toEqual([]);
  expect(steps).toBeGreaterThan(30);
});
