import { onBroadcast } from '../../domain/records/activity.ts';
import type { FormState } from './form-state.ts';

/** What stands in the form beside the record's own fields: further days on which the same was broadcast (ISO). */
export const alsoOnField = 'also_on';

/** Only a new broadcast is entered for several days in one go. */
export const asksForDays = (form: FormState): boolean =>
  form.kind === 'activity' && form.before.original === null && onBroadcast(form.typed.value);

export const alsoOn = (form: FormState): readonly string[] =>
  asksForDays(form) ? ((form.typed.value[alsoOnField] ?? []) as string[]) : [];
