import { addDays, vietnamDay } from '../domain/typed/date.ts';
import type { Device } from './device.ts';

/** So many days are looked through at first, then these, then all. */
const spans = [14, 42, 126, 378];

/** Before and after every day there is. */
export const [firstDay, lastDay] = ['', '\uffff'];

/**
 * The latest of what has a day, in few requests: browsers read an index backwards a row at a time, and each of those steps
 * costs a slow phone milliseconds. `read` is asked for spans of days, both in ascending order, from `from` to before `before`.
 */
export const latestFirst = async <T>(
  { now }: Device,
  limit: number,
  read: (from: string, before: string) => Promise<readonly T[]>,
): Promise<T[]> => {
  const today = vietnamDay(now());
  const found: T[] = [];
  let before: string = lastDay;
  for (const from of [...spans.map((days) => addDays(today, -days)), firstDay]) {
    found.push(...[...(await read(from, before))].reverse());
    if (found.length >= limit) break;
    before = from;
  }
  return found.slice(0, limit);
};
