import { activityFields } from './activity.ts';
import type { Fields } from './field.ts';

/** Every kind of record there is. A new kind is a declaration of its own, joined here. */
export const kinds = {
  activity: {
    fields: activityFields as Fields,
    title: 'title',
    startDate: 'start_date',
    endDate: 'end_date',
  },
} as const;

export type Kind = keyof typeof kinds;
