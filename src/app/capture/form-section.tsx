import type { ComponentChildren, JSX } from 'preact';
import { useState } from 'preact/hooks';
import { isEmpty } from '../../domain/records/field.ts';
import type { Field } from '../../domain/records/field.ts';
import { words } from '../text/words.ts';
import { FieldFrame } from './field-frame.tsx';
import { askedFields } from './form-state.ts';
import type { FormState } from './form-state.ts';
import { isButtonChoice } from './inputs.tsx';
import type { Inputs } from './inputs.tsx';

type Props = {
  readonly form: FormState;
  readonly section: string;
  readonly title: string;
  readonly marks: readonly string[];
  readonly inputs: Inputs;
  /** What stands below a control: what is usually entered there. */
  readonly below?: (name: string) => JSX.Element | null;
  readonly children?: ComponentChildren;
};

/** The sections that the form has now, in the order of the declaration. */
export const sectionsOf = (form: FormState): string[] => [
  ...new Set(askedFields(form).map(([, field]) => field.section)),
];

/** Fields that few records need stay behind "more", unless one of them is filled, marked or wrong. */
export const FormSection = ({ form, section, title, marks, inputs, below, children }: Props): JSX.Element => {
  const [opened, setOpened] = useState(false);
  const fields = askedFields(form).filter(([, field]) => field.section === section);
  const needed = ([name]: readonly [string, Field]): boolean =>
    !isEmpty(form.typed.value[name]) ||
    marks.includes(name) ||
    (form.tried.value && form.findings.value.some((finding) => finding.field === name));
  const rare = fields.filter(([, field]) => field.optional);
  const open = opened || rare.some(needed);
  return (
    <section class="card form-section">
      <h2>{title}</h2>
      {fields
        .filter(([, field]) => !field.optional || open)
        .map(([name, field]) => drawField({ form, marks, inputs, below }, name, field))}
      {rare.length > 0 && !open && (
        <button type="button" class="button small plain" onClick={() => setOpened(true)}>
          {words.value.form.more}
        </button>
      )}
      {children}
    </section>
  );
};

const groups: readonly Field['type'][] = ['choices', 'tasks', 'campaign', 'rows', 'bool', 'evidence'];

const drawField = (
  { form, marks, inputs, below }: Pick<Props, 'form' | 'marks' | 'inputs' | 'below'>,
  name: string,
  field: Field,
): JSX.Element => {
  const Input = inputs[name] ?? inputs[field.type];
  const isGroup =
    groups.includes(field.type) || name in inputs || (field.type === 'choice' && isButtonChoice(field));
  return (
    <FieldFrame key={name} form={form} name={name} marked={marks.includes(name)} group={isGroup}>
      {Input !== undefined && <Input form={form} name={name} />}
      {below?.(name)}
    </FieldFrame>
  );
};
