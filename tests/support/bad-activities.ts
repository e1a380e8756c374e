import type { Values } from '../../src/domain/records/field.ts';
import { demoActivities } from '../../src/server/demo/activities.ts';

/** A record that is wrong, doubtful or merely odd, and exactly what the checks must say of it on 31/12/2019. */
export type BadActivity = {
  readonly no: number;
  readonly what: string;
  readonly unit: string;
  readonly values: Values;
  readonly errors: readonly string[];
  readonly warnings: readonly string[];
};

const bad = (
  no: number,
  what: string,
  sample: number,
  changes: Values,
  errors: readonly string[] = [],
  warnings: readonly string[] = [],
  unit = demoActivities[sample]?.unit ?? '',
): BadActivity => ({
  no,
  what,
  unit,
  values: { ...demoActivities[sample]?.values, ...changes },
  errors,
  warnings,
});

export const badActivities: readonly BadActivity[] = [
  bad(1, 'female > total', 2, { participants_female: 70 }, ['E_FEMALE_GT_TOTAL', 'E_SUM_MISMATCH'], []),
  bad(3, 'negative count', 2, { participants_male: -3 }, ['E_COUNT_TYPE'], []),
  bad(4, 'fractional people', 2, { participants_total: 64.5 }, ['E_COUNT_TYPE'], []),
  bad(6, 'total missing', 2, { participants_total: null }, ['E_COUNT_TYPE'], []),
  bad(7, 'subgroup > total', 2, { of_which_ethnic_minority: 65 }, ['E_SUBGROUP_GT_TOTAL'], []),
  bad(9, 'age groups half filled', 4, { age_over60: null }, ['E_AGE_SUM'], []),
  bad(10, 'end before start', 26, { end_date: '2019-10-01' }, ['E_DATE_ORDER'], []),
  bad(12, '29 Feb of a common year', 0, { start_date: '2019-02-29' }, ['E_DATE_INVALID'], []),
  bad(13, 'date as in the seed, 22/0/2019', 0, { start_date: '22/0/2019' }, ['E_DATE_INVALID'], []),
  bad(
    15,
    'future date',
    0,
    { end_date: '2020-11-15', campaign_year: 2020, start_date: '2020-11-15' },
    ['E_DATE_FUTURE'],
    [],
  ),
  bad(16, 'year typo', 0, { start_date: '0219-11-15' }, ['E_DATE_TOO_OLD'], []),
  bad(
    18,
    'campaign flag, one day late',
    0,
    { end_date: '2019-12-16', start_date: '2019-12-16' },
    ['E_OUTSIDE_CAMPAIGN'],
    [],
  ),
  bad(
    19,
    'campaign flag in June (the other action month)',
    0,
    { end_date: '2019-06-28', start_date: '2019-06-28' },
    ['E_OUTSIDE_CAMPAIGN'],
    [],
  ),
  bad(21, 'emoji-only title', 0, { title: '🎉🎉🎉🎉🎉🎉' }, ['E_TEXT_SHORT'], []),
  bad(
    22,
    'title with emoji (accept; export must not break)',
    0,
    { title: 'Mít tinh hưởng ứng Tháng hành động 🧡👩‍👩‍👧' },
    [],
    [],
  ),
  bad(
    24,
    'very long title',
    0,
    { title: 'Tuyên truyền bình đẳng giới '.repeat(180).trim() },
    ['E_TEXT_LONG'],
    [],
  ),
  bad(
    25,
    'NFD title (accept, store NFC, search must find it)',
    0,
    {
      title:
        'Lễ phát động Tháng hành động vì bình đẳng giới và phòng, chống bạo lực trên cơ sở giới năm 2019',
    },
    [],
    [],
  ),
  bad(27, 'legacy-font mojibake', 0, { title: 'LÔ ph¸t ®éng Th¸ng hµnh ®éng' }, [], []),
  bad(
    28,
    'HTML in note (store as text, escape on output)',
    0,
    { note: '<img src=x onerror=alert(1)>' },
    [],
    [],
  ),
  bad(30, 'phone number in note', 0, { note: 'Liên hệ 0912345678 để biết thêm' }, [], ['W_PII_SUSPECT']),
  bad(31, '12-digit ID in note', 0, { note: 'CCCD 042180001234' }, [], ['W_PII_SUSPECT']),
  bad(
    33,
    'negative money',
    0,
    { funding: [{ source: 'ns_xa', amount_vnd: -500000 }] },
    ['E_FUND_AMOUNT'],
    [],
  ),
  bad(
    34,
    'fractional đồng',
    0,
    { funding: [{ source: 'ns_xa', amount_vnd: 1500.5 }] },
    ['E_FUND_AMOUNT'],
    [],
  ),
  bad(
    36,
    'same source twice',
    0,
    {
      funding: [
        { source: 'ns_xa', amount_vnd: 1 },
        { source: 'ns_xa', amount_vnd: 2 },
      ],
    },
    ['E_FUND_DUP'],
    [],
  ),
  bad(37, 'broadcast without count', 1, { broadcast_count: null }, ['E_REQUIRED'], []),
  bad(39, 'unknown form', 0, { form: 'tiktok_live' }, ['E_ENUM'], []),
  bad(40, 'unknown unit code', 0, {}, ['E_UNIT_INVALID'], [], '99999'),
  bad(
    57,
    'more than 20% sex unknown (warn)',
    2,
    { participants_female: 30, participants_unknown: 24, participants_male: 10 },
    [],
    ['W_UNKNOWN_SEX_HIGH'],
  ),
];
