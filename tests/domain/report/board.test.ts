import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { RecordState, ReviewState } from '../../../src/domain/change.ts';
import type { Kind } from '../../../src/domain/records/kinds.ts';
import { boardOf } from '../../../src/domain/report/board.ts';
import { factOf } from '../../../src/domain/report/fact.ts';
import type { Fact } from '../../../src/domain/report/fact.ts';
import { record } from '../../support/state.ts';

const units = ['c1', 'c2', 'd', 'elsewhere'];
const area = new Set(['c1', 'c2', 'd']);
const asked = ['c1', 'c2'];
const states: ReviewState[] = ['submitted', 'returned', 'approved', 'locked', 'void'];

const board = (records: readonly RecordState[], today = '2019-12-31', year = 2019) =>
  boardOf(
    records.map(factOf).filter((fact): fact is Fact => fact !== null),
    { year, today, area, asked },
  );

const activity = (more: Record<string, unknown> = {}): Record<string, unknown> => ({
  form: 'noi_chuyen_chuyen_de',
  start_date: '2019-11-20',
  end_date: '2019-11-20',
  campaign_year: 2019,
  participants_male: 10,
  participants_female: 20,
  participants_unknown: 3,
  funding: [{ source: 'ns_xa', amount_vnd: 500_000 }],
  ...more,
});

describe('the board of an action month', () => {
  test('counts what is approved, and says what waits', () => {
    const { totals, waiting } = board([
      record('activity', activity()),
      record('activity', activity(), { state: 'submitted' }),
      record('activity', activity(), { state: 'void' }),
      record('activity', activity({ campaign_year: null })),
      record('activity', activity(), { unit: 'elsewhere' }),
    ]);
    expect(totals).toMatchObject({ activities: 1, male: 10, female: 20, unknown: 3, vnd: 500_000 });
    expect(waiting).toBe(1);
  });
  test('counts a class once, where it was held, and never adds trainees to attendances', () => {
    const of = { campaign_year: 2019, start_date: '2019-12-01', end_date: '2019-12-02' };
    const { totals } = board([
      record('training', { ...of, attendance_scope: 'whole', participants_male: 5, participants_female: 6 }),
      record('training', { ...of, attendance_scope: 'sent', participants_male: 1, participants_female: 1 }),
    ]);
    expect(totals).toMatchObject({ classes: 1, traineesMale: 5, traineesFemale: 6, male: 0, female: 0 });
  });
  test('a unit of which nothing is there is silent, whatever it did outside the action month', () => {
    const { units: rows } = board([
      record('activity', activity({ campaign_year: null }), {
        unit: 'c2',
        events: [
          { rev: 1, at: '2019-06-01T00:00:00Z', made: '', by: 1, do: 'save' },
          // The district’s own decision is no sign of life from the commune.
          { rev: 2, at: '2019-12-01T00:00:00Z', made: '', by: 9, do: 'approve' },
        ],
      }),
    ]);
    expect(rows).toMatchObject([
      { unit: 'c1', done: 0, lastReceived: null },
      { unit: 'c2', done: 0, lastReceived: '2019-06-01T00:00:00Z' },
    ]);
  });
  test('a broadcast over two months counts for the month in which it ends', () => {
    const { units: rows } = board([
      record(
        'activity',
        activity({
          form: 'loa_truyen_thanh',
          start_date: '2019-11-25',
          end_date: '2019-12-03',
          broadcast_features: 3,
        }),
      ),
    ]);
    expect(rows[0]?.months).toEqual([
      { month: '2019-11', features: 0 },
      { month: '2019-12', features: 3 },
    ]);
  });
  test('an item of the plan is carried out at most as often as it was planned', () => {
    const line = record('plan', { campaign_year: 2019, quantity: 2, start_date: '2019-11-15' });
    const done = (n: number) =>
      Array.from({ length: n }, () => record('activity', activity({ plan: line.id })));
    expect(board([line, ...done(1)])).toMatchObject({ planned: 2, carriedOut: 1 });
    expect(board([line, ...done(5)])).toMatchObject({ planned: 2, carriedOut: 2 });
  });
  test('a model is at work from its founding until what last happened to it says otherwise', () => {
    const model = record('model', { model_type: 'cau_lac_bo', start_date: '2018-01-01', planned: false });
    const planned = record('model', { model_type: 'cau_lac_bo', start_date: '2019-01-01', planned: true });
    const status = (of: string, to: string, day: string) =>
      record('model_status', { model: of, model_type: 'cau_lac_bo', status: to, status_date: day });
    expect(board([model, planned]).models).toBe(1);
    expect(board([model, status(model.id, 'tam_dung', '2019-05-01')]).models).toBe(0);
    expect(
      board([
        model,
        status(model.id, 'dang_hoat_dong', '2019-09-01'),
        status(model.id, 'tam_dung', '2019-05-01'),
      ]).models,
    ).toBe(1);
    expect(board([planned, status(planned.id, 'dang_hoat_dong', '2019-09-01')]).models).toBe(1);
  });
  test('the year before is compared up to the same day while the month runs, and whole after it', () => {
    const before = (day: string) =>
      record('activity', activity({ campaign_year: 2018, start_date: day, end_date: day }));
    const all = [before('2018-11-16'), before('2018-12-10')];
    expect(board(all, '2019-11-20').lastYear.activities).toBe(1);
    expect(board(all, '2019-12-31').lastYear.activities).toBe(2);
  });
});

