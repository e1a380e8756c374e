import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Actor, Places } from '../../src/domain/access.ts';
import { apply } from '../../src/domain/apply.ts';
import type { Circumstances, Outcome } from '../../src/domain/apply.ts';
import type { Change, Deed, RecordState } from '../../src/domain/change.ts';
import { check } from '../../src/domain/records/check.ts';
import { treeOf } from '../../src/domain/unit.ts';
import { activity } from '../support/activity.ts';

const tree = treeOf(
  [
    ['d', null],
    ['c', 'd'],
  ].map(([id, parent]) => ({
    id: id as string,
    code: '',
    name: '',
    level: 'commune' as const,
    parent: parent as string | null,
    from: null,
    to: null,
  })),
);
const places: Places = { tree, hasOfficer: (unit) => unit === 'd' };
const author: Actor = { account: 1, role: 'collaborator', unit: 'c' };
const colleague: Actor = { account: 2, role: 'collaborator', unit: 'c' };
const officer: Actor = { account: 3, role: 'officer', unit: 'd' };
const second: Actor = { account: 4, role: 'officer', unit: 'd' };

const now = (actor: Actor, rev: number, more: Partial<Circumstances> = {}): Circumstances => ({
  actor,
  rev,
  at: '2019-12-31T00:00:00Z',
  places,
  check: (kind, values) => check(kind, values, { today: '2019-12-31', unitIsValid: () => true }),
  ...more,
});
const change = (base: number, deed: Deed): Change => ({
  seq: 1,
  record: 'r',
  base,
  made: '2019-12-31T00:00:00Z',
  ...deed,
});
const save = (patch: Record<string, unknown>): Deed => ({ do: 'save', kind: 'activity', unit: 'c', patch });
const applied = (outcome: Outcome): RecordState => {
  if (outcome.verdict !== 'applied') throw new Error(JSON.stringify(outcome));
  return outcome.record;
};

const created = applied(apply(undefined, change(0, save(activity())), now(author, 1)));
const returned = applied(
  apply(created, change(1, { do: 'return', note: 'Xem lại', marks: ['title'] }), now(officer, 2)),
);
const approved = applied(apply(created, change(1, { do: 'approve' }), now(officer, 2)));

describe('the road of a record', () => {
  test('is created as submitted', () =>
    expect(created).toMatchObject({ state: 'submitted', authors: [1], rev: 1, edited: 1 }));
  test('is returned with the comment and the marked fields', () =>
    expect(returned).toMatchObject({
      state: 'returned',
      comment: { note: 'Xem lại', marks: ['title'], by: 3 },
    }));
  test('a return says what to mend in a marked field, and the resubmission answers it', () => {
    const remarks = { title: 'Ghi rõ tên hoạt động', venue: 'không đánh dấu' };
    const back = applied(
      apply(
        created,
        change(1, { do: 'return', note: 'Xem lại', marks: ['title'], remarks }),
        now(officer, 2),
      ),
    );
    expect(back.comment?.remarks).toEqual({ title: 'Ghi rõ tên hoạt động' });
    const mended = applied(
      apply(
        back,
        change(2, { ...save({ title: 'Tên đã rõ hơn' }), answer: 'Đã sửa tên' } as Deed),
        now(author, 3),
      ),
    );
    expect(mended.events.at(-1)).toMatchObject({ do: 'save', note: 'Đã sửa tên' });
  });
  test('a mended record is in the queue again, with what the reviewer saw before', () => {
    const mended = applied(apply(returned, change(2, save({ title: 'Tên khác hẳn' })), now(author, 3)));
    expect(mended).toMatchObject({ state: 'submitted', since: { title: created.fields['title'] } });
    const again = applied(apply(mended, change(3, save({ title: 'Tên thứ ba' })), now(author, 4)));
    expect(again.since).toEqual({ title: created.fields['title'] });
    const back = applied(apply(again, change(4, save({ title: created.fields['title'] })), now(author, 5)));
    expect(back.since).toEqual({});
  });
  test('before the first decision nothing has changed since', () =>
    expect(applied(apply(created, change(1, save({ title: 'Tên khác hẳn' })), now(author, 2))).since).toEqual(
      {},
    ));
  test('an approved record may be reopened by a return with a reason', () =>
    expect(
      apply(approved, change(2, { do: 'return', note: 'Nhầm', marks: [] }), now(officer, 3)).verdict,
    ).toBe('applied'));
  test('a void record takes nothing more', () => {
    const gone = applied(apply(created, change(1, { do: 'void', note: 'Ghi trùng' }), now(author, 2)));
    expect(gone.state).toBe('void');
    expect(apply(gone, change(2, { do: 'approve' }), now(officer, 3)).verdict).toBe('late');
    expect(apply(gone, change(2, save({ title: 'Tên khác hẳn' })), now(author, 3)).verdict).toBe('late');
  });
});

