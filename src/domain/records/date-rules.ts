import { mayBelongTo } from '../campaign.ts';
import { daysBetween } from '../typed/date.ts';
import type { Values } from './field.ts';
import { found } from './rule.ts';
import type { Rule } from './rule.ts';

/** Rules of everything that has a first day, a last day and may belong to the action month. */

const longDays = 31;

type Dated = Values & {
  readonly start_date: string | null;
  readonly end_date: string | null;
  readonly campaign_year: number | null;
};

export const datesInOrder: Rule<Dated> = (a, sound) => {
  if (!sound('start_date', 'end_date') || a.start_date === null || a.end_date === null) return [];
  const days = daysBetween(a.start_date, a.end_date);
  return [
    ...found(days < 0, { field: 'end_date', code: 'E_DATE_ORDER' }),
    ...found(days >= longDays, { field: 'end_date', code: 'W_LONG_DURATION', n: longDays }),
  ];
};

export const insideCampaign: Rule<Dated> = (a, sound) => {
  if (
    a.campaign_year === null ||
    !sound('start_date', 'end_date') ||
    a.start_date === null ||
    a.end_date === null
  )
    return [];
  if (a.end_date < a.start_date) return [];
  const form = typeof a['form'] === 'string' ? a['form'] : null;
  const inside = mayBelongTo(a.campaign_year, a.start_date, a.end_date, form);
  return found(!inside, { field: 'campaign_year', code: 'E_OUTSIDE_CAMPAIGN', n: a.campaign_year });
};
