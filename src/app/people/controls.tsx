import type { ComponentChildren, JSX } from 'preact';
import type { Unit } from '../../domain/unit.ts';
import { words } from '../text/words.ts';
import { peopleWords } from '../text/people-words.ts';
import { Refused } from '../call.ts';

/** What every form here does after it has written: reads everything anew. */
export type Done = { readonly done: () => Promise<void> };

/** What is wrong, by field, in words; `form` is what concerns no single field. */
export type Problems = Readonly<Record<string, string>>;

/** Why the server did not take a form: beside the field it is about, when `texts` has words for that one. */
export const refusal = (error: unknown, texts: Problems): Problems => {
  if (!(error instanceof Refused)) return { form: peopleWords.value.offline };
  const text = texts[error.field];
  return text === undefined ? { form: words.value.signIn.failed } : { [error.field]: text };
};

/** Lists show so many at the most; the search finds the rest. */
export const shownAtOnce = 100;

export const Message = ({ problem }: { problem: string | undefined }): JSX.Element | null =>
  problem === undefined ? null : (
    <span class="message error" role="alert">
      {problem}
    </span>
  );

const Field = ({
  label,
  problem,
  children,
}: {
  label: string;
  problem: string | undefined;
  children: ComponentChildren;
}): JSX.Element => (
  <label class="field">
    <span class="label">{label}</span>
    {children}
    <Message problem={problem} />
  </label>
);

export const TextField = ({
  label,
  value,
  set,
  most,
  problem,
}: {
  label: string;
  value: string;
  set: (v: string) => void;
  /** The most characters it takes. */
  most: number;
  problem?: string | undefined;
}): JSX.Element => (
  <Field label={label} problem={problem}>
    <input
      value={value}
      maxLength={most}
      autocomplete="off"
      autocapitalize="none"
      aria-invalid={problem !== undefined}
      onInput={(event) => set(event.currentTarget.value)}
    />
  </Field>
);

export const UnitSelect = ({
  label,
  units,
  value,
  set,
  problem,
}: {
  label: string;
  units: readonly Unit[];
  value: string;
  set: (v: string) => void;
  problem?: string | undefined;
}): JSX.Element => (
  <Field label={label} problem={problem}>
    <select
      value={value}
      aria-invalid={problem !== undefined}
      onChange={(event) => set(event.currentTarget.value)}
    >
      <option value="">{words.value.common.choose}</option>
      {units.map((unit) => (
        <option key={unit.id} value={unit.id} selected={unit.id === value}>
          {unit.name} ({unit.code})
        </option>
      ))}
    </select>
  </Field>
);

/** A choice from a short list that always has one chosen. */
export const ChoiceSelect = <T extends string>({
  label,
  options,
  textOf,
  value,
  set,
}: {
  label: string;
  options: readonly T[];
  textOf: (option: T) => string;
  value: T;
  set: (v: T) => void;
}): JSX.Element => (
  <Field label={label} problem={undefined}>
    <select value={value} onChange={(event) => set(event.currentTarget.value as T)}>
      {options.map((option) => (
        <option key={option} value={option} selected={option === value}>
          {textOf(option)}
        </option>
      ))}
    </select>
  </Field>
);
