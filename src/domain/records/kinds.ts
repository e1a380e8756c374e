import { activityDerived, activityFields } from './activity.ts';
import type { Fields, Values } from './field.ts';

/** Every kind of record there is. A new kind is a declaration of its own, joined here. */
export const kinds = {
  activity: {
    fields: activityFields as Fields,
    derived: activityDerived as (values: Values) => Record<string, unknown>,
    title: 'title',
    startDate: 'start_date',
    endDate: 'end_date',
  },
} as const;

export type Kind = keyof typeof kinds;

export const isKind = (value: unknown): value is Kind =>
  typeof value === 'string' && Object.hasOwn(kinds, value);
