import { always, dateFields, host, note, taskCodes } from './common-fields.ts';
import { datesInOrder, insideCampaign } from './date-rules.ts';
import type { Fields, ValuesOf } from './field.ts';
import { from } from './lists.ts';
import type { Rule } from './rule.ts';

/** One line of a unit's plan: what it means to do, when, how often and who does it. Records that name it carry it out. */
export const planFields = {
  title: { type: 'text', min: 5, max: 200, privacy: 'P0', section: 'what', required: always },
  form: { type: 'choice', ...from('activity_form'), privacy: 'P0', section: 'what' },
  // Planned days lie ahead; only the order of the two is judged.
  start_date: { ...dateFields.end_date },
  end_date: dateFields.end_date,
  campaign_year: dateFields.campaign_year,
  quantity: {
    type: 'count',
    min: 1,
    max: 366,
    privacy: 'P0',
    section: 'when',
    required: always,
    initial: '1',
  },
  host_org: { ...host, section: 'who' },
  task_codes: taskCodes,
  note,
} as const satisfies Fields;

export type Plan = ValuesOf<typeof planFields>;

/** A line may stretch over the whole year, so a long one is nothing to point out. */
const inOrder: Rule<Plan> = (plan, sound, relatives) =>
  datesInOrder(plan, sound, relatives).filter(({ code }) => code !== 'W_LONG_DURATION');

export const planRules: readonly Rule<Plan>[] = [inOrder, insideCampaign];
