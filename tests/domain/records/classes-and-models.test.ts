import { describe, expect, test } from 'vitest';
import { canonical } from '../../../src/domain/records/canonical.ts';
import { check } from '../../../src/domain/records/check.ts';
import { isError } from '../../../src/domain/records/field.ts';
import type { Values } from '../../../src/domain/records/field.ts';
import { isPrivacyRefusal } from '../../../src/domain/records/kinds.ts';
import type { Kind } from '../../../src/domain/records/kinds.ts';
import type { Trainee } from '../../../src/domain/records/roster.ts';
import { rosterTotals, withoutNames } from '../../../src/domain/records/roster-totals.ts';
import type { Relatives } from '../../../src/domain/records/rule.ts';
import { readTyped, toTyped } from '../../../src/domain/records/typed.ts';
import { demoModels } from '../../../src/server/demo/models.ts';
import { demoTrainings } from '../../../src/server/demo/trainings.ts';

const judge = (kind: Kind, values: Values, relatives?: Relatives) =>
  check(kind, canonical(kind, values), { today: '2019-12-31', unitIsValid: () => true, relatives });
const codes = (kind: Kind, values: Values, relatives?: Relatives): string[] => [
  ...new Set(judge(kind, values, relatives).map(({ code }) => code)),
];

const demoClass = (n: number, changes: Values = {}): Values => ({ ...demoTrainings[n]?.values, ...changes });
const sessions = (...lines: readonly (readonly [string, string, number, number])[]): Values => ({
  sessions: lines.map(([date, part, present_total, present_female]) => ({
    date,
    part,
    present_total,
    present_female,
  })),
});
const withCertificates = demoTrainings.findIndex(({ unit }) => unit === '18118');

describe('the demo’s classes, models and their figures', () => {
  test.each(demoTrainings.map(({ values }) => [String(values['class_name']), values]))(
    '%s is sound',
    (_name, values) => expect(judge('training', values).filter(isError)).toEqual([]),
  );
  test.each(demoModels.map((model) => [String(model.values['model_name']), model] as const))(
    '%s is sound',
    (_name, { values, periods, status }) => {
      const of = { model: 'm', period: 'p', model_type: values['model_type'] };
      expect(judge('model', values).filter(isError)).toEqual([]);
      if (status !== undefined) expect(judge('model_status', { ...of, ...status })).toEqual([]);
      for (const period of periods) {
        expect(judge('model_period', { ...of, ...period.values })).toEqual([]);
        expect(judge('model_support', { ...of, ...period.support })).toEqual([]);
      }
    },
  );
});

describe('bad inputs of classes', () => {
  test.each<[number, string, Values, string[]]>([
    [
      42,
      'category sum mismatch',
      demoClass(0, { by_category: [{ category: 'cong_tac_vien_xa', total: 40, female: 27 }] }),
      ['E_CATEGORY_SUM'],
    ],
    [
      43,
      'session outside class dates',
      demoClass(0, sessions(['2019-05-14', 'sang', 38, 27], ['2019-05-20', 'chieu', 36, 26])),
      ['E_SESSION_DATE'],
    ],
    [
      45,
      'present > enrolled',
      demoClass(0, sessions(['2019-05-14', 'sang', 50, 27], ['2019-05-14', 'chieu', 36, 26])),
      ['E_SESSION_COUNT'],
    ],
    [
      46,
      'certificates > trainees',
      demoClass(withCertificates, { certificates_total: 30, certificates_female: 17 }),
      ['E_CERT_GT_TOTAL'],
    ],
    [48, 'more than invited', demoClass(0, { invited_total: 30 }), ['W_MORE_THAN_INVITED']],
  ])('%i %s', (_no, _what, values, expected) => expect(codes('training', values)).toEqual(expected));
  test('the same session twice, the same category twice', () => {
    const twice = sessions(['2019-05-14', 'sang', 38, 27], ['2019-05-14', 'sang', 36, 26]);
    expect(judge('training', demoClass(0, twice))).toEqual([
      { field: 'sessions', code: 'E_SESSION_DUP', row: 1 },
    ]);
    const half = { category: 'giao_vien', total: 19, female: 13 };
    const categories = { by_category: [half, { ...half, female: 14 }] };
    expect(judge('training', demoClass(0, categories))).toEqual([
      { field: 'by_category', code: 'E_CATEGORY_DUP', row: 1 },
    ]);
  });
  test('more women than people in a session or a category is named by its line', () => {
    expect(judge('training', demoClass(0, sessions(['2019-05-14', 'sang', 10, 11])))).toMatchObject([
      { code: 'E_SESSION_COUNT', row: 0 },
    ]);
    const none = { by_category: [{ category: 'giao_vien', total: 20, female: 27 }] };
    expect(codes('training', demoClass(0, none))).toEqual(['E_FEMALE_GT_TOTAL', 'E_CATEGORY_SUM']);
  });
  test('marks go from 0 to 10 and say of how many papers', () => {
    expect(codes('training', demoClass(0, { post_test_avg: 10.5 }))).toEqual(['E_NUMBER_RANGE']);
    expect(judge('training', demoClass(0, { tested_count: null }))).toMatchObject([
      { field: 'tested_count', code: 'E_REQUIRED' },
    ]);
  });
  test('a class without the action month’s dates may not carry its flag', () =>
    expect(codes('training', demoClass(0, { campaign_year: 2019 }))).toEqual(['E_OUTSIDE_CAMPAIGN']));
});

