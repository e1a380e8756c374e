import type { Doing } from '../../device/save.ts';
import type { RecordState } from '../../domain/change.ts';
import { sameValue } from '../../domain/records/canonical.ts';
import { groupOf } from '../../domain/records/field.ts';
import type { Values } from '../../domain/records/field.ts';
import { kinds } from '../../domain/records/kinds.ts';
import type { Kind } from '../../domain/records/kinds.ts';
import { session } from '../session.ts';
import { saveAndSend } from '../send.ts';
import { more } from '../text/words.ts';
import { alsoOn } from './also-on.ts';
import type { FormState } from './form-state.ts';
import { readCompanion, readForm } from './judge.ts';

/**
 * Submits what was changed, with its companion and with the same for other days, all or nothing; fields that a rule
 * binds together travel together. Returns the ids of the records, the form's own first.
 */
export const saveForm = async (form: FormState): Promise<readonly string[]> => {
  const { values } = readForm(form);
  const companion = readCompanion(form);
  const days = alsoOn(form);
  const { device, engine } = await session();
  const id = (form.id.value ??= await engine.newRecordId(device));
  const { original } = form.before;
  // From the disk: she may have been moved while the form was open.
  const unit = original?.unit ?? (await engine.readSealedMeta(device, 'scope'))?.me.unit ?? '';
  const newId = (): Promise<string> => engine.newRecordId(device);
  const answer = String(form.typed.value['answer'] ?? '').trim();
  const doings: Doing[] = saving(form.kind, unit, id, original, values, answer);
  for (const day of days) {
    // A photo shows one day.
    const copy = { ...values, start_date: day, end_date: day, evidence: [] };
    doings.push(...saving(form.kind, unit, await newId(), null, copy));
  }
  const before = form.before.companion;
  if (companion !== null) {
    const { kind } = companion;
    const link = kinds[kind].parent?.field ?? '';
    const fields = { ...companion.values, [link]: id };
    doings.push(...saving(kind, unit, before?.id ?? (await newId()), before, fields));
  } else if (before !== null && before.state !== 'void' && before.state !== 'locked')
    doings.push({ record: before.id, deed: { do: 'void', note: more.value.form.toCounts } });
  // Refused words equal what is shown of a record that a restored server has not told of yet: they are said again, whole.
  if (doings.length === 0 && original?.rev === 0)
    doings.push({ record: id, deed: { do: 'save', kind: form.kind, unit, patch: own(form.kind, values) } });
  await saveAndSend(doings, { form: id, fresh: original === null });
  void navigator.storage?.persist?.().catch(() => false);
  return [id, ...doings.slice(1, 1 + days.length).map(({ record }) => record)];
};

const saving = (
  kind: Kind,
  unit: string,
  record: string,
  original: RecordState | null,
  values: Values,
  answer = '',
): Doing[] => {
  const patch =
    original === null ? own(kind, values) : changedGroups(kind, original.fields, own(kind, values));
  // The form's own record is sent again even unchanged: that is her answer to a return.
  const idle = original !== null && original.state !== 'returned' && Object.keys(patch).length === 0;
  const said = answer === '' ? {} : { answer };
  return idle ? [] : [{ record, base: original?.rev, deed: { do: 'save', kind, unit, patch, ...said } }];
};

/** What only a reviewer judges is not the author's to send. */
const own = (kind: Kind, values: Values): Values =>
  Object.fromEntries(Object.entries(values).filter(([name]) => kinds[kind].fields[name]?.by !== 'reviewer'));

const changedGroups = (kind: Kind, before: Values, after: Values): Values => {
  const { fields } = kinds[kind];
  const changed = new Set(
    Object.keys(after)
      .filter((name) => !sameValue(before[name], after[name]))
      .map((name) => groupOf(fields, name)),
  );
  return Object.fromEntries(Object.entries(after).filter(([name]) => changed.has(groupOf(fields, name))));
};
