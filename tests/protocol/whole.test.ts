import { expect, test } from 'vitest';
import type { Change, Comment, Deed, RecordEvent, RecordState } from '../../src/domain/change.ts';
import { changeSchema } from '../../src/protocol/change.ts';
import { recordRowSchema } from '../../src/protocol/sync-response.ts';

/**
 * A schema drops what it does not name, without a word. What is built here names all that the domain knows, or it does
 * not compile; so what is new there and forgotten on the wire fails.
 */

const remarks = { title: 'Ghi rõ tên' };
const event: Required<RecordEvent> = {
  rev: 3,
  at: '2019-12-31T00:00:00Z',
  made: '2019-12-31T00:00:00Z',
  by: 1,
  do: 'return',
  fields: ['title'],
  note: 'Xem lại',
  marks: ['title'],
  remarks,
  overwrote: { title: 'Tên cũ' },
  settles: ['venue'],
  report: 'p1',
  tile: '2019B',
  lost: true,
};
const comment: Required<Comment> = { note: 'Xem lại', marks: ['title'], remarks, by: 1, at: event.at };
const record: Required<RecordState> = {
  id: 'r',
  code: 'TH-1',
  kind: 'activity',
  unit: 'c1',
  rev: 3,
  edited: 2,
  decided: 3,
  authors: [1],
  state: 'returned',
  fields: { title: 'Tên' },
  comment,
  since: { title: 'Tên cũ' },
  events: [event],
};

test('a record comes through the wire with all that it holds', () => {
  const row = { ...record, feed: 1, whole: true };
  expect(recordRowSchema.parse(row)).toEqual(row);
});

type Whole<D> = D extends unknown ? Required<D> : never;

test('so does a change of each sort', () => {
  const deeds: Record<Deed['do'], Whole<Deed>> = {
    save: { do: 'save', kind: 'activity', unit: 'c1', patch: { title: 'Tên' }, answer: 'Đã sửa' },
    approve: { do: 'approve' },
    return: { do: 'return', note: 'Xem lại', marks: ['title'], remarks },
    void: { do: 'void', note: 'Ghi nhầm' },
    lock: { do: 'lock', report: 'p1', tile: '2019B' },
  };
  for (const deed of Object.values(deeds)) {
    const change: Change = { seq: 1, record: 'r', base: 2, made: event.made, ...deed };
    expect(changeSchema.parse(change), deed.do).toEqual(change);
  }
});
