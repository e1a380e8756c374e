import { describe, expect, test } from 'vitest';
import type { RecordEvent } from '../../src/domain/change.ts';
import { conflictsOf, settledBy } from '../../src/domain/conflict.ts';

const event = (rev: number, by: number, more: Partial<RecordEvent>): RecordEvent => ({
  rev,
  by,
  at: '2019-12-31T00:00:00Z',
  made: '2019-12-31T00:00:00Z',
  do: 'save',
  ...more,
});
const made = event(1, 1, { fields: ['title', 'venue'] });
const hers = event(2, 2, { fields: ['title'] });
const mine = event(3, 1, { fields: ['title'], overwrote: { title: 'Bản của đồng nghiệp' } });
const record = (...events: RecordEvent[]) => ({ state: 'submitted' as const, events });

describe('a conflict', () => {
  test('names who replaced what, and whose words those were', () =>
    expect(conflictsOf(record(made, hers, mine))).toEqual([
      { rev: 3, by: 1, of: 2, at: mine.at, lost: { title: 'Bản của đồng nghiệp' } },
    ]));
  test('is none when nobody wrote over another', () => expect(conflictsOf(record(made, hers))).toEqual([]));
  test('is over once somebody who saw both has chosen', () =>
    expect(conflictsOf(record(made, hers, mine, event(4, 2, { settles: ['title'] })))).toEqual([]));
  test('stays when a later save is about something else', () =>
    expect(conflictsOf(record(made, hers, mine, event(4, 2, { fields: ['venue'] })))).toHaveLength(1));
  test('stays for the fields that were not chosen', () => {
    const both = event(3, 1, { fields: ['title', 'venue'], overwrote: { title: 'A', venue: 'B' } });
    const [left] = conflictsOf(record(made, hers, both, event(4, 2, { settles: ['title'] })));
    expect(left?.lost).toEqual({ venue: 'B' });
  });
  test('does not stand against a decision', () => {
    for (const state of ['approved', 'returned', 'locked', 'void'] as const)
      expect(conflictsOf({ state, events: [made, hers, mine] })).toEqual([]);
  });
  test('is not made by what came too late and was not applied', () =>
    expect(conflictsOf(record(made, hers, { ...mine, lost: true }))).toEqual([]));
  test('is settled by what its author sends after she saw it, and by nothing sent before', () => {
    const open = conflictsOf(record(made, hers, mine));
    expect(settledBy(open, { title: 'Bản đúng', venue: 'Nhà văn hóa' }, 3)).toEqual(['title']);
    expect(settledBy(open, { title: 'Bản đúng' }, 2)).toEqual([]);
  });
});
