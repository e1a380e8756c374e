import type { Fields, Values, ValuesOf } from './field.ts';
import {
  always,
  dateFields,
  evidence,
  funding,
  host,
  note,
  plan,
  programmes,
  taskCodes,
} from './common-fields.ts';
import { from, measureOfForm } from './lists.ts';
import type { Measure } from './lists.ts';

/** The activity log: what a commune did to spread gender equality. The terms are in ARCHITECTURE.md's glossary. */

/** What the chosen form is measured in, or undefined before one is chosen. */
const measureOf = (values: Values): Measure | undefined =>
  measureOfForm[values['form'] as keyof typeof measureOfForm];

const measured =
  (measure: Measure) =>
  (values: Values): boolean =>
    measureOf(values) === measure;
export const onPeople = measured('people');
export const onBroadcast = measured('broadcast');
const onProduct = measured('product');
const onOnline = measured('online');
const onDocument = measured('document');
export const onLoudspeaker = (values: Values): boolean => values['form'] === 'loa_truyen_thanh';

const people = {
  section: 'people',
  group: 'measure',
  privacy: 'P0',
  type: 'count',
  shown: onPeople,
} as const;
const counted = { ...people, fresh: true, required: onPeople, whenMissing: 'E_COUNT_TYPE' } as const;
const partOf = { ...people, fresh: true, optional: true } as const;
const broadcast = { section: 'broadcast', group: 'measure', privacy: 'P0', type: 'count', min: 1 } as const;

export const activityFields = {
  form: {
    type: 'choice',
    ...from('activity_form'),
    privacy: 'P0',
    section: 'what',
    group: 'measure',
    required: always,
  },
  title: { type: 'text', min: 5, max: 200, privacy: 'P0', section: 'what', required: always },
  topics: { type: 'choices', ...from('topic'), max: 4, privacy: 'P0', section: 'what', required: always },
  audiences: { type: 'choices', ...from('audience'), privacy: 'P0', section: 'what', required: always },

  ...dateFields,
  venue: {
    type: 'text',
    remember: true,
    max: 150,
    privacy: 'P0',
    section: 'when',
    group: 'measure',
    required: onPeople,
    shown: (values) => !onOnline(values) && !onDocument(values),
  },
  hamlets: { type: 'tags', max: 30, privacy: 'P0', section: 'when', optional: true },

  sessions_count: { ...people, remember: true, required: onPeople, min: 1 },
  participants_male: counted,
  participants_female: counted,
  participants_unknown: { ...people, fresh: true, optional: true },
  participants_total: counted,
  count_method: {
    type: 'choice',
    ...from('count_method'),
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

  broadcast_count: { ...broadcast, fresh: true, shown: onBroadcast, required: onBroadcast },
  broadcast_features: { ...broadcast, remember: true, shown: onLoudspeaker, required: onLoudspeaker },
  broadcast_minutes: { ...broadcast, fresh: true, shown: onBroadcast },
  product_quantity: {
    type: 'count',
    fresh: true,
    min: 1,
    privacy: 'P0',
    section: 'product',
    group: 'measure',
    shown: onProduct,
    required: onProduct,
  },
  product_unit: {
    type: 'choice',
    ...from('product_unit'),
    privacy: 'P0',
    section: 'product',
    group: 'measure',
    shown: onProduct,
    required: onProduct,
  },
  posts_count: {
    type: 'count',
    fresh: true,
    min: 1,
    privacy: 'P0',
    section: 'online',
    group: 'measure',
    shown: onOnline,
    required: onOnline,
  },
  online_reach: {
    type: 'count',
    fresh: true,
    privacy: 'P0',
    section: 'online',
    group: 'measure',
    shown: onOnline,
  },

  host_org: { ...host, section: 'who', group: 'hosts' },
  partner_orgs: {
    type: 'choices',
    ...from('host_org'),
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
  },

  funding: { ...funding, required: always },

  task_codes: taskCodes,
  programmes,

  result_note: { type: 'longText', fresh: true, max: 1000, privacy: 'P1', section: 'notes' },
  difficulty_note: { type: 'longText', fresh: true, max: 1000, privacy: 'P1', section: 'notes' },
  note,
  evidence,
  plan,
} as const satisfies Fields;

export type Activity = ValuesOf<typeof activityFields>;
