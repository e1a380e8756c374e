import { expect, test } from 'vitest';
import { readTyped, toTyped } from '../../../src/domain/records/typed.ts';
import { demoActivities } from '../../../src/server/demo/activities.ts';
import { canonical } from '../../../src/domain/records/canonical.ts';
import { activity } from '../../support/activity.ts';

const today = '2019-12-31';

test.each(demoActivities.map(({ values }) => ({ title: String(values['title']), values })))(
  'opening and reading back changes nothing: $title',
  ({ values }) => {
    const sound = canonical('activity', values);
    const typed = { ...toTyped('activity', sound), campaign_year: sound['campaign_year'] };
    const { values: read, unread } = readTyped('activity', typed, today);
    expect(unread).toEqual([]);
    expect(read).toEqual(sound);
  },
);

test('the total is the sum of the parts that were typed', () => {
  const typed = { ...toTyped('activity', activity()), participants_male: '118', participants_female: '2 02' };
  expect(readTyped('activity', typed, today).unread.map(({ field }) => field)).toEqual([
    'participants_female',
  ]);
  const mended = readTyped('activity', { ...typed, participants_female: '202' }, today).values;
  expect(mended['participants_total']).toBe(320);
});

test('a date inside the action month flags the record until the person says otherwise', () => {
  const inside = { start_date: '20/11/2019', end_date: '20/11/2019' };
  const flagOf = (flag: object): unknown =>
    readTyped('activity', { ...toTyped('activity', activity()), ...inside, ...flag }, today).values[
      'campaign_year'
    ];
  expect(flagOf({ campaign_year: undefined })).toBe(2019);
  expect(flagOf({ campaign_year: null })).toBeNull();
});

test('what the chosen form does not ask for is left out, but stays typed', () => {
  const typed = {
    ...toTyped('activity', activity()),
    form: 'to_roi_tai_lieu',
    product_quantity: '600',
    product_unit: 'tờ',
  };
  const { values } = readTyped('activity', typed, today);
  expect(values['participants_total']).toBeNull();
  expect(values['product_quantity']).toBe(600);
});

test('no cost is no cost, whatever amount was typed before', () => {
  const typed = {
    ...toTyped('activity', activity()),
    funding: [{ source: 'khong_kinh_phi', amount: '5.000.000' }],
  };
  expect(readTyped('activity', typed, today).values['funding']).toEqual([
    { source: 'khong_kinh_phi', amount_vnd: 0 },
  ]);
});

test('what cannot be read is named, not dropped', () => {
  const typed = {
    ...toTyped('activity', activity()),
    start_date: '22/0/2019',
    sessions_count: 'vài',
    funding: [{ source: 'ns_xa', amount_vnd: 'ít' }],
  };
  expect(readTyped('activity', typed, today).unread.map(({ field, code }) => [field, code])).toEqual([
    ['start_date', 'E_DATE_INVALID'],
    ['sessions_count', 'E_COUNT_TYPE'],
    ['funding', 'E_FUND_AMOUNT'],
  ]);
});
