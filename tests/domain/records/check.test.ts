import { describe, expect, test } from 'vitest';
import { canonical } from '../../../src/domain/records/canonical.ts';
import { check } from '../../../src/domain/records/check.ts';
import { isError } from '../../../src/domain/records/field.ts';
import type { Values } from '../../../src/domain/records/field.ts';
import { fold } from '../../../src/domain/typed/fold.ts';
import { demoActivities } from '../../../src/server/demo/activities.ts';
import { demoUnits } from '../../../src/server/demo/units.ts';
import { activity } from '../../support/activity.ts';
import { badActivities } from '../../support/bad-activities.ts';

const judged = (values: Values, unit = '18073'): { errors: string[]; warnings: string[] } => {
  const known = demoUnits.some(([code]) => code === unit);
  const findings = check('activity', values, { today: '2019-12-31', unitIsValid: () => known });
  const codes = (wanted: boolean): string[] =>
    [...new Set(findings.filter((f) => isError(f) === wanted).map((f) => f.code))].sort();
  return { errors: codes(true), warnings: codes(false) };
};

describe('bad inputs', () => {
  test.each(badActivities)('$no $what', ({ values, unit, errors, warnings }) => {
    expect(judged(canonical('activity', values), unit)).toEqual({
      errors: [...errors].sort(),
      warnings: [...warnings].sort(),
    });
  });
});

describe('the demo’s activities', () => {
  test.each(demoActivities.map(({ values, unit }) => ({ title: String(values['title']), values, unit })))(
    '$title is sound',
    ({ values, unit }) => {
      expect(judged(canonical('activity', values), unit).errors).toEqual([]);
    },
  );
});

describe('odd but right', () => {
  test('a decomposed title is stored composed and found without tones', () => {
    const { title } = canonical('activity', activity({ title: 'Lễ phát động'.normalize('NFD') }));
    expect(title).toBe('Lễ phát động');
    expect(fold(String(title))).toContain('le phat dong');
  });
  test('a hamlet’s name is stored composed and single, and looked at for names', () => {
    const { hamlets } = canonical(
      'activity',
      activity({ hamlets: [' Thôn  3 ', 'Thôn 3', 'thôn chị Hoa'.normalize('NFD')] }),
    );
    expect(hamlets).toEqual(['Thôn 3', 'thôn chị Hoa']);
    expect(judged(activity({ hamlets })).warnings).toEqual(['W_PII_SUSPECT']);
  });
  test('an activity that straddles the start of the action month may carry its flag', () => {
    const straddling = { start_date: '2019-11-14', end_date: '2019-11-16', campaign_year: 2019 };
    expect(judged(activity(straddling))).toEqual({ errors: [], warnings: [] });
  });
  test('the campaign’s own plan may be signed from 1 October on, no other work', () => {
    const early = { start_date: '2019-10-01', end_date: '2019-10-01', campaign_year: 2019 };
    const plan = { ...early, form: 'ban_hanh_van_ban', plan_doc: '45/KH-UBND' };
    expect(judged(canonical('activity', activity(plan)))).toEqual({ errors: [], warnings: [] });
    expect(judged(activity(early)).errors).toEqual(['E_OUTSIDE_CAMPAIGN']);
  });
  test('zero people who came is a count, an empty count is missing', () => {
    const nobody = { participants_total: 0, participants_male: 0, participants_female: 0 };
    expect(judged(activity(nobody)).errors).toEqual([]);
    expect(judged(activity({ participants_male: null, participants_total: 43 })).errors).toEqual([
      'E_COUNT_TYPE',
    ]);
  });
});

describe('each rule', () => {
  const broadcast = { form: 'loa_truyen_thanh', broadcast_count: 4, broadcast_features: 2, venue: null };
  test.each<[string, Values, string[], string[]]>([
    ['men more than all', { participants_male: 90 }, ['E_MALE_GT_TOTAL', 'E_SUM_MISMATCH'], []],
    ['five topics', { topics: ['chinh_tri', 'giao_duc', 'gia_dinh', 'tao_hon', 'khac'] }, ['E_TOO_MANY'], []],
    ['no topic', { topics: [] }, ['E_REQUIRED'], []],
    ['the same topic twice', { topics: ['khac', 'khac'] }, ['E_ENUM'], []],
    ['a task of no guideline', { task_codes: ['IX.9'] }, ['E_ENUM'], []],
    ['the host as partner', { partner_orgs: ['hoi_lhpn'] }, ['E_PARTNER_IS_HOST'], []],
    [
      'free of cost but with money',
      { funding: [{ source: 'khong_kinh_phi', amount_vnd: 5 }] },
      ['E_FUND_NONE'],
      [],
    ],
    ['no funding line', { funding: [] }, ['E_REQUIRED'], []],
    ['more than a month', { start_date: '2019-09-01', end_date: '2019-10-18' }, [], ['W_LONG_DURATION']],
    ['somebody’s home', { venue: 'Nhà ông trưởng thôn' }, [], ['W_VENUE_PRIVATE']],
    ['a person named', { result_note: 'Có chị Hoa phát biểu' }, [], ['W_PII_SUSPECT']],
    ['fewer minutes than broadcasts', { ...broadcast, broadcast_minutes: 3 }, ['E_BROADCAST_MINUTES'], []],
    [
      'more programmes than broadcasts',
      { ...broadcast, broadcast_features: 9 },
      ['E_BROADCAST_FEATURES'],
      [],
    ],
    ['very many broadcasts', { ...broadcast, broadcast_count: 201 }, [], ['W_BROADCAST_MANY']],
    ['a document without a number', { form: 'ban_hanh_van_ban', plan_doc: null }, ['E_REQUIRED'], []],
    ['text where a list belongs', { topics: 'chinh_tri' }, ['E_VALUE_TYPE'], []],
    ['a number as title', { title: 12345 }, ['E_VALUE_TYPE'], []],
    ['an evidence entry that is none', { evidence: [{ kind: 'photo' }] }, ['E_VALUE_TYPE'], []],
  ])('%s', (_what, changes, errors, warnings) => {
    expect(judged({ ...activity(), ...canonicalParts(changes) })).toEqual({ errors, warnings });
  });
});

/** Changing the form empties what it does not ask for; other changes are taken as they are. */
const canonicalParts = (changes: Values): Values =>
  'form' in changes ? canonical('activity', { ...activity(), ...changes }) : changes;
