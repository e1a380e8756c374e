import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { RecordState, ReviewState } from '../../../src/domain/change.ts';
import type { Kind } from '../../../src/domain/records/kinds.ts';
import type { Values } from '../../../src/domain/records/field.ts';
import { factOf, isSure } from '../../../src/domain/report/fact.ts';
import type { Fact } from '../../../src/domain/report/fact.ts';
import { recordsBehind, reportOf } from '../../../src/domain/report/report.ts';
import type { Report } from '../../../src/domain/report/report.ts';
import { shownTables, suppressed } from '../../../src/domain/report/support-table.ts';
import { placeOf, reportWindow, tilesOf } from '../../../src/domain/report/tile.ts';
import type { ReportType } from '../../../src/domain/report/tile.ts';
import type { Unit } from '../../../src/domain/unit.ts';
import { demoActivities } from '../../../src/server/demo/activities.ts';
import { demoTrainings } from '../../../src/server/demo/trainings.ts';
import { demoUnits } from '../../../src/server/demo/units.ts';
import { record } from '../../support/state.ts';

const unit = (id: string, level: Unit['level'], parent: string | null): Unit => ({
  id,
  code: id,
  name: id,
  level,
  parent,
  from: null,
  to: null,
});
const province = unit('p', 'province', null);
const districts = [unit('d1', 'district', 'p'), unit('d2', 'district', 'p')];
const communes = [unit('c1', 'commune', 'd1'), unit('c2', 'commune', 'd1'), unit('c3', 'commune', 'd2')];
const department = unit('s', 'department', 'p');
const units = [province, ...districts, ...communes, department];

const factsOf = (records: readonly RecordState[]): Fact[] =>
  records.map(factOf).filter((fact): fact is Fact => fact !== null);
const report = (
  records: readonly RecordState[],
  type: ReportType,
  year: number,
  of: readonly Unit[] = units,
  top = 'p',
): Report => reportOf(factsOf(records), { type, year, top, units: of });
const cell = (of: Report, table: string, row: string, column: string): unknown => {
  const found = of.tables.find(({ name }) => name === table);
  const line = row === 'total' ? found?.total : found?.rows.find(({ code }) => code === row);
  return line?.cells[column] ?? null;
};

describe('the demo data', () => {
  const tree = demoUnits.map(([code, name, level, parent]): Unit => ({
    ...unit(code, level, parent ?? null),
    name,
  }));
  const all = [
    ...demoActivities.map(({ unit: of, state, values }) =>
      record('activity', values, { unit: of, state: state as ReviewState }),
    ),
    ...demoTrainings.map(({ unit: of, state, values }) =>
      record('training', values, { unit: of, state: state as ReviewState }),
    ),
  ];
  const total = (of: Report) => (table: string, column: string) => cell(of, table, 'total', column);
  test('comes to the action month’s expected figures', () => {
    const of = report(all, 'campaign', 2019, tree, '42');
    const at = total(of);
    expect([at('communication', 'activities'), at('communication', 'sessions')]).toEqual([14, 14]);
    expect(['attendances', 'male', 'female', 'unknown'].map((name) => at('communication', name))).toEqual([
      1650, 699, 936, 15,
    ]);
    expect([at('communication', 'broadcasts'), at('communication', 'minutes')]).toEqual([28, 328]);
    expect([at('communication', 'posts'), at('levels', 'documents')]).toEqual([11, 1]);
    expect([cell(of, 'products', 'cái', 'products'), cell(of, 'products', 'tờ', 'products')]).toEqual([
      18, 2000,
    ]);
    expect(['classes', 'people', 'female', 'sent'].map((name) => at('training', name))).toEqual([
      4,
      154,
      66,
      null,
    ]);
    const money = ['ns_huyen', 'ns_trung_uong', 'ns_xa', 'xa_hoi_hoa', 'total'];
    expect(money.map((source) => cell(of, 'funding', source, 'all'))).toEqual([
      13_000_000, 8_100_000, 13_900_000, 23_100_000, 58_100_000,
    ]);
  });
  test('comes to the year’s expected figures', () => {
    const of = report(all, 'year', 2019, tree, '42');
    const at = total(of);
    expect(
      ['activities', 'sessions', 'attendances', 'male', 'female', 'broadcasts', 'minutes', 'posts'].map(
        (name) => at('communication', name),
      ),
    ).toEqual([13, 19, 1223, 547, 676, 16, 160, null]);
    expect(['classes', 'people', 'female', 'sent'].map((name) => at('training', name))).toEqual([
      21, 707, 421, 5,
    ]);
    const money = ['ns_huyen', 'ns_trung_uong', 'ns_xa', 'xa_hoi_hoa', 'total'];
    expect(money.map((source) => cell(of, 'funding', source, 'all'))).toEqual([
      37_500_000, 21_300_000, 17_300_000, 4_600_000, 80_700_000,
    ]);
  });
});

