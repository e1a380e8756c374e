import type { RecordState } from '../change.ts';
import { fold } from '../typed/fold.ts';
import { kinds } from './kinds.ts';

type Written = Pick<RecordState, 'kind' | 'unit' | 'fields'>;

const text = (value: unknown): string | null =>
  typeof value === 'string' && value !== '' ? fold(value) : null;

/** What two records must share to be suspected of being the same thing; null for what has no name or no day. */
export const doubleKey = ({ kind, fields }: Omit<Written, 'unit'>): string | null => {
  const { title, startDate } = kinds[kind];
  const [name, day] = [text(fields[title ?? '']), text(fields[startDate ?? ''])];
  return name === null || day === null ? null : JSON.stringify([kind, day, name, fields['form'] ?? null]);
};

/**
 * Whether two records may be the same thing written down twice: kind, form, first day and name are the same. In another
 * unit that is usual for what all of them do; there a class is suspect, and an activity at one place with the same people.
 */
export const isDouble = (a: Written, b: Written): boolean => {
  const key = doubleKey(a);
  if (key === null || key !== doubleKey(b)) return false;
  const { venue, participants_total: people } = a.fields;
  const samePlace = text(venue) !== null && text(venue) === text(b.fields['venue']);
  const samePeople = people != null && people === b.fields['participants_total'];
  return a.unit === b.unit || a.kind === 'training' || (samePlace && samePeople);
};
