import { looksLikeHome } from '../privacy/suspect.ts';
import { datesInOrder, insideCampaign } from './date-rules.ts';
import { onBroadcast, onLoudspeaker, onPeople } from './activity.ts';
import type { Activity } from './activity.ts';
import { found, fundingIsPlain, partsFitIn } from './rule.ts';
import type { Rule } from './rule.ts';

/** The rules that tie an activity's fields together. Apart from the declaration, because a form is drawn without them. */

const ages = ['age_under16', 'age_16_30', 'age_31_60', 'age_over60'] as const;
const subgroups = ['of_which_ethnic_minority', 'of_which_disability'] as const;
const unknownSexLimit = 0.2;
const manyBroadcasts = 200;

const peopleAddUp: Rule<Activity> = (a, sound) => {
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

const groupsFitIn: Rule<Activity> = (a, sound) =>
  onPeople(a) ? partsFitIn('participants_total', subgroups)(a, sound) : [];

const agesAddUp: Rule<Activity> = (a, sound) => {
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

const broadcastsFit: Rule<Activity> = (a, sound) => {
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

const venueIsPublic: Rule<Activity> = (a, sound) =>
  found(sound('venue') && a.venue !== null && looksLikeHome(a.venue), {
    field: 'venue',
    code: 'W_VENUE_PRIVATE',
  });

const partnersAreOthers: Rule<Activity> = (a) =>
  found(a.host_org !== null && a.partner_orgs.includes(a.host_org), {
    field: 'partner_orgs',
    code: 'E_PARTNER_IS_HOST',
  });

/** The rules that tie an activity's fields together; `sound` tells whether fields are free of errors of their own. */
export const activityRules: readonly Rule<Activity>[] = [
  peopleAddUp,
  groupsFitIn,
  fundingIsPlain,
  agesAddUp,
  datesInOrder,
  insideCampaign,
  broadcastsFit,
  partnersAreOthers,
  venueIsPublic,
];