describe('which report a record is in', () => {
  const dated = (day: string, campaign: number | null = null) =>
    factOf(record('activity', { start_date: day, end_date: day, campaign_year: campaign })) as Fact;
  const tile = (fact: Fact, issued: readonly string[] = []) =>
    placeOf(fact, (_, name) => issued.includes(name));
  test('its last day says so, the action month’s flag first', () => {
    expect(tile(dated('2018-12-15'))).toEqual({ tile: '2019A', carried: false });
    expect(tile(dated('2019-06-14'))).toEqual({ tile: '2019A', carried: false });
    expect(tile(dated('2019-06-15'))).toEqual({ tile: '2019B', carried: false });
    expect(tile(dated('2019-11-14'))).toEqual({ tile: '2019B', carried: false });
    expect(tile(dated('2019-11-08', 2019)), 'the plan signed before').toEqual({
      tile: '2019C',
      carried: false,
    });
    expect(tile(dated('2019-12-15', 2019))).toEqual({ tile: '2019C', carried: false });
    expect(tile(dated('2019-12-15')), 'not of the action month').toEqual({ tile: '2020A', carried: false });
  });
  test('other work of the action month’s days is carried to the next year, and marked', () => {
    expect(tile(dated('2019-11-20'))).toEqual({ tile: '2020A', carried: true });
  });
  test('what is approved after its report was handed in comes into the next one, marked', () => {
    expect(tile(dated('2019-03-01'), ['2019A'])).toEqual({ tile: '2019B', carried: true });
    expect(tile(dated('2019-03-01'), ['2019A', '2019B'])).toEqual({ tile: '2020A', carried: true });
    expect(tile(dated('2019-11-20', 2019), ['2019C'])).toEqual({ tile: '2020A', carried: true });
  });
  test('what is locked stays where it was counted', () => {
    const events = [{ rev: 2, at: '', made: '', by: 1, do: 'lock', report: 'x', tile: '2019B' } as const];
    const locked = factOf(
      record('activity', { start_date: '2019-03-01', end_date: '2019-03-01' }, { state: 'locked', events }),
    ) as Fact;
    expect(tile(locked, ['2019A', '2019B'])).toEqual({ tile: '2019B', carried: true });
  });
  test('a model’s figures count by the end of their period', () => {
    const period = (to: string) =>
      factOf(record('model_period', { model: 'm', from: '2019-01-01', to })) as Fact;
    expect(tile(period('2019-06-14'))?.tile).toBe('2019A');
    expect(tile(period('2019-12-15'))?.tile).toBe('2019C');
  });
});

describe('models', () => {
  const model = (day: string, more: Values = {}) =>
    record('model', {
      model_type: 'cau_lac_bo',
      start_date: day,
      planned: false,
      members_total: 20,
      ...more,
    });
  const status = (of: RecordState, to: string, day: string) =>
    record('model_status', { model: of.id, model_type: 'cau_lac_bo', status: to, status_date: day });
  test('the end is the beginning, what was founded, what stopped and what came back', () => {
    const [old, fresh, stopped, back] = [
      model('2017-01-01'),
      model('2019-03-01'),
      model('2017-01-01'),
      model('2017-01-01'),
    ];
    const of = report(
      [
        old,
        fresh,
        stopped,
        back,
        status(stopped, 'tam_dung', '2019-04-01'),
        status(back, 'tam_dung', '2018-04-01'),
        status(back, 'dang_hoat_dong', '2019-05-01'),
      ],
      'half',
      2019,
    );
    const at = (name: string) => cell(of, 'models', 'cau_lac_bo', name);
    expect(['before', 'founded', 'stopped', 'resumed', 'at_end'].map(at)).toEqual([2, 1, 1, 1, 3]);
    expect(at('members')).toBe(60);
  });
});

