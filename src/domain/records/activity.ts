import { mayBelongTo, suggestedCampaign } from '../campaign.ts';
import type { Fields, Finding, Values, ValuesOf } from './field.ts';
import { measureOfForm } from './lists.ts';
import type { Measure } from './lists.ts';

/** The activity log: what a commune did to spread gender equality. DOMAIN terms are in ARCHITECTURE.md's glossary. */

const always = (): boolean => true;

/** What the chosen form is measured in, or undefined before one is chosen. */
export const measureOf = (values: Values): Measure | undefined =>
  measureOfForm[values['form'] as keyof typeof measureOfForm];

const measured =
  (measure: Measure) =>
  (values: Values): boolean =>
    measureOf(values) === measure;
const onPeople = measured('people');
const onBroadcast = measured('broadcast');
const onProduct = measured('product');
const onOnline = measured('online');
const onDocument = measured('document');
const onLoudspeaker = (values: Values): boolean => values['form'] === 'loa_truyen_thanh';

const people = {
  section: 'people',
  group: 'measure',
  privacy: 'P0',
  type: 'count',
  shown: onPeople,
} as const;
const counted = { ...people, required: onPeople, whenMissing: 'E_COUNT_TYPE' } as const;
const partOf = { ...people, optional: true } as const;
const broadcast = { section: 'broadcast', group: 'measure', privacy: 'P0', type: 'count', min: 1 } as const;

export const activityFields = {
  form: {
    type: 'choice',
    list: 'activity_form',
    privacy: 'P0',
    section: 'what',
    group: 'measure',
    required: always,
  },
  title: { type: 'text', min: 5, max: 200, privacy: 'P0', section: 'what', required: always, searched: true },
  topics: { type: 'choices', list: 'topic', max: 4, privacy: 'P0', section: 'what', required: always },
  audiences: { type: 'choices', list: 'audience', privacy: 'P0', section: 'what', required: always },

  start_date: { type: 'date', privacy: 'P0', section: 'when', group: 'dates', required: always },
  end_date: { type: 'date', privacy: 'P0', section: 'when', group: 'dates', required: always },
  campaign_year: { type: 'campaign', privacy: 'P0', section: 'when', group: 'dates' },
  venue: {
    type: 'text',
    max: 150,
    privacy: 'P0',
    section: 'when',
    group: 'measure',
    required: onPeople,
    shown: (values) => !onOnline(values) && !onDocument(values),
    searched: true,
  },
  hamlets: { type: 'tags', max: 30, privacy: 'P0', section: 'when', optional: true, searched: true },

  sessions_count: { ...people, required: onPeople, min: 1 },
  participants_male: counted,
  participants_female: counted,
  participants_unknown: { ...people, optional: true },
  participants_total: counted,
  count_method: {
    type: 'choice',
    list: 'count_method',
    privacy: 'P1',
    section: 'people',
    group: 'measure',
    shown: onPeople,
    required: onPeople,
  },
  of_which_ethnic_minority: partOf,
  of_which_disability: { ...partOf, privacy: 'P1' },
  age_under16: partOf,
  age_16_30: partOf,
  age_31_60: partOf,
  age_over60: partOf,

  broadcast_count: { ...broadcast, shown: onBroadcast, required: onBroadcast },
  broadcast_features: { ...broadcast, shown: onLoudspeaker, required: onLoudspeaker },
  broadcast_minutes: { ...broadcast, shown: onBroadcast },
  product_quantity: {
    type: 'count',
    min: 1,
    privacy: 'P0',
    section: 'product',
    group: 'measure',
    shown: onProduct,
    required: onProduct,
  },
  product_unit: {
    type: 'choice',
    list: 'product_unit',
    privacy: 'P0',
    section: 'product',
    group: 'measure',
    shown: onProduct,
    required: onProduct,
  },
  posts_count: {
    type: 'count',
    min: 1,
    privacy: 'P0',
    section: 'online',
    group: 'measure',
    shown: onOnline,
    required: onOnline,
  },
  online_reach: { type: 'count', privacy: 'P0', section: 'online', group: 'measure', shown: onOnline },

  host_org: {
    type: 'choice',
    list: 'host_org',
    privacy: 'P0',
    section: 'who',
    group: 'hosts',
    required: always,
  },
  partner_orgs: {
    type: 'choices',
    list: 'host_org',
    privacy: 'P0',
    section: 'who',
    group: 'hosts',
    optional: true,
  },
  plan_doc: {
    type: 'text',
    max: 40,
    privacy: 'P0',
    section: 'who',
    group: 'measure',
    required: onDocument,
    searched: true,
  },

  funding: { type: 'funding', privacy: 'P1', section: 'money', required: always },

  task_codes: { type: 'tasks', privacy: 'P0', section: 'tasks', required: always },
  programmes: { type: 'choices', list: 'programme', privacy: 'P0', section: 'tasks', optional: true },

  result_note: { type: 'longText', max: 1000, privacy: 'P1', section: 'notes', searched: true },
  difficulty_note: { type: 'longText', max: 1000, privacy: 'P1', section: 'notes', searched: true },
  note: { type: 'longText', max: 1000, privacy: 'P1', section: 'notes', searched: true },
  evidence: { type: 'evidence', max: 5, privacy: 'P1', section: 'evidence' },
} as const satisfies Fields;

export type Activity = ValuesOf<typeof activityFields>;

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
  const days = (Date.parse(a.end_date) - Date.parse(a.start_date)) / 86_400_000;
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
];

/** What the app fills in by itself from what was entered, until the person says otherwise. */
export const activityDerived = (values: Values): { campaign_year: number | null } => ({
  campaign_year: suggestedCampaign(
    values['start_date'] as string | null,
    values['end_date'] as string | null,
    values['form'] as string | null,
  ),
});
