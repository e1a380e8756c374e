import { activityFields } from './activity.ts';
import { figuresFields } from './figures.ts';
import { isError } from './field.ts';
import type { Fields, Finding, Values } from './field.ts';
import { isShelter, modelFields } from './model.ts';
import { modelPeriodFields, modelStatusFields, modelSupportFields } from './model-events.ts';
import { guidelineFields } from './guideline.ts';
import { planFields } from './plan.ts';
import { reportFields } from './report.ts';
import { rosterFields } from './roster.ts';
import { trainingFields } from './training.ts';

export const kindNames = [
  'activity',
  'training',
  'roster',
  'model',
  'model_status',
  'model_period',
  'model_support',
  'plan',
  'figures',
  'report',
  'guideline',
] as const;

export type Kind = (typeof kindNames)[number];

/**
 * Who reads a feed. work: the unit and the officers above it. roster: the unit and its reviewing officer, never the
 * province. restricted: the unit, its reviewing officer, and who has the right to it. notice: all, of what the province says.
 */
export const audiences = ['work', 'roster', 'restricted', 'notice'] as const;
export type Audience = (typeof audiences)[number];

/** What the rest of the app must know of a kind; its fields are declared in its own file. */
type KindOf = {
  readonly fields: Fields;
  /** The field that names a record; without one, the dates or the status do. */
  readonly title: string | null;
  readonly startDate: string | null;
  readonly endDate: string | null;
  /** The field that holds the id of the record it belongs to, and that one's kind. */
  readonly parent?: { readonly field: string; readonly kind: Kind };
  /** A record that is written in the same form and decided together with this one. */
  readonly companion?: Kind;
  /** After which field of the form the companion's are asked for. */
  readonly companionAfter?: string;
  readonly audience: (values: Values) => Audience;
  /** It has screens of its own and is in no list and no search. */
  readonly apart?: boolean;
  /** Signs of personal data stop it instead of being pointed out. */
  readonly strict?: boolean;
  /** The human code that the server gives at receipt begins with this. */
  readonly code?: string;
};

const ofModel = (values: Values): Audience => (isShelter(values) ? 'restricted' : 'work');

/** Every kind of record there is. A new kind is a declaration of its own, joined here. */
export const kinds: Readonly<Record<Kind, KindOf>> = {
  activity: {
    fields: activityFields,
    title: 'title',
    startDate: 'start_date',
    endDate: 'end_date',
    audience: () => 'work',
  },
  training: {
    fields: trainingFields,
    title: 'class_name',
    startDate: 'start_date',
    endDate: 'end_date',
    companion: 'roster',
    companionAfter: 'roster_mode',
    audience: () => 'work',
    code: 'TH',
  },
  roster: {
    fields: rosterFields,
    title: null,
    startDate: null,
    endDate: null,
    parent: { field: 'training', kind: 'training' },
    audience: () => 'roster',
  },
  model: {
    fields: modelFields,
    title: 'model_name',
    startDate: 'start_date',
    endDate: null,
    audience: ofModel,
    strict: true,
    code: 'MH',
  },
  model_status: {
    fields: modelStatusFields,
    title: null,
    startDate: 'status_date',
    endDate: null,
    parent: { field: 'model', kind: 'model' },
    audience: ofModel,
    strict: true,
  },
  model_period: {
    fields: modelPeriodFields,
    title: null,
    startDate: 'from',
    endDate: 'to',
    parent: { field: 'model', kind: 'model' },
    companion: 'model_support',
    companionAfter: 'attendance_female',
    audience: ofModel,
    strict: true,
  },
  model_support: {
    fields: modelSupportFields,
    title: null,
    startDate: null,
    endDate: null,
    parent: { field: 'period', kind: 'model_period' },
    audience: () => 'restricted',
    strict: true,
  },
  plan: {
    fields: planFields,
    title: 'title',
    startDate: 'start_date',
    endDate: 'end_date',
    audience: () => 'work',
  },
  figures: {
    fields: figuresFields,
    title: null,
    startDate: null,
    endDate: null,
    apart: true,
    audience: () => 'work',
  },
  report: {
    fields: reportFields,
    title: null,
    startDate: 'to',
    endDate: 'to',
    apart: true,
    audience: () => 'work',
  },
  guideline: {
    fields: guidelineFields,
    title: 'title',
    startDate: null,
    endDate: null,
    apart: true,
    audience: () => 'notice',
  },
};

export const isKind = (value: unknown): value is Kind => (kindNames as readonly unknown[]).includes(value);

/** Kinds that are written in another's form; they are read and decided with it. */
export const isCompanion = (kind: Kind): boolean => kindNames.some((of) => kinds[of].companion === kind);

/** Kinds that a person lists and searches. */
export const mainKinds: readonly Kind[] = kindNames.filter(
  (kind) => !isCompanion(kind) && kinds[kind].apart !== true,
);

export const audienceOf = (kind: Kind, values: Values): Audience => kinds[kind].audience(values);

/** The id of the record that one belongs to. */
export const parentOf = (kind: Kind, values: Values): string | null => {
  const { parent } = kinds[kind];
  const id = parent === undefined ? null : values[parent.field];
  return typeof id === 'string' && id !== '' ? id : null;
};

/** Codes of findings whose words may not be kept anywhere but on their author's own phone. */
const unkept: readonly Finding['code'][] = [
  'E_PII_SUSPECT',
  'E_SHELTER_LOCATION',
  'E_SHELTER_NAME',
  'E_SHELTER_PHOTO',
];

export const isPrivacyRefusal = (findings: readonly Finding[]): boolean =>
  findings.some((finding) => isError(finding) && unkept.includes(finding.code));
