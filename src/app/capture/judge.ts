import type { Finding } from '../../domain/records/field.ts';
import { check } from '../../domain/records/check.ts';
import { readTyped } from '../../domain/records/typed.ts';
import { vietnamDay } from '../../domain/typed/date.ts';
import { now } from '../session.ts';
import { findingText } from '../text/finding-text.ts';
import { loadMore } from '../text/words.ts';
import type { FormState } from './form-state.ts';

/** The form as it is read now: its values, and what could not be read. */
export const readForm = (form: FormState): ReturnType<typeof readTyped> =>
  readTyped(form.kind, form.typed.value, vietnamDay(now()));

/** Everything that is wrong or doubtful about the form as it stands. */
export const judge = async (form: FormState): Promise<readonly Finding[]> => {
  await loadMore();
  const { values, unread } = readForm(form);
  const unreadFields = new Set(unread.map(({ field }) => field));
  const found = check(form.kind, values, { today: vietnamDay(now()), unitIsValid: () => true });
  form.explain.value = findingText;
  form.findings.value = [...unread, ...found.filter(({ field }) => !unreadFields.has(field))];
  return form.findings.value;
};