describe('people supported', () => {
  const table = (values: readonly (number | null)[]) => ({
    name: 'support',
    rows: values.map((value, i) => ({ code: `t${i}`, cells: { persons: value } })),
    total: {
      code: 'total',
      cells: { persons: values.reduce<number>((sum, value) => sum + (value ?? 0), 0) },
    },
  });
  test('one to four are told as fewer than five, and the total does not give them away', () => {
    const shown = suppressed(table([3, 12, 0]), []);
    expect(shown.rows.map(({ cells }) => cells['persons'])).toEqual([{ below: 5 }, 12, 0]);
    expect(shown.total.cells['persons']).toEqual({ atLeast: 12 });
  });
  test('five and more are told as they are', () => {
    expect(suppressed(table([5, 7]), []).total.cells['persons']).toBe(12);
  });
  test('a total below five is none to be told either', () => {
    expect(suppressed(table([1, 2]), []).total.cells['persons']).toEqual({ below: 5 });
  });
});

test('a unit that sent nothing is named and not counted as zero', () => {
  const { silent } = report(
    [record('activity', { start_date: '2019-03-01', end_date: '2019-03-01', form: 'toa_dam' })],
    'half',
    2019,
  );
  expect(silent).toEqual(['c2', 'c3', 's']);
});

test('a unit whose records only wait is not called silent', () => {
  const day = { start_date: '2019-03-01', end_date: '2019-03-01', form: 'toa_dam' };
  const { silent, waiting } = report(
    [
      record('activity', day, { unit: 'c2', state: 'submitted' }),
      record('activity', day, { unit: 'c3', state: 'void' }),
    ],
    'half',
    2019,
  );
  expect(silent).toEqual(['c1', 'c3', 's']);
  expect(waiting).toBe(1);
});

test('a commune’s report tells nothing of its shelter, nor of the support its models gave; the district’s does', () => {
  const of = { model_type: 'nha_tam_lanh' };
  const all = [
    record('model', { ...of, start_date: '2018-01-01', planned: false, members_total: 5 }, { id: 'm' }),
    record(
      'model_period',
      {
        ...of,
        model: 'm',
        from: '2019-01-01',
        to: '2019-06-14',
        meetings: 4,
        funding: [{ source: 'ns_xa', amount_vnd: 9 }],
      },
      { id: 'k' },
    ),
    record('model_support', { ...of, period: 'k', persons_supported: 12 }),
    record('model_support', { model_type: 'cau_lac_bo', period: 'k', persons_supported: 30 }, { unit: 'c2' }),
  ];
  const commune = report(all, 'half', 2019, [communes[0] as Unit], 'c1');
  expect([cell(commune, 'models', 'total', 'at_end'), cell(commune, 'funding', 'total', 'all')]).toEqual([
    null,
    null,
  ]);
  expect(commune.tables.some(({ name }) => name === 'support')).toBe(false);
  expect(commune.indicators.find(({ code }) => code === 'communes_with_model')?.part).toBe(0);
  const district = report(
    all,
    'half',
    2019,
    units.filter(({ id, parent }) => id === 'd1' || parent === 'd1'),
    'd1',
  );
  expect(cell(district, 'models', 'nha_tam_lanh', 'at_end')).toBe(1);
  expect(cell(district, 'models', 'nha_tam_lanh', 'meetings')).toBe(4);
});

test('a model’s figures count also while its card is opened again', () => {
  const of = { model_type: 'cau_lac_bo', model: 'm', from: '2019-01-01', to: '2019-06-14', meetings: 6 };
  const card = record(
    'model',
    { model_type: 'cau_lac_bo', start_date: '2018-01-01' },
    { id: 'm', state: 'returned' },
  );
  const found = report([card, record('model_period', of)], 'half', 2019);
  expect(cell(found, 'models', 'cau_lac_bo', 'meetings')).toBe(6);
  expect(cell(found, 'models', 'cau_lac_bo', 'at_end')).toBeNull();
});

