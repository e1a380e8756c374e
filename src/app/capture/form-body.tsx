import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { isEmpty } from '../../domain/records/field.ts';
import type { Field } from '../../domain/records/field.ts';
import { kinds } from '../../domain/records/kinds.ts';
import { showNumber } from '../../domain/typed/number.ts';
import { fill, words } from '../text/words.ts';
import { FieldFrame } from './field-frame.tsx';
import type { FormState } from './form-state.ts';
import { ChoiceInput, ChoicesInput, TextInput, isButtonChoice } from './inputs.tsx';
import type { InputProps } from './inputs.tsx';
import { later } from './later.tsx';

const laterInputs = () => import('./later-inputs.tsx');
const TasksInput = later(async () => (await import('./tasks-input.tsx')).TasksInput);

const inputs: Record<Field['type'], ((props: InputProps) => JSX.Element | null) | null> = {
  text: TextInput,
  longText: later(async () => (await laterInputs()).LongTextInput),
  count: later(async () => (await laterInputs()).CountInput),
  date: later(async () => (await laterInputs()).DateInput),
  choice: ChoiceInput,
  choices: ChoicesInput,
  tags: later(async () => (await laterInputs()).TagsInput),
  tasks: TasksInput,
  campaign: later(async () => (await laterInputs()).CampaignInput),
  funding: later(async () => (await laterInputs()).FundingInput),
  evidence: null,
};

const groups: readonly Field['type'][] = ['choices', 'tasks', 'campaign', 'funding'];

/** The fields of a kind, section by section, as its declaration lists them. */
export const FormBody = ({ form, marks }: { form: FormState; marks: readonly string[] }): JSX.Element => {
  const { values } = form.read.value;
  const shown = Object.entries(kinds[form.kind].fields).filter(
    ([, field]) => (field.shown?.(values) ?? true) && inputs[field.type] !== null,
  );
  const sections = [...new Set(shown.map(([, field]) => field.section))];
  return (
    <>
      {sections.map((section) => (
        <Section
          key={section}
          form={form}
          section={section}
          marks={marks}
          fields={shown.filter(([, field]) => field.section === section)}
        />
      ))}
    </>
  );
};

type SectionProps = {
  readonly form: FormState;
  readonly section: string;
  readonly fields: readonly (readonly [string, Field])[];
  readonly marks: readonly string[];
};

/** Fields that few records need stay behind "more", unless one of them is filled, marked or wrong. */
const Section = ({ form, section, fields, marks }: SectionProps): JSX.Element => {
  const [opened, setOpened] = useState(false);
  const needed = ([name]: readonly [string, Field]): boolean =>
    !isEmpty(form.typed.value[name]) ||
    marks.includes(name) ||
    (form.tried.value && form.findings.value.some((f) => f.field === name));
  const more = fields.filter(([, field]) => field.optional);
  const open = opened || more.some(needed);
  const w = words.value.form;
  return (
    <section class="card form-section">
      <h2>{(w.sections as Readonly<Record<string, string>>)[section]}</h2>
      {fields
        .filter(([, field]) => !field.optional || open)
        .map(([name, field]) => drawField(form, name, field, marks))}
      {more.length > 0 && !open && (
        <button type="button" class="button small plain" onClick={() => setOpened(true)}>
          {w.more}
        </button>
      )}
      {section === 'notes' && <p class="hint strong">{w.noPersonal}</p>}
    </section>
  );
};

const drawField = (form: FormState, name: string, field: Field, marks: readonly string[]): JSX.Element => {
  const Input = inputs[field.type];
  const isTotal = name === 'participants_total';
  return (
    <FieldFrame
      key={name}
      form={form}
      name={name}
      marked={marks.includes(name)}
      group={
        isTotal || groups.includes(field.type) || (field.type === 'choice' && isButtonChoice(field.list))
      }
    >
      {isTotal ? <Total form={form} /> : Input !== null && <Input form={form} name={name} />}
    </FieldFrame>
  );
};

/** The sum that the form makes, with how it came about: 118 + 202 = 320. */
const Total = ({ form }: { form: FormState }): JSX.Element => {
  const { values } = form.read.value;
  const parts = ['participants_male', 'participants_female', 'participants_unknown']
    .map((name) => values[name])
    .filter((n): n is number => typeof n === 'number');
  const total = values['participants_total'];
  return (
    <output class="total">
      {typeof total === 'number'
        ? fill(words.value.form.sum, { parts: parts.map(showNumber).join(' + '), total: showNumber(total) })
        : '–'}
    </output>
  );
};
