import type { RecordState, ReviewState } from '../change.ts';
import { isEmpty } from '../records/field.ts';
import type { Values } from '../records/field.ts';
import { kinds } from '../records/kinds.ts';
import type { Kind } from '../records/kinds.ts';
import { supportTypes } from '../records/model-events.ts';

/** What boards and reports count of a record: where, when, how far it has come, and its figures. No words. */
export type Fact = {
  readonly id: string;
  readonly kind: Kind;
  readonly unit: string;
  readonly state: ReviewState;
  /** Its first and last day (ISO); the same when it has but one. */
  readonly from: string;
  readonly to: string;
  readonly campaign: number | null;
  /** When the server last took something of its authors; null while it has not reached the server. */
  readonly received: string | null;
  /** The record it belongs to: a model's events and periods, the support of a period. */
  readonly of: string | null;
  /** The item of the plan that it carries out. */
  readonly plan: string | null;
  /** The tile of the report in which it was locked, such as `2019B`; null before. */
  readonly issuedIn: string | null;
  /** What was counted, by the names of its fields; what was not counted is absent, never zero. */
  readonly figures: Values;
};

/** The fields of each kind that something counts or groups by. Kinds that are not here are in no board and no report. */
const countedFields: Partial<Record<Kind, readonly string[]>> = {
  activity: [
    'form',
    'topics',
    'partner_orgs',
    'sessions_count',
    'participants_total',
    'participants_male',
    'participants_female',
    'participants_unknown',
    'of_which_ethnic_minority',
    'of_which_disability',
    'broadcast_count',
    'broadcast_features',
    'broadcast_minutes',
    'product_quantity',
    'product_unit',
    'posts_count',
    'online_reach',
    'funding',
    'task_codes',
  ],
  training: [
    'attendance_scope',
    'participants_total',
    'participants_male',
    'participants_female',
    'by_category',
    'first_time_total',
    'certificates_total',
    'certificates_female',
    'of_which_ethnic_minority',
    'of_which_disability',
    'funding',
    'task_codes',
  ],
  model: [
    'model_type',
    'planned',
    'operating_rules',
    'board_total',
    'board_female',
    'members_total',
    'members_female',
    'replicate_proposed',
    'task_codes',
  ],
  model_status: ['model_type', 'status'],
  model_period: ['model_type', 'meetings', 'attendance_total', 'attendance_female', 'funding'],
  model_support: ['model_type', 'hotline_calls', 'persons_supported', ...supportTypes],
  plan: ['form', 'quantity', 'task_codes'],
  figures: [
    'year',
    'cadres',
    'indicators',
    'collaborators_total',
    'collaborators_trained',
    'commended_groups',
    'commended_people',
    'inspections',
    'violations',
    'budget',
  ],
  report: ['report_type', 'year', 'closes'],
};

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

/** What counts of a record, or null for the kinds that nothing counts. */
export const factOf = ({ id, kind, unit, state, fields, events, authors }: RecordState): Fact | null => {
  const names = countedFields[kind];
  if (names === undefined) return null;
  const { startDate, endDate, parent } = kinds[kind];
  const from = text(fields[startDate ?? '']) ?? '';
  return {
    id,
    kind,
    unit,
    state,
    from,
    to: text(fields[endDate ?? '']) ?? from,
    campaign: (fields['campaign_year'] ?? null) as number | null,
    received:
      [...events].reverse().find((event) => event.do === 'save' && authors.includes(event.by))?.at ?? null,
    of: text(fields[parent?.field ?? '']),
    plan: text(fields['plan']),
    issuedIn:
      state === 'locked'
        ? ([...events].reverse().find(({ tile }) => tile !== undefined)?.tile ?? null)
        : null,
    figures: { ...pick(fields, names), ...attended(kind, fields) },
  };
};

const pick = (fields: Values, names: readonly string[]): Values =>
  Object.fromEntries(names.filter((name) => !isEmpty(fields[name])).map((name) => [name, fields[name]]));

/** Of a class's sessions only how many there were and how many people came to them counts. */
const attended = (kind: Kind, fields: Values): Values => {
  const sessions = fields['sessions'];
  if (kind !== 'training' || !Array.isArray(sessions)) return {};
  const present = (sessions as Values[]).reduce((sum, line) => sum + countOf(line, 'present_total'), 0);
  return { sessions_count: sessions.length, present_total: present };
};

const countOf = (values: Values, name: string): number =>
  typeof values[name] === 'number' ? values[name] : 0;

/** A figure of a fact; what was not counted adds nothing. */
export const figure = ({ figures }: Fact, name: string): number => countOf(figures, name);

/** What of a fact is one of a list, such as its form. */
export const sortOf = ({ figures }: Fact, name: string): string | null => text(figures[name]);

/** The lines of a fact's table, such as its money by source. */
export const linesOf = ({ figures }: Fact, name: string): readonly Values[] =>
  Array.isArray(figures[name]) ? (figures[name] as Values[]) : [];

/** What of a fact was chosen from a list, such as its topics. */
export const choicesOf = ({ figures }: Fact, name: string): readonly string[] =>
  Array.isArray(figures[name]) ? (figures[name] as string[]) : [];

/** Whole đồng: all sources, or one. */
export const spent = (fact: Fact, source: string | null = null): number =>
  linesOf(fact, 'funding').reduce(
    (sum, line) => (source === null || line['source'] === source ? sum + countOf(line, 'amount_vnd') : sum),
    0,
  );

/** Approved or locked: only this counts. */
export const isSure = ({ state }: Pick<Fact, 'state'>): boolean => state === 'approved' || state === 'locked';

/** A class to which the unit only sent people is counted where it was held. */
export const isWhole = (fact: Fact): boolean => sortOf(fact, 'attendance_scope') !== 'sent';