const trainee = (full_name: string, sex: 'nu' | 'nam', present: boolean[]): Trainee => ({
  full_name,
  sex,
  category: 'giao_vien',
  org_title: null,
  present,
});

describe('a roster', () => {
  const roster = [
    trainee('Người thứ nhất', 'nu', [true, true]),
    trainee('Người thứ hai', 'nam', [true, false]),
    trainee('Người thứ ba', 'nu', [false, true]),
  ];
  const of = (changes: Values): Relatives => ({
    siblings: [],
    parent: {
      roster_mode: 'roster',
      participants_total: 3,
      participants_male: 1,
      participants_female: 2,
      sessions: [
        { present_total: 2, present_female: 1 },
        { present_total: 2, present_female: 2 },
      ],
      ...changes,
    },
  });
  test('comes to counts by sex, category and session', () =>
    expect(rosterTotals(roster, 2)).toEqual({
      total: 3,
      male: 1,
      female: 2,
      byCategory: [{ category: 'giao_vien', total: 3, female: 2 }],
      sessions: [
        { present_total: 2, present_female: 1 },
        { present_total: 2, present_female: 2 },
      ],
    }));
  test('must say the same as its class, where that is known', () => {
    expect(codes('roster', { training: 't', roster }, of({}))).toEqual([]);
    expect(codes('roster', { training: 't', roster }, of({ participants_total: 4 }))).toEqual([
      'E_ROSTER_SUM',
    ]);
    const other = [{ present_total: 3, present_female: 1 }];
    expect(judge('roster', { training: 't', roster }, of({ sessions: other }))).toEqual([
      { field: 'roster', code: 'E_ROSTER_TICKS', n: 1 },
    ]);
    expect(codes('roster', { training: 't', roster })).toEqual([]);
  });
  test('points out a name that is there already, whatever its tones', () =>
    expect(
      judge('roster', { training: 't', roster: [...roster, trainee('nguoi thu nhat', 'nam', [])] }),
    ).toEqual([{ field: 'roster', code: 'W_ROSTER_DUP', row: 3 }]));
  test('names the line that lacks a sex', () =>
    expect(
      judge('roster', { training: 't', roster: [...roster, { ...trainee('Ai', 'nu', []), sex: null }] }),
    ).toEqual([{ field: 'roster', code: 'E_REQUIRED', row: 3 }]));
  test('keeps its counts and no name after its term', () => {
    const erased = withoutNames(roster);
    expect(JSON.stringify(erased)).not.toContain('Người');
    expect(rosterTotals(erased, 2)).toEqual(rosterTotals(roster, 2));
  });
});

const model = (n: number, changes: Values = {}): Values => ({ ...demoModels[n]?.values, ...changes });
const period = (changes: Values = {}): Values => ({
  model: 'm',
  model_type: 'cau_lac_bo',
  from: '2019-06-15',
  to: '2019-11-14',
  meetings: 3,
  attendance_total: 90,
  attendance_female: 60,
  ...changes,
});
const support = (changes: Values = {}): Values => ({
  period: 'p',
  model_type: 'cau_lac_bo',
  persons_supported: 3,
  support_tu_van_tam_ly: 3,
  ...changes,
});
const shelter = demoModels.findIndex(({ values }) => values['model_type'] === 'nha_tam_lanh');