test('of two typed figures of one unit and year one counts', () => {
  const typed = (received: string, groups: number) =>
    record(
      'figures',
      { year: 2019, commended_groups: groups },
      { events: [{ rev: 1, at: received, made: '', by: 1, do: 'save' }] },
    );
  const found = report([typed('2019-12-01', 3), typed('2019-12-05', 4)], 'year', 2019);
  expect(cell(found, 'others', 'total', 'commended_groups')).toBe(4);
});

test('a month of programmes is counted whole, in the report in which it ends', () => {
  const feature = (day: string, campaign: number | null) =>
    record('activity', {
      form: 'loa_truyen_thanh',
      start_date: day,
      end_date: day,
      campaign_year: campaign,
      broadcast_features: 1,
    });
  const all = [feature('2019-11-10', null), feature('2019-11-20', 2019)];
  const months = (type: ReportType) => {
    const { part, whole } = report(all, type, 2019).indicators.find(
      ({ code }) => code === 'two_features',
    ) ?? { part: 0, whole: 0 };
    return [part, whole / 3];
  };
  expect(months('campaign'), 'November').toEqual([1, 1]);
  expect(months('year'), 'December to October').toEqual([0, 11]);
  expect(months('whole')).toEqual([1, 12]);
});

test('few people of a minority or with disabilities are told as fewer than five', () => {
  const shown = shownTables(
    report(
      [
        record('activity', {
          form: 'toa_dam',
          start_date: '2019-03-01',
          end_date: '2019-03-01',
          of_which_disability: 2,
          of_which_ethnic_minority: 9,
          participants_female: 3,
        }),
      ],
      'half',
      2019,
    ).tables,
  ).find(({ name }) => name === 'communication');
  expect(shown?.total.cells).toMatchObject({ disability: { below: 5 }, ethnic: 9, female: 3 });
});

/* ---- A second, slow count, straight from the records, by the words of the guideline. ---- */

const days = fc.integer({ min: 0, max: 800 }).map((n) => {
  const date = new Date(Date.UTC(2018, 10, 1));
  date.setUTCDate(date.getUTCDate() + n);
  return date.toISOString().slice(0, 10);
});
const maybe = (max: number) => fc.option(fc.integer({ min: 0, max }), { nil: null });
const money = fc.uniqueArray(
  fc.record({
    source: fc.constantFrom('ns_xa', 'ns_huyen', 'xa_hoi_hoa', 'khong_kinh_phi'),
    amount_vnd: fc.integer({ min: 0, max: 5_000_000 }),
  }),
  { maxLength: 3, selector: ({ source }) => source },
);
const place = fc.record({
  unit: fc.constantFrom('c1', 'c2', 'c3', 'd1', 's'),
  state: fc.constantFrom<ReviewState>('approved', 'approved', 'locked', 'submitted', 'returned', 'void'),
});
const activities = fc
  .record({
    form: fc.constantFrom('toa_dam', 'loa_truyen_thanh', 'to_roi_tai_lieu', 'ban_hanh_van_ban', 'tin_bai'),
    topics: fc.uniqueArray(fc.constantFrom('chinh_tri', 'gia_dinh', 'tao_hon'), { minLength: 1 }),
    start_date: days,
    sessions_count: maybe(3),
    participants_male: maybe(50),
    participants_female: maybe(50),
    participants_unknown: maybe(5),
    of_which_ethnic_minority: maybe(9),
    of_which_disability: maybe(9),
    broadcast_count: maybe(20),
    broadcast_minutes: maybe(200),
    broadcast_features: maybe(3),
    product_quantity: maybe(500),
    product_unit: fc.constantFrom('cái', 'tờ'),
    posts_count: maybe(4),
    online_reach: maybe(900),
    funding: money,
    campaign: fc.boolean(),
  })
  .map(({ campaign, ...fields }): Values => {
    const { start_date: day, participants_male: m, participants_female: f, participants_unknown: u } = fields;
    const inMonth = day.slice(5) >= '11-15' && day.slice(5) <= '12-15';
    return {
      ...fields,
      end_date: day,
      participants_total: m === null && f === null ? null : (m ?? 0) + (f ?? 0) + (u ?? 0),
      campaign_year: campaign && inMonth ? Number(day.slice(0, 4)) : null,
    };
  });
