import type { RecordState } from '../../domain/change.ts';
import { sameValue } from '../../domain/records/canonical.ts';
import { groupOf } from '../../domain/records/field.ts';
import type { Values } from '../../domain/records/field.ts';
import { kinds } from '../../domain/records/kinds.ts';
import { session } from '../session.ts';
import { saveAndSend } from '../send.ts';
import type { FormState } from './form-state.ts';
import { readForm } from './judge.ts';

/** Submits what was changed; fields that a rule binds together travel together. Returns the record's id. */
export const saveForm = async (form: FormState, original: RecordState | null): Promise<string> => {
  const { values } = readForm(form);
  const { device, engine } = await session();
  const id = (form.id.value ??= await engine.newRecordId(device));
  const scope = await engine.readSealedMeta(device, 'scope');
  const unit = original?.unit ?? scope?.me.unit ?? '';
  const patch = original === null ? values : changedGroups(form, original.fields, values);
  await saveAndSend(id, { do: 'save', kind: form.kind, unit, patch });
  void navigator.storage?.persist?.().catch(() => false);
  return id;
};

const changedGroups = (form: FormState, before: Values, after: Values): Values => {
  const { fields } = kinds[form.kind];
  const changed = new Set(
    Object.keys(after)
      .filter((name) => !sameValue(before[name], after[name]))
      .map((name) => groupOf(fields, name)),
  );
  return Object.fromEntries(Object.entries(after).filter(([name]) => changed.has(groupOf(fields, name))));
};
