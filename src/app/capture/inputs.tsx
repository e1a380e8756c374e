import { Check } from 'lucide';
import type { JSX } from 'preact';
import { kinds } from '../../domain/records/kinds.ts';
import { lists, measureOfForm } from '../../domain/records/lists.ts';
import type { ListName, Measure } from '../../domain/records/lists.ts';
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
export const fieldOf = (form: FormState, name: string) => kinds[form.kind].fields[name];

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
  const list = fieldOf(form, name)?.list as ListName;
  const codes: readonly string[] = lists[list];
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
export const isButtonChoice = (list: ListName | undefined): boolean =>
  list !== undefined && lists[list].length <= 4;

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
  list: ListName;
  code: string;
  chosen: string;
}): JSX.Element => (
  <option value={code} selected={chosen === code}>
    {labelOf(list, code)}
  </option>
);

const ChoicesInput = ({ form, name }: InputProps): JSX.Element => {
  const list = fieldOf(form, name)?.list as ListName;
  const chosen = listOf(form, name);
  const toggle = (code: string): void => {
    type(form, name, chosen.includes(code) ? chosen.filter((c) => c !== code) : [...chosen, code]);
    leave(form, name);
  };
  return (
    <div class="chips">
      {lists[list].map((code) => (
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
    </div>
  );
};

/** The controls that the first section needs. */
export const firstInputs: Inputs = { text: TextInput, choice: ChoiceInput, choices: ChoicesInput };