const trainings = fc
  .record({
    start_date: days,
    attendance_scope: fc.constantFrom('whole', 'whole', 'sent'),
    lines: fc.uniqueArray(
      fc.record({
        category: fc.constantFrom('tu_phap', 'giao_vien', 'khac'),
        total: fc.integer({ min: 0, max: 20 }),
        share: fc.integer({ min: 0, max: 100 }),
      }),
      { minLength: 1, maxLength: 3, selector: ({ category }) => category },
    ),
    first_time_total: maybe(5),
    certificates_total: maybe(5),
    certificates_female: maybe(5),
    presents: fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 1, maxLength: 4 }),
    funding: money,
  })
  .map(({ lines, presents, ...fields }): Values => {
    const by_category = lines.map(({ category, total, share }) => ({
      category,
      total,
      female: Math.floor((total * share) / 100),
    }));
    return {
      ...fields,
      end_date: fields.start_date,
      campaign_year: null,
      by_category,
      participants_total: by_category.reduce((sum, line) => sum + line.total, 0),
      participants_female: by_category.reduce((sum, line) => sum + line.female, 0),
      sessions: presents.map((present_total) => ({ present_total })),
    };
  });
const provinces = fc.array(
  fc.oneof(
    fc.tuple(fc.constant<Kind>('activity'), activities, place),
    fc.tuple(fc.constant<Kind>('training'), trainings, place),
  ),
  { maxLength: 25 },
);

const addDay = (day: string, n: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + n * 86_400_000).toISOString().slice(0, 10);

/** Whether a record is in a report, told without tiles. */
const isIn = ({ fields, state }: RecordState, type: ReportType, year: number): boolean => {
  if (state !== 'approved' && state !== 'locked') return false;
  const campaign = fields['campaign_year'] as number | null;
  const end = fields['end_date'] as string;
  if (type === 'campaign') return campaign === year;
  if (campaign !== null) return type === 'whole' && campaign === year;
  const { from, to } = { from: `${year - 1}-12-15`, to: type === 'half' ? `${year}-06-14` : `${year}-11-14` };
  const carriedFrom = `${year - 1}-11-15`;
  return (end >= from && end <= to) || (end >= carriedFrom && end < addDay(from, 0));
};

type Numbers = Map<string, number>;

