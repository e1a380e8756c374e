import { describe, expect, test } from 'vitest';
import {
  afterFailure,
  afterSuccess,
  changesAPiece,
  changesAtOnce,
  firstPace,
  recordsAtOnce,
} from '../../src/device/sync/pace.ts';
import type { Pace } from '../../src/device/sync/pace.ts';

/** Requests that use their budget, one after the other, over a link of so many bytes a second. */
const over = (bytesPerSecond: number, delayMs: number, times = 12): Pace => {
  let pace = firstPace;
  for (let i = 0; i < times; i++)
    pace = afterSuccess(
      pace,
      changesAtOnce(pace),
      pace.budget,
      (pace.budget / bytesPerSecond) * 1000 + delayMs,
    );
  return pace;
};

describe('how much goes at once', () => {
  test('at 50 kbit/s no request is longer than 16 kB', () => {
    expect(over(6250, 600).budget).toBeLessThanOrEqual(16_000);
    expect(over(6250, 600).budget).toBeGreaterThan(6_000);
    expect(firstPace.budget).toBeLessThanOrEqual(16_000);
  });
  test('on a good link soon all of it goes in one', () => {
    expect(over(1e6, 20, 5).budget).toBe(200_000);
    expect(recordsAtOnce(over(1e6, 20))).toBe(1000);
  });
  test('after a failure one piece goes at a time, and more again with each that comes through', () => {
    const failed = afterFailure(firstPace);
    expect(changesAtOnce(failed)).toBe(changesAPiece(failed));
    const again = afterSuccess(failed, 40, failed.budget, 960);
    expect(again.pieces).toBe(2);
    expect(over(6250, 600).pieces).toBe(firstPace.pieces);
  });
  test('each failure halves it, down to a little', () => {
    let pace = firstPace;
    for (let i = 0; i < 9; i++) pace = afterFailure(pace);
    expect(pace.budget).toBe(3000);
    expect(changesAtOnce(pace)).toBeGreaterThan(0);
  });
  test('a small request says nothing about the link', () => {
    expect(afterSuccess(firstPace, 1, 300, 5000)).toEqual(firstPace);
  });
});
