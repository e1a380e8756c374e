import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Fact } from '../../../src/domain/report/fact.ts';
import { modelTable } from '../../../src/domain/report/model-table.ts';

/** The same told day by day: a slow walk over the calendar, which knows nothing of the table's own code. */

const fact = (more: Partial<Fact> & Pick<Fact, 'id' | 'kind' | 'from'>): Fact => ({
  unit: 'c',
  state: 'approved',
  to: more.from,
  campaign: null,
  received: null,
  of: null,
  plan: null,
  issuedIn: null,
  figures: {},
  ...more,
});

const dayOf = (n: number): string => new Date(Date.UTC(2018, 0, 1 + n)).toISOString().slice(0, 10);
const working = ['dang_hoat_dong', 'hoat_dong_khong_deu'];

const models = fc.array(
  fc.record({
    type: fc.constantFrom('cau_lac_bo', 'to_hoa_giai'),
    start: fc.integer({ min: 0, max: 700 }),
    planned: fc.boolean(),
    members: fc.integer({ min: 0, max: 40 }),
    state: fc.constantFrom<Fact['state']>('approved', 'approved', 'locked', 'submitted', 'void'),
    // Two on one day are told in the order in which they came; the last of them holds.
    events: fc.uniqueArray(
      fc.record({
        day: fc.integer({ min: 0, max: 720 }),
        status: fc.constantFrom('dang_hoat_dong', 'hoat_dong_khong_deu', 'tam_dung', 'giai_the'),
        state: fc.constantFrom<Fact['state']>('approved', 'approved', 'submitted'),
      }),
      { maxLength: 5, selector: ({ day }) => day },
    ),
  }),
  { maxLength: 6 },
);

type Told = { readonly type: string } & Readonly<Record<string, number | string>>;

test('beginnings, foundings, stops, resumptions and ends are those of a walk from day to day', () => {
  const window = { from: '2018-12-15', to: '2019-11-14' };
  fc.assert(
    fc.property(models, (all) => {
      const facts = all.flatMap(({ type, start, planned, members, state, events }, i) => [
        fact({
          id: `m${i}`,
          kind: 'model',
          from: dayOf(start),
          state,
          figures: { model_type: type, planned, members_total: members },
        }),
        ...events.map((event, k) =>
          fact({
            id: `e${i}-${k}`,
            kind: 'model_status',
            of: `m${i}`,
            from: dayOf(event.day),
            state: event.state,
            figures: { model_type: type, status: event.status },
          }),
        ),
      ]);
      const told: Told[] = all
        .filter(({ state }) => state === 'approved' || state === 'locked')
        .map(({ type, start, planned, members, events }) => {
          const sum = { before: 0, founded: 0, stopped: 0, resumed: 0, at_end: 0, members: 0 };
          let isWorking = false;
          let everWorked = false;
          let said: string | null = null;
          for (let n = 0; dayOf(n) <= window.to; n++) {
            const day = dayOf(n);
            // What happened before the model was there counts from its first day on.
            for (const { day: on, status, state } of events)
              if (on === n && state === 'approved') said = status;
            const now: boolean = n >= start && (said === null ? !planned : working.includes(said));
            const isInside = day >= window.from;
            if (isInside && now && !isWorking && everWorked) sum.resumed += 1;
            if (isInside && now && !isWorking && !everWorked) sum.founded += 1;
            if (isInside && !now && isWorking) sum.stopped += 1;
            if (day === '2018-12-14' && now) sum.before = 1;
            isWorking = now;
            everWorked = everWorked || now;
          }
          return { type, ...sum, at_end: Number(isWorking), members: isWorking ? members : 0 };
        });
      const { rows, total } = modelTable(facts, window, new Set());
      for (const column of ['before', 'founded', 'stopped', 'resumed', 'at_end', 'members']) {
        const of = (list: readonly Told[]): number => list.reduce((sum, one) => sum + Number(one[column]), 0);
        expect(total.cells[column] ?? 0, column).toBe(of(told));
        for (const type of ['cau_lac_bo', 'to_hoa_giai'])
          expect(rows.find(({ code }) => code === type)?.cells[column] ?? 0, `${type} ${column}`).toBe(
            of(told.filter((one) => one.type === type)),
          );
      }
      const at = (column: string): number => Number(total.cells[column] ?? 0);
      expect(at('at_end')).toBe(at('before') + at('founded') - at('stopped') + at('resumed'));
    }),
    { numRuns: 300 },
  );
});