const slowCount = (records: readonly RecordState[], type: ReportType, year: number): Numbers => {
  const counted: Numbers = new Map();
  const add = (table: string, row: string, column: string, value: unknown): void => {
    if (typeof value !== 'number') return;
    const key = `${table}|${row}|${column}`;
    counted.set(key, (counted.get(key) ?? 0) + value);
  };
  for (const one of records) {
    if (!isIn(one, type, year)) continue;
    const { fields } = one;
    const funding = fields['funding'] as { source: string; amount_vnd: number }[];
    const cost = funding.reduce((sum, line) => sum + line.amount_vnd, 0);
    const level = units.find(({ id }) => id === one.unit)?.level ?? '';
    for (const { source, amount_vnd } of funding) {
      if (amount_vnd === 0) continue;
      for (const row of [source, 'total'])
        for (const column of [one.kind === 'activity' ? 'communication' : 'training', 'all'])
          add('funding', row, column, amount_vnd);
    }
    for (const row of [level, 'total']) add('levels', row, 'vnd', cost);
    if (one.kind === 'activity') {
      const form = fields['form'] as string;
      for (const row of [form, 'total']) {
        add('communication', row, 'activities', 1);
        add('communication', row, 'sessions', fields['sessions_count']);
        add('communication', row, 'attendances', fields['participants_total']);
        add('communication', row, 'male', fields['participants_male']);
        add('communication', row, 'female', fields['participants_female']);
        add('communication', row, 'unknown', fields['participants_unknown']);
        add('communication', row, 'ethnic', fields['of_which_ethnic_minority']);
        add('communication', row, 'ethnic_known', fields['of_which_ethnic_minority'] === null ? null : 1);
        add('communication', row, 'disability', fields['of_which_disability']);
        add('communication', row, 'disability_known', fields['of_which_disability'] === null ? null : 1);
        add('communication', row, 'broadcasts', fields['broadcast_count']);
        add('communication', row, 'minutes', fields['broadcast_minutes']);
        add('communication', row, 'features', fields['broadcast_features']);
        if (row !== 'total') add('communication', row, 'products', fields['product_quantity']);
        add('communication', row, 'posts', fields['posts_count']);
        add('communication', row, 'reach', fields['online_reach']);
        add('communication', row, 'vnd', cost);
      }
      if (fields['product_quantity'] !== null) {
        add('products', fields['product_unit'] as string, 'products', fields['product_quantity']);
        for (const row of [fields['product_unit'] as string, 'total']) add('products', row, 'activities', 1);
      }
      for (const row of [...(fields['topics'] as string[]), 'total']) {
        add('topics', row, 'activities', 1);
        add('topics', row, 'attendances', fields['participants_total']);
      }
      for (const row of [level, 'total']) {
        if (form === 'ban_hanh_van_ban') add('levels', row, 'documents', 1);
        add('levels', row, 'activities', 1);
        add('levels', row, 'sessions', fields['sessions_count']);
        add('levels', row, 'attendances', fields['participants_total']);
        add('levels', row, 'male', fields['participants_male']);
        add('levels', row, 'female', fields['participants_female']);
        add('levels', row, 'unknown', fields['participants_unknown']);
        add('levels', row, 'broadcasts', fields['broadcast_count']);
        add('levels', row, 'minutes', fields['broadcast_minutes']);
        add('levels', row, 'posts', fields['posts_count']);
      }
    } else {
      const whole = fields['attendance_scope'] === 'whole';
      const sessions = fields['sessions'] as { present_total: number }[];
      for (const { category, total, female } of fields['by_category'] as {
        category: string;
        total: number;
        female: number;
      }[]) {
        if (whole) add('training', category, 'classes', 1);
        add('training', category, whole ? 'people' : 'sent', total);
        if (whole) add('training', category, 'female', female);
      }
      add('training', 'total', whole ? 'people' : 'sent', fields['participants_total']);
      add('training', 'total', 'vnd', cost);
      if (!whole) continue;
      add('training', 'total', 'classes', 1);
      add('training', 'total', 'female', fields['participants_female']);
      add('training', 'total', 'first_time', fields['first_time_total']);
      add('training', 'total', 'certificates', fields['certificates_total']);
      add('training', 'total', 'certificates_female', fields['certificates_female']);
      add(
        'training',
        'total',
        'present',
        sessions.reduce((sum, line) => sum + line.present_total, 0),
      );
      add('training', 'total', 'seats', (fields['participants_total'] as number) * sessions.length);
      for (const row of [level, 'total']) {
        add('levels', row, 'classes', 1);
        add('levels', row, 'people', fields['participants_total']);
        add('levels', row, 'people_female', fields['participants_female']);
      }
    }
  }
  return counted;
};

const shares: readonly (readonly [string, string, string, readonly string[]])[] = [
  ['communication', 'female_share', 'female', ['male', 'female']],
  ['training', 'female_share', 'female', ['people']],
  ['training', 'presence', 'present', ['seats']],
];

/** Every cell of a report but its models, as numbers; shares are left to themselves. */
const cellsOf = ({ tables }: Report): Numbers =>
  new Map(
    tables
      .filter(({ name }) => name !== 'models' && name !== 'support')
      .flatMap(({ name, rows, total }) =>
        [...rows, total].flatMap(({ code, cells }) =>
          Object.entries(cells)
            .filter(
              ([column, value]) => value !== null && !shares.some(([t, c]) => t === name && c === column),
            )
            .map(([column, value]): [string, number] => [`${name}|${code}|${column}`, value as number]),
        ),
      ),
  );

