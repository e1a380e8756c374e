import { Check } from 'lucide';
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { AnyListName, Field } from '../../domain/records/field.ts';
import { lists, measureOfForm } from '../../domain/records/lists.ts';
import type { Measure } from '../../domain/records/lists.ts';
import { labelOf, words } from '../text/words.ts';
import { Icon } from '../ui/icon.tsx';
import { describe } from './field-frame.tsx';
import { leave, type } from './form-state.ts';
import type { FormState } from './form-state.ts';

/** One control for each type of field. All read and write the form as typed; none knows a rule. */
export type InputProps = { readonly form: FormState; readonly name: string };

/** The control of a type of field, or of one field by its name. */
export type Inputs = Readonly<Record<string, (props: InputProps) => JSX.Element | null>>;

export const textOf = (form: FormState, name: string): string => String(form.typed.value[name] ?? '');
export const listOf = (form: FormState, name: string): string[] => (form.typed.value[name] ?? []) as string[];
export const fieldOf = (form: FormState, name: string): Field | undefined => form.fields[name];

const TextInput = ({ form, name }: InputProps): JSX.Element => (
  <input
    {...describe(form, name)}
    value={textOf(form, name)}
    autocomplete="off"
    onInput={(event) => type(form, name, event.currentTarget.value)}
    onBlur={() => leave(form, name)}
  />
);

/** A choice from a list of the phone's own; forms of activity are grouped by what they count. */
export const ChoiceInput = ({ form, name }: InputProps): JSX.Element => {
  const { list = 'topic', codes = [] } = fieldOf(form, name) ?? {};
  const chosen = textOf(form, name);
  const choose = (code: string): void => {
    type(form, name, code);
    leave(form, name);
  };
  return (
    <select {...describe(form, name)} value={chosen} onChange={(event) => choose(event.currentTarget.value)}>
      <option value="">{words.value.common.choose}</option>
      {list === 'activity_form'
        ? measures.map((measure) => <FormGroup key={measure} measure={measure} chosen={chosen} />)
        : codes.map((code) => <Option key={code} list={list} code={code} chosen={chosen} />)}
    </select>
  );
};

/** Whether a choice is drawn as a group of buttons, which needs a legend instead of a label. */
export const isButtonChoice = ({ codes = [] }: Field): boolean => codes.length <= 4;

const measures: readonly Measure[] = ['people', 'broadcast', 'product', 'online', 'document'];

const FormGroup = ({ measure, chosen }: { measure: Measure; chosen: string }): JSX.Element => (
  <optgroup label={words.value.form.measures[measure]}>
    {lists.activity_form
      .filter((code) => measureOfForm[code] === measure)
      .map((code) => (
        <Option key={code} list="activity_form" code={code} chosen={chosen} />
      ))}
  </optgroup>
);

export const Option = ({
  list,
  code,
  chosen,
}: {
  list: AnyListName;
  code: string;
  chosen: string;
}): JSX.Element => (
  <option value={code} selected={chosen === code}>
    {labelOf(list, code)}
  </option>
);

/** Of a long list the first few and what is chosen; the others after a tap. */
const shownAtFirst = 6;

const ChoicesInput = ({ form, name }: InputProps): JSX.Element => {
  const [all, setAll] = useState(false);
  const { list = 'topic', codes = [] } = fieldOf(form, name) ?? {};
  const chosen = listOf(form, name);
  const toggle = (code: string): void => {
    type(form, name, chosen.includes(code) ? chosen.filter((c) => c !== code) : [...chosen, code]);
    leave(form, name);
  };
  const shown = all ? codes : codes.filter((code, i) => i < shownAtFirst || chosen.includes(code));
  return (
    <div class="chips">
      {shown.map((code) => (
        <button
          type="button"
          key={code}
          class="chip"
          aria-pressed={chosen.includes(code)}
          onClick={() => toggle(code)}
        >
          {chosen.includes(code) && <Icon of={Check} size={16} />}
          {labelOf(list, code)}
        </button>
      ))}
      {shown.length < codes.length && (
        <button type="button" class="chip small" onClick={() => setAll(true)}>
          {words.value.common.more} ({codes.length - shown.length})
        </button>
      )}
    </div>
  );
};

/** The controls that the first section needs. */
export const firstInputs: Inputs = { text: TextInput, choice: ChoiceInput, choices: ChoicesInput };