describe('decisions', () => {
  test('on content that has moved since are not applied, and kept', () => {
    const edited = applied(apply(created, change(1, save({ title: 'Tên khác hẳn' })), now(author, 2)));
    const outcome = apply(edited, change(1, { do: 'approve' }), now(officer, 3));
    expect(outcome).toMatchObject({ verdict: 'late', code: 'E_MOVED_ON', record: { state: 'submitted' } });
  });
  test('of two the first holds and the second stays in the history', () => {
    const outcome = apply(approved, change(1, { do: 'return', note: 'Sai số', marks: [] }), now(second, 3));
    expect(outcome).toMatchObject({ verdict: 'late', code: 'E_DECIDED', record: { state: 'approved' } });
    if (outcome.verdict !== 'late') return;
    expect(outcome.record.events.at(-1)).toMatchObject({ do: 'return', by: 4, note: 'Sai số', lost: true });
  });
  test('need the right, and a return needs a reason', () => {
    expect(apply(created, change(1, { do: 'approve' }), now(colleague, 2))).toMatchObject({
      verdict: 'rejected',
      code: 'E_NOT_YOURS',
    });
    expect(apply(created, change(1, { do: 'return', note: '  ', marks: [] }), now(officer, 2))).toMatchObject(
      { code: 'E_NOTE_REQUIRED' },
    );
  });
  test('on one’s own record are refused', () => {
    const own = { ...created, authors: [3] };
    expect(apply(own, change(1, { do: 'approve' }), now(officer, 2))).toMatchObject({
      verdict: 'rejected',
      code: 'E_OWN_RECORD',
    });
  });
});

describe('what a report counts', () => {
  const lock: Deed = { do: 'lock', report: 'p', tile: '2019B' };
  test('is locked as it was approved, with the report and the tile in its history', () => {
    const locked = applied(apply(approved, change(2, lock), now(officer, 3)));
    expect(locked).toMatchObject({ state: 'locked', fields: approved.fields });
    expect(locked.events.at(-1)).toMatchObject({ do: 'lock', report: 'p', tile: '2019B' });
    for (const deed of [save({ title: 'Tên khác hẳn' }), { do: 'return', note: 'x', marks: [] } as const])
      expect(apply(locked, change(3, deed), now(deed.do === 'save' ? author : officer, 4))).toMatchObject({
        verdict: 'late',
        code: 'E_NOT_OPEN',
      });
  });
  test('is not locked before it is approved, nor twice, nor by its author', () => {
    expect(apply(created, change(1, lock), now(officer, 2))).toMatchObject({ verdict: 'late' });
    expect(apply(approved, change(2, lock), now(author, 3))).toMatchObject({ code: 'E_NOT_YOURS' });
    const locked = applied(apply(approved, change(2, lock), now(officer, 3)));
    expect(apply(locked, change(2, lock), now(second, 4))).toMatchObject({ code: 'E_DECIDED' });
  });
  test('is opened again only while its report is open', () => {
    const locked = applied(apply(approved, change(2, lock), now(officer, 3)));
    const back: Deed = { do: 'return', note: 'Sửa số nữ', marks: [] };
    const open = (report: string): boolean => report === 'p';
    expect(apply(locked, change(3, back), now(officer, 4))).toMatchObject({ code: 'E_NOT_OPEN' });
    expect(applied(apply(locked, change(3, back), now(officer, 4, { isReportOpen: open }))).state).toBe(
      'returned',
    );
    expect(
      apply(locked, change(3, { do: 'approve' }), now(officer, 4, { isReportOpen: open })),
    ).toMatchObject({
      code: 'E_NOT_OPEN',
    });
  });
  test('is not locked when it was opened again unseen', () => {
    const opened = applied(
      apply(approved, change(2, { do: 'return', note: 'Xem lại', marks: [] }), now(second, 3)),
    );
    expect(apply(opened, change(2, lock), now(officer, 4))).toMatchObject({ code: 'E_DECIDED' });
  });
});

