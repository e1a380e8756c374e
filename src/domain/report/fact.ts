import type { RecordState, ReviewState } from '../change.ts';
import type { Values } from '../records/field.ts';
import { kinds } from '../records/kinds.ts';
import type { Kind } from '../records/kinds.ts';

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
  /** The form of an activity, the type of a model, the status that an event brings. */
  readonly sort: string | null;
  /** When the server last took something of its authors; null while it has not reached the server. */
  readonly received: string | null;
  /** The record it belongs to: a model's events and periods. */
  readonly of: string | null;
  /** The item of the plan that it carries out. */
  readonly plan: string | null;
  /** It counts as one of its kind. A class to which the unit only sent people does not, nor a model that is only planned. */
  readonly counts: boolean;
  readonly male: number;
  readonly female: number;
  readonly unknown: number;
  readonly broadcasts: number;
  readonly features: number;
  /** Whole đồng, all sources. */
  readonly vnd: number;
  /** How often it is planned to be done. */
  readonly quantity: number;
};

const counted: readonly Kind[] = ['activity', 'training', 'model', 'model_status', 'plan'];

/** What says of which sort a record is; the form where nothing else does. */
const sortField: Partial<Record<Kind, string>> = { model: 'model_type', model_status: 'status' };

const number = (value: unknown): number => (typeof value === 'number' ? value : 0);
const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

const spent = (lines: unknown): number =>
  Array.isArray(lines) ? (lines as Values[]).reduce((sum, line) => sum + number(line['amount_vnd']), 0) : 0;

/** What counts of a record, or null for the kinds that no board counts. */
export const factOf = ({ id, kind, unit, state, fields, events, authors }: RecordState): Fact | null => {
  if (!counted.includes(kind)) return null;
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
    sort: text(fields[sortField[kind] ?? 'form']),
    received:
      [...events].reverse().find((event) => event.do === 'save' && authors.includes(event.by))?.at ?? null,
    of: text(fields[parent?.field ?? '']),
    plan: text(fields['plan']),
    counts: fields['attendance_scope'] !== 'sent' && fields['planned'] !== true,
    male: number(fields['participants_male']),
    female: number(fields['participants_female']),
    unknown: number(fields['participants_unknown']),
    broadcasts: number(fields['broadcast_count']),
    features: fields['form'] === 'loa_truyen_thanh' ? number(fields['broadcast_features']) : 0,
    vnd: spent(fields['funding']),
    quantity: number(fields['quantity']),
  };
};