describe('bad inputs of models', () => {
  test('49 a shelter with an address is refused, and its words are not to be kept', () => {
    const findings = judge('model', model(shelter, { public_location: 'Số 12, ngõ 3, tổ dân phố 5' }));
    expect(findings.map(({ code }) => code)).toContain('E_SHELTER_LOCATION');
    expect(isPrivacyRefusal(findings)).toBe(true);
  });
  test('a shelter’s name leads nowhere, and it has no photo', () => {
    expect(codes('model', model(shelter, { model_name: 'Nhà tạm lánh thôn Đông Hà' }))).toEqual([
      'E_SHELTER_NAME',
    ]);
    expect(codes('model', model(shelter, { model_name: 'Nhà tạm lánh nhà bà Hoa' }))).toEqual([
      'E_PII_SUSPECT',
      'E_SHELTER_NAME',
    ]);
    const photo = { kind: 'photo', caption: null, sha256: 'a'.repeat(64), consent: true };
    expect(codes('model', model(shelter, { evidence: [photo] }))).toEqual(['E_SHELTER_PHOTO']);
  });
  test('51 overlapping periods', () => {
    const relatives = { parent: null, siblings: [period()] };
    expect(codes('model_period', period({ from: '2019-11-14', to: '2019-12-15' }), relatives)).toEqual([
      'E_PERIOD_OVERLAP',
    ]);
    expect(codes('model_period', period({ from: '2019-11-15', to: '2019-12-15' }), relatives)).toEqual([]);
  });
  test('52 support without persons', () =>
    expect(codes('model_support', support({ persons_supported: 0, persons_female: 3 })).sort()).toEqual([
      'E_SUBGROUP_GT_TOTAL',
      'E_SUPPORT_NO_PERSON',
    ]));
  test('54 board > members', () =>
    expect(codes('model', model(0, { board_total: 60 }))).toEqual(['E_BOARD_GT_MEMBERS']));
  test('55 active without decision; a planned one needs none', () => {
    expect(judge('model', model(0, { decision_no: null }))).toEqual([
      { field: 'decision_no', code: 'E_REQUIRED' },
    ]);
    const planned = { planned: true, decision_no: null, decision_date: null, start_date: null };
    expect(codes('model', model(0, planned))).toEqual([]);
  });
  test('figures of fewer than 28 days could tell of one person', () => {
    expect(codes('model_period', period({ from: '2019-11-01', to: '2019-11-27' }))).toEqual([
      'E_PERIOD_SHORT',
    ]);
    expect(codes('model_period', period({ from: '2019-11-01', to: '2019-11-28' }))).toEqual([]);
  });
  test('fewer kinds of support than persons, or more than 999 of one, is no figure', () => {
    expect(codes('model_support', support({ persons_supported: 4 }))).toEqual(['E_SUPPORT_FEW']);
    expect(codes('model_support', support({ support_tu_van_tam_ly: 1000 }))).toEqual(['E_NUMBER_RANGE']);
  });
  test('what a type of model does not ask for is not kept', () => {
    const asked = { ...support(), hotline_calls: 4, support_tam_lanh: 2 };
    expect(canonical('model_support', asked)).toMatchObject({ hotline_calls: null, support_tam_lanh: null });
    const hotline = canonical('model_support', { ...asked, model_type: 'duong_day_nong' });
    expect(hotline['hotline_calls']).toBe(4);
  });
  test('personal words stop a model and what belongs to it, while they only warn elsewhere', () => {
    const note = 'gọi anh Nam 0912345678';
    expect(codes('model', model(0, { note }))).toEqual(['E_PII_SUSPECT']);
    expect(codes('model_period', period({ note }))).toEqual(['E_PII_SUSPECT']);
    expect(codes('training', demoClass(0, { note }))).toEqual(['W_PII_SUSPECT']);
  });
  test('a published number is one, and only there', () => {
    expect(codes('model', model(2, { public_phone: '0239 000 001' }))).toEqual([]);
    expect(codes('model', model(2, { public_phone: 'gọi tổ trưởng' }))).toEqual(['E_PHONE']);
  });
  test('only what works well is proposed for others', () => {
    const proposed = { replicate_proposed: true };
    expect(codes('model', model(0, { ...proposed, effectiveness: 'kha' }))).toEqual(['E_NOT_TOP_RATED']);
    expect(codes('model', model(0, { ...proposed, effectiveness: 'tot' }))).toEqual([]);
  });
});

describe('what stands in a form', () => {
  test.each([
    ['training', demoTrainings[0]?.values ?? {}],
    ['model', demoModels[0]?.values ?? {}],
    ['model_period', period({ funding: [{ source: 'khong_kinh_phi', amount_vnd: 0 }] })],
  ] as const)('%s comes back as it was', (kind, values) => {
    const before = canonical(kind, values);
    const { values: after, unread } = readTyped(kind, toTyped(kind, before), '2019-12-31');
    expect(unread).toEqual([]);
    expect(after).toEqual(before);
  });
  test('a line in which nothing stands is none, and the others keep their place', () => {
    const { values, lines } = readTyped(
      'training',
      { sessions: [{}, { date: '14/5/2019', part: 'sang', present_total: '38', present_female: '27' }] },
      '2019-12-31',
    );
    expect(values['sessions']).toEqual([
      { date: '2019-05-14', part: 'sang', present_total: 38, present_female: 27 },
    ]);
    expect(lines['sessions']).toEqual([1]);
  });
  test('a cell that cannot be read is named by its line', () =>
    expect(
      readTyped('training', { sessions: [{ date: 'mai', part: 'sang' }], hours: 'nhiều' }, '2019-12-31')
        .unread,
    ).toEqual([
      { field: 'hours', code: 'E_NUMBER_RANGE', n: 80 },
      { field: 'sessions', code: 'E_DATE_INVALID', row: 0 },
    ]));
});