describe('edits', () => {
  test('an edit of an approved record comes too late; the approved values stand', () => {
    const outcome = apply(approved, change(1, save({ title: 'Tên khác hẳn' })), now(author, 3));
    expect(outcome).toMatchObject({
      verdict: 'late',
      code: 'E_NOT_OPEN',
      record: { fields: created.fields },
    });
  });
  test('what a colleague wrote unseen is replaced by the later arrival and kept', () => {
    const hers = applied(
      apply(created, change(1, save({ title: 'Tên của đồng nghiệp' })), now(colleague, 2)),
    );
    const touched = (field: string) => (field === 'title' ? { rev: 2, by: 2 } : { rev: 1, by: 1 });
    const mine = applied(
      apply(hers, change(1, save({ title: 'Tên của tôi đây' })), now(author, 3, { lastTouch: touched })),
    );
    expect(mine.fields['title']).toBe('Tên của tôi đây');
    expect(mine.events.at(-1)?.overwrote).toEqual({ title: 'Tên của đồng nghiệp' });
  });
  test('of fields that a rule binds together all that changes is kept', () => {
    const people = (male: number, female: number) => ({
      participants_male: male,
      participants_female: female,
      participants_unknown: 0,
      participants_total: male + female,
    });
    const start = applied(apply(undefined, change(0, save(activity(people(20, 10)))), now(author, 1)));
    const hers = applied(apply(start, change(1, save(people(25, 10))), now(colleague, 2)));
    const lastTouch = (field: string) =>
      field === 'participants_male' || field === 'participants_total' ? { rev: 2, by: 2 } : { rev: 1, by: 1 };
    const mine = applied(apply(hers, change(1, save(people(20, 12))), now(author, 3, { lastTouch })));
    expect(mine.fields).toMatchObject(people(20, 12));
    expect(mine.events.at(-1)?.overwrote).toEqual({
      participants_male: 25,
      participants_female: 10,
      participants_total: 35,
    });
  });
  test('two who add to a set unseen of each other have both added', () => {
    const lastTouch = () => ({ rev: 2, by: 2 });
    const start = applied(
      apply(undefined, change(0, save(activity({ audiences: ['nhan_dan'] }))), now(author, 1)),
    );
    const [first, second, third] = ['nhan_dan', 'can_bo_cong_chuc', 'cong_tac_vien_xa'];
    const hers = applied(apply(start, change(1, save({ audiences: [first, second] })), now(colleague, 2)));
    const mine = applied(
      apply(hers, change(1, save({ audiences: [first, third] })), now(author, 3, { lastTouch })),
    );
    expect(mine.fields['audiences']).toEqual([first, second, third]);
    expect(mine.events.at(-1)).not.toHaveProperty('overwrote');
  });
  test('of two who hand one report in unseen of each other, the later names the silent units; what it lists nobody added to', () => {
    const report = (silent: string[]): Deed => ({
      do: 'save',
      kind: 'report',
      unit: 'd',
      patch: {
        ...{ report_type: 'campaign', year: 2019, from: '2019-11-15', to: '2019-12-15', cells: [] },
        ...{ closes: true, counted: 0, carried: 0, silent },
      },
    });
    const lastTouch = () => ({ rev: 1, by: officer.account });
    const first = applied(apply(undefined, change(0, report(['c', 'b'])), now(officer, 1)));
    const later = applied(apply(first, change(0, report(['b'])), now(second, 2, { lastTouch })));
    expect(later.fields['silent']).toEqual(['b']);
    expect(later.events.at(-1)?.overwrote, 'and what the other named is kept').toMatchObject({
      silent: ['c', 'b'],
    });
  });
  test('a merge that breaks a rule because another was first is called a conflict', () => {
    const hers = applied(apply(created, change(1, save({ end_date: '2019-12-20' })), now(colleague, 2)));
    expect(apply(hers, change(1, save({ start_date: '2019-12-25' })), now(author, 3))).toMatchObject({
      verdict: 'rejected',
      code: 'E_CONFLICT',
    });
  });
  test('a merge that breaks a rule is refused with the field', () =>
    expect(apply(created, change(1, save({ participants_male: 1 })), now(author, 2))).toMatchObject({
      verdict: 'rejected',
      code: 'E_INVALID',
      findings: [{ field: 'participants_total', code: 'E_SUM_MISMATCH' }],
    }));
  test('a field nobody knows is refused, not swallowed', () =>
    expect(apply(undefined, change(0, save(activityWith({ salary: 5 }))), now(author, 1))).toMatchObject({
      findings: [{ field: 'salary', code: 'E_FIELD_UNKNOWN' }],
    }));
  test('work for a unit that is not hers is parked, not lost', () =>
    expect(apply(undefined, change(0, save(activity())), now({ ...author, unit: 'd' }, 1))).toEqual({
      verdict: 'parked',
      code: 'E_UNIT_MOVED',
    }));
});