const sorted = (numbers: Numbers): [string, number][] => [...numbers].sort(([a], [b]) => (a < b ? -1 : 1));

const types: readonly ReportType[] = ['half', 'year', 'campaign', 'whole'];

const recordsOf = (rows: readonly (readonly [Kind, Values, { unit: string; state: ReviewState }])[]) =>
  rows.map(([kind, fields, more]) => record(kind, { ...fields }, more));

test('every cell of every table is what a slow count from the records gives, in a thousand provinces', () => {
  fc.assert(
    fc.property(provinces, fc.constantFrom(...types), (rows, type) => {
      const records = recordsOf(rows);
      const of = report(records, type, 2019);
      expect(sorted(cellsOf(of))).toEqual(sorted(slowCount(records, type, 2019)));
      expect(of.counted).toBe(records.filter((one) => isIn(one, type, 2019)).length);
      for (const [table, column, part, wholes] of shares) {
        const sum = wholes.reduce((all, name) => all + Number(cell(of, table, 'total', name) ?? 0), 0);
        const expected = sum === 0 ? null : Number(cell(of, table, 'total', part) ?? 0) / sum;
        expect(cell(of, table, 'total', column)).toBe(expected);
      }
    }),
    { numRuns: 1000 },
  );
});

test('what adds up of the units below and a unit’s own records is its own figure', () => {
  const below = (top: string): Unit[] =>
    units.filter(
      ({ id, parent }) => id === top || parent === top || units.find((u) => u.id === parent)?.parent === top,
    );
  fc.assert(
    fc.property(provinces, (rows) => {
      const records = recordsOf(rows);
      const whole = cellsOf(report(records, 'year', 2019));
      const parts: Numbers = new Map();
      const own = (id: string) =>
        report(
          records.filter((one) => one.unit === id),
          'year',
          2019,
        );
      const children = ['d1', 'd2', 's'].map((top) => report(records, 'year', 2019, below(top), top));
      for (const part of [...children, own('p')])
        for (const [key, value] of cellsOf(part)) parts.set(key, (parts.get(key) ?? 0) + value);
      expect(sorted(parts)).toEqual(sorted(whole));
    }),
    { numRuns: 200 },
  );
});

test('every record that counts lies in one tile of one year, whatever was issued before', () => {
  fc.assert(
    fc.property(provinces, fc.subarray(['2018C', '2019A', '2019B', '2019C', '2020A']), (rows, issued) => {
      const years = [2018, 2019, 2020, 2021, 2022];
      const isIssued = (_: string, tile: string): boolean => issued.includes(tile);
      for (const fact of factsOf(recordsOf(rows)).filter(isSure)) {
        const place = placeOf(fact, isIssued)?.tile ?? '';
        const holding = years.filter((year) => (tilesOf('whole', year) as string[]).includes(place));
        expect(holding).toHaveLength(1);
        expect(issued).not.toContain(fact.issuedIn ?? place);
      }
    }),
    { numRuns: 200 },
  );
});

test('the records behind a cell are those that make it up', () => {
  fc.assert(
    fc.property(provinces, (rows) => {
      const records = recordsOf(rows);
      const facts = factsOf(records);
      const asked = { type: 'year', year: 2019, top: 'p', units } as const;
      for (const [key, value] of cellsOf(reportOf(facts, asked))) {
        const [table = '', row = '', column = ''] = key.split('|');
        const behind = recordsBehind(facts, asked, { table, row, column });
        const again = cellsOf(reportOf(behind, asked));
        expect(again.get(key) ?? 0, key).toBe(value);
      }
    }),
    { numRuns: 50 },
  );
});

test('the windows of a year’s reports are its usual ones', () => {
  expect(reportWindow('half', 2019)).toEqual({ from: '2018-12-15', to: '2019-06-14' });
  expect(reportWindow('year', 2019)).toEqual({ from: '2018-12-15', to: '2019-11-14' });
  expect(reportWindow('campaign', 2019)).toEqual({ from: '2019-11-15', to: '2019-12-15' });
});
