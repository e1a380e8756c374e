import { expect, test } from 'vitest';
import { activityFields } from '../../src/domain/records/activity.ts';
import { kinds } from '../../src/domain/records/kinds.ts';
import { fieldsPage } from '../support/fields-page.ts';

test('docs/fields.md says what the declarations say', async () => {
  await expect(await fieldsPage()).toMatchFileSnapshot('../../docs/fields.md');
});

test('every field of the domain’s definition is there', () => {
  // Names as the domain’s definition lists them; `unit`, author, state and time stand around every record.
  const wanted = {
    activity:
      'title form topics audiences start_date end_date venue hamlets host_org partner_orgs plan_doc sessions_count participants_total participants_male participants_female participants_unknown of_which_ethnic_minority of_which_disability age_under16 age_16_30 age_31_60 age_over60 count_method broadcast_count broadcast_minutes broadcast_features product_quantity product_unit posts_count online_reach funding result_note difficulty_note task_codes programmes campaign_year evidence note',
    training:
      'class_name topics organiser organiser_level attendance_scope trainers_count trainer_org start_date end_date venue sessions hours invited_total participants_total participants_male participants_female of_which_ethnic_minority of_which_disability by_category first_time_total roster_mode pre_test_avg post_test_avg tested_count certificates_total certificates_female materials_count funding evaluation_note task_codes programmes campaign_year evidence note',
    roster: 'roster',
    model:
      'model_name model_type decision_no decision_date decision_authority start_date host_org board_total board_female members_total members_male members_female meeting_frequency public_location public_phone shelter_capacity operating_rules staff_trained effectiveness replicate_proposed task_codes programmes evidence note',
    model_status: 'status status_date',
    model_period: 'from to meetings attendance_total attendance_female funding',
    model_support:
      'hotline_calls persons_supported persons_female persons_under16 support_tu_van_tam_ly support_tu_van_phap_ly support_ho_tro_y_te support_tam_lanh support_chuyen_tuyen support_ho_tro_khac',
  } as const;
  for (const [kind, names] of Object.entries(wanted))
    expect(Object.keys(kinds[kind as keyof typeof wanted].fields), kind).toEqual(
      expect.arrayContaining(names.split(' ')),
    );
  // And the item of the plan that it carries out, which is the app’s own.
  expect(Object.keys(activityFields)).toHaveLength(wanted.activity.split(' ').length + 1);
});
