import { check } from '../../domain/records/check.ts';
import type { Finding, Values } from '../../domain/records/field.ts';
import { kinds } from '../../domain/records/kinds.ts';
import type { Kind } from '../../domain/records/kinds.ts';
import type { Relatives } from '../../domain/records/rule.ts';
import { partsOf, readTyped } from '../../domain/records/typed.ts';
import type { ReadForm, Typed } from '../../domain/records/typed.ts';
import { vietnamDay } from '../../domain/typed/date.ts';
import { now, session } from '../session.ts';
import { findingText } from '../text/finding-text.ts';
import { loadMore } from '../text/words.ts';
import type { FormState } from './form-state.ts';

/** The form as it is read now: its values, and what could not be read. */
export const readForm = (form: FormState): ReadForm =>
  readTyped(form.kind, form.typed.value, vietnamDay(now()));

/** The record that is written with this one: its values, or null when the form asks for none. */
export const readCompanion = (form: FormState): (ReadForm & { readonly kind: Kind }) | null => {
  const { companion } = kinds[form.kind];
  if (companion === undefined || !asksForCompanion(form)) return null;
  const read = readTyped(companion, form.typed.value, vietnamDay(now()));
  return { kind: companion, ...read, values: { ...read.values, ...ticksOf(form, read) } };
};

/** A roster has a tick for each session there is, and none for what is no session any more. */
const ticksOf = (form: FormState, { values }: ReadForm): Values => {
  if (!('roster' in values)) return {};
  const sessions = ((readForm(form).values['sessions'] ?? []) as unknown[]).length;
  const roster = values['roster'] as { present: boolean[] }[];
  return {
    roster: roster.map((line) => ({
      ...line,
      present: Array.from({ length: sessions }, (_, i) => line.present[i] === true),
    })),
  };
};

/** A roster is written only where it is chosen, and never again once its names are erased; others always. */
const asksForCompanion = ({ kind, typed, before }: FormState): boolean =>
  before.companion?.state !== 'locked' && (kind !== 'training' || typed.value['roster_mode'] === 'roster');

const findingsOf = (
  kind: Kind,
  read: ReadForm,
  relatives: Relatives | undefined,
  tasks: readonly string[] | undefined,
): Finding[] => {
  const today = vietnamDay(now());
  const unread = new Set(read.unread.map(({ field }) => field));
  const found = check(kind, read.values, { today, unitIsValid: () => true, relatives, tasks })
    .filter(({ field }) => !unread.has(field) && kinds[kind].fields[field]?.hidden !== true)
    // A total that nothing was added up to is no mistake of its own: its parts say what is missing.
    .filter(({ field }) => partsOf(kinds[kind].fields, field) === undefined || read.values[field] !== null)
    // Lines in which nothing stands are no rows; a message belongs beside the line.
    .map((finding) =>
      finding.row === undefined
        ? finding
        : { ...finding, row: read.lines[finding.field]?.[finding.row] ?? finding.row },
    );
  return [...read.unread, ...found];
};

/** The words in which nothing was found last. Saving checks them once more; what was found may have passed with the day. */
const sound = new WeakMap<FormState, Typed>();

/** Everything that is wrong or doubtful about the form as it stands. */
export const judge = async (form: FormState): Promise<readonly Finding[]> => {
  await loadMore();
  const typed = form.typed.value;
  if (sound.get(form) === typed) return [];
  const read = readForm(form);
  const companion = readCompanion(form);
  const { device, engine } = await session();
  const tasks = (await engine.readSealedMeta(device, 'scope'))?.tasks;
  const found = [
    ...findingsOf(form.kind, read, form.before.relatives, tasks),
    ...(companion === null
      ? []
      : findingsOf(companion.kind, companion, { parent: read.values, siblings: [] }, tasks)),
    ...(await doubles(form, read)),
  ];
  if (found.length === 0) sound.set(form, typed);
  form.explain.value = findingText;
  // The same findings again draw nothing anew.
  if (JSON.stringify(found) !== JSON.stringify(form.findings.value)) form.findings.value = found;
  return found;
};

/** What was last asked of each form, and the answer: the phone is searched again only when something of it changes. */
const asked = new WeakMap<FormState, { readonly key: string; readonly isThere: boolean }>();

/** The same thing written down before, on this phone. */
const doubles = async (form: FormState, { values }: ReadForm): Promise<Finding[]> => {
  const { title, startDate } = kinds[form.kind];
  if (title === null || form.before.original !== null) return [];
  const key = JSON.stringify([values[title], values[startDate ?? ''], values['form']]);
  let known = asked.get(form);
  if (known?.key !== key) {
    const { device, engine } = await session();
    known = { key, isThere: await engine.hasDouble(device, form.kind, values, form.id.value) };
    asked.set(form, known);
  }
  return known.isThere ? [{ field: title, code: 'W_DUPLICATE' }] : [];
};