const activityWith = (more: Record<string, unknown>): Record<string, unknown> => ({ ...activity(), ...more });

describe('whatever arrives in whatever order', () => {
  const deeds = fc.oneof(
    fc.constantFrom<Deed>(
      { do: 'approve' },
      { do: 'return', note: 'x', marks: [] },
      { do: 'void', note: 'x' },
      { do: 'lock', report: 'p', tile: '2019B' },
    ),
    fc.string({ minLength: 5, maxLength: 20 }).map((title) => save({ title: `a${title}` })),
  );
  const arrivals = fc.array(
    fc.record({
      deed: deeds,
      who: fc.constantFrom(author, colleague, officer, second),
      seen: fc.integer({ min: 0, max: 12 }),
    }),
    { maxLength: 12 },
  );
  const play = (list: readonly { deed: Deed; who: Actor; seen: number }[]): RecordState =>
    list.reduce<RecordState>((record, { deed, who, seen }, i) => {
      const outcome = apply(record, change(seen, deed), now(who, i + 2));
      return outcome.verdict === 'applied' || outcome.verdict === 'late' ? outcome.record : record;
    }, created);

  test('the same order gives the same record', () =>
    fc.assert(
      fc.property(arrivals, (list) => {
        expect(play(list)).toEqual(play(list));
      }),
    ));
  test('an approved record’s content never moves without a decision first', () =>
    fc.assert(
      fc.property(arrivals, (list) => {
        list.reduce<RecordState>((record, { deed, who, seen }, i) => {
          const outcome = apply(record, change(seen, deed), now(who, i + 2));
          const next = outcome.verdict === 'applied' || outcome.verdict === 'late' ? outcome.record : record;
          if (record.state === 'approved' || record.state === 'locked')
            expect(next.fields).toEqual(record.fields);
          return next;
        }, created);
      }),
    ));
  test('the history only grows, and every applied change is in it', () =>
    fc.assert(
      fc.property(arrivals, (list) => {
        const { events, rev } = play(list);
        expect(events.map((event) => event.rev)).toEqual(
          [...new Set(events.map((event) => event.rev))].sort((a, b) => a - b),
        );
        expect(events.at(-1)?.rev).toBe(rev);
      }),
    ));
});
