import { mayBelongTo } from '../campaign.ts';
import { looksLikeHome } from '../privacy/suspect.ts';
import { daysBetween } from '../typed/date.ts';
import { onBroadcast, onLoudspeaker, onPeople } from './activity.ts';
import type { Activity } from './activity.ts';
import type { Finding } from './field.ts';

/** The rules that tie an activity's fields together. Apart from the declaration, because a form is drawn without them. */

const ages = ['age_under16', 'age_16_30', 'age_31_60', 'age_over60'] as const;
const subgroups = ['of_which_ethnic_minority', 'of_which_disability'] as const;
const unknownSexLimit = 0.2;
const longDays = 31;
const manyBroadcasts = 200;

type Rule = (activity: Activity, sound: (...names: string[]) => boolean) => Finding[];

const found = (when: boolean, finding: Finding): Finding[] => (when ? [finding] : []);

const peopleAddUp: Rule = (a, sound) => {
  if (
    !onPeople(a) ||
    !sound('participants_total', 'participants_male', 'participants_female', 'participants_unknown')
  )
    return [];
  const total = a.participants_total ?? 0;
  const male = a.participants_male ?? 0;
  const female = a.participants_female ?? 0;
  const unknown = a.participants_unknown ?? 0;
  return [
    ...found(female > total, { field: 'participants_female', code: 'E_FEMALE_GT_TOTAL' }),
    ...found(male > total, { field: 'participants_male', code: 'E_MALE_GT_TOTAL' }),
    ...found(male + female + unknown !== total, {
      field: 'participants_total',
      code: 'E_SUM_MISMATCH',
      n: total,
    }),
    ...found(total > 0 && unknown / total > unknownSexLimit, {
      field: 'participants_unknown',
      code: 'W_UNKNOWN_SEX_HIGH',
    }),
  ];
};

const partsFitIn: Rule = (a, sound) =>
  onPeople(a) && sound('participants_total')
    ? subgroups.flatMap((name) =>
        found((a[name] ?? 0) > (a.participants_total ?? 0), { field: name, code: 'E_SUBGROUP_GT_TOTAL' }),
      )
    : [];

const agesAddUp: Rule = (a, sound) => {
  const given = ages.filter((name) => a[name] !== null);
  if (!onPeople(a) || given.length === 0 || !sound('participants_total', ...ages)) return [];
  const total = a.participants_total ?? 0;
  const sum = ages.reduce((all, name) => all + (a[name] ?? 0), 0);
  const missing = ages.find((name) => a[name] === null);
  return found(missing !== undefined || sum !== total, {
    field: missing ?? 'age_over60',
    code: 'E_AGE_SUM',
    n: total,
  });
};

const datesInOrder: Rule = (a, sound) => {
  if (!sound('start_date', 'end_date') || a.start_date === null || a.end_date === null) return [];
  const days = daysBetween(a.start_date, a.end_date);
  return [
    ...found(days < 0, { field: 'end_date', code: 'E_DATE_ORDER' }),
    ...found(days >= longDays, { field: 'end_date', code: 'W_LONG_DURATION', n: longDays }),
  ];
};

const insideCampaign: Rule = (a, sound) => {
  if (
    a.campaign_year === null ||
    !sound('start_date', 'end_date') ||
    a.start_date === null ||
    a.end_date === null
  )
    return [];
  if (a.end_date < a.start_date) return [];
  const inside = mayBelongTo(a.campaign_year, a.start_date, a.end_date, a.form);
  return found(!inside, { field: 'campaign_year', code: 'E_OUTSIDE_CAMPAIGN', n: a.campaign_year });
};

const broadcastsFit: Rule = (a, sound) => {
  if (!onBroadcast(a) || !sound('broadcast_count', 'broadcast_minutes', 'broadcast_features')) return [];
  const count = a.broadcast_count ?? 0;
  return [
    ...found(a.broadcast_minutes !== null && a.broadcast_minutes < count, {
      field: 'broadcast_minutes',
      code: 'E_BROADCAST_MINUTES',
    }),
    ...found(onLoudspeaker(a) && (a.broadcast_features ?? 0) > count, {
      field: 'broadcast_features',
      code: 'E_BROADCAST_FEATURES',
    }),
    ...found(count > manyBroadcasts, {
      field: 'broadcast_count',
      code: 'W_BROADCAST_MANY',
      n: manyBroadcasts,
    }),
  ];
};

const venueIsPublic: Rule = (a, sound) =>
  found(sound('venue') && a.venue !== null && looksLikeHome(a.venue), {
    field: 'venue',
    code: 'W_VENUE_PRIVATE',
  });

const partnersAreOthers: Rule = (a) =>
  found(a.host_org !== null && a.partner_orgs.includes(a.host_org), {
    field: 'partner_orgs',
    code: 'E_PARTNER_IS_HOST',
  });

/** The rules that tie an activity's fields together; `sound` tells whether fields are free of errors of their own. */
export const activityRules: readonly Rule[] = [
  peopleAddUp,
  partsFitIn,
  agesAddUp,
  datesInOrder,
  insideCampaign,
  broadcastsFit,
  partnersAreOthers,
  venueIsPublic,
];