/** The days from one to another, both included, counted on a calendar and not with the board's own code. */
const daysBetween = (from: string, to: string): string[] => {
  const days: string[] = [];
  const date = new Date(`${from}T12:00:00Z`);
  while (date.toISOString().slice(0, 10) <= to) {
    days.push(date.toISOString().slice(0, 10));
    date.setUTCDate(date.getUTCDate() + 1);
  }
  return days;
};

const day = fc
  .integer({ min: 0, max: 430 })
  .map((n) => new Date(Date.UTC(2018, 9, 15 + n)).toISOString().slice(0, 10));
const count = fc.integer({ min: 0, max: 500 });

const arbitraryRecord = fc
  .record({
    kind: fc.constantFrom<Kind>('activity', 'training'),
    unit: fc.constantFrom(...units),
    state: fc.constantFrom(...states),
    from: day,
    length: fc.integer({ min: 0, max: 20 }),
    campaign: fc.constantFrom(null, 2018, 2019),
    form: fc.constantFrom('loa_truyen_thanh', 'noi_chuyen_chuyen_de'),
    scope: fc.constantFrom('whole', 'sent'),
    figures: fc.tuple(count, count, count, count, count),
    money: fc.array(fc.integer({ min: 0, max: 9_000_000 }), { maxLength: 3 }),
  })
  .map(({ kind, unit, state, from, length, campaign, form, scope, figures, money }) => {
    const [male, female, unknown, broadcasts, features] = figures;
    const to = daysBetween(from, '2020-12-31')[length] ?? from;
    return record(
      kind,
      {
        ...(kind === 'activity' ? { form } : { attendance_scope: scope }),
        start_date: from,
        end_date: to,
        campaign_year: campaign,
        participants_male: male,
        participants_female: female,
        participants_unknown: kind === 'activity' ? unknown : null,
        ...(form === 'loa_truyen_thanh' && kind === 'activity'
          ? { broadcast_count: broadcasts, broadcast_features: features }
          : {}),
        funding: money.map((amount_vnd) => ({ source: 'ns_xa', amount_vnd })),
      },
      { unit, state },
    );
  });

test('every figure is what a slow recount of the records comes to', () => {
  fc.assert(
    fc.property(fc.array(arbitraryRecord, { maxLength: 40 }), day, (records, today) => {
      const shown = board(records, today);
      const n = (value: unknown): number => (typeof value === 'number' ? value : 0);
      const counts = (r: RecordState): boolean => ['approved', 'locked'].includes(r.state);
      const inMonth = records.filter(
        (r) => area.has(r.unit) && r.state !== 'void' && r.fields['campaign_year'] === 2019,
      );
      let [male, female, unknown, broadcasts, vnd, activities, classes] = [0, 0, 0, 0, 0, 0, 0];
      for (const r of inMonth.filter(counts)) {
        for (const { amount_vnd } of r.fields['funding'] as { amount_vnd: number }[]) vnd += amount_vnd;
        if (r.kind === 'training' && r.fields['attendance_scope'] === 'whole') classes += 1;
        if (r.kind !== 'activity') continue;
        activities += 1;
        male += n(r.fields['participants_male']);
        female += n(r.fields['participants_female']);
        unknown += n(r.fields['participants_unknown']);
        broadcasts += n(r.fields['broadcast_count']);
      }
      expect(shown.totals).toMatchObject({ male, female, unknown, broadcasts, vnd, activities, classes });
      for (const { day: on, count: happened } of shown.days)
        expect(happened, on).toBe(
          inMonth.filter((r) =>
            daysBetween(String(r.fields['start_date']), String(r.fields['end_date'])).includes(on),
          ).length,
        );
      expect(shown.days).toHaveLength(31);
      for (const row of shown.units) {
        const own = inMonth.filter((r) => r.unit === row.unit);
        expect(row).toMatchObject({ done: own.length, counted: own.filter(counts).length });
        for (const { month, features } of row.months)
          expect(features).toBe(
            records
              .filter((r) => r.unit === row.unit && r.state !== 'void')
              .filter((r) => String(r.fields['end_date']).slice(0, 7) === month)
              .reduce((sum, r) => sum + n(r.fields['broadcast_features']), 0),
          );
      }
    }),
    { numRuns: 200 },
  );
});
