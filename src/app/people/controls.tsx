import type { JSX } from 'preact';
import type { Unit } from '../../domain/unit.ts';
import { words } from '../text/words.ts';

/** What every form here does after it has written: reads everything anew. */
export type Done = { readonly done: () => Promise<void> };

/** What is wrong, by field, in words. */
export type Problems = Readonly<Record<string, string>>;

/** Lists show so many at the most; the search finds the rest. */
export const shownAtOnce = 100;

export const TextField = ({
  label,
  value,
  set,
  problem,
}: {
  label: string;
  value: string;
  set: (v: string) => void;
  problem?: string | undefined;
}): JSX.Element => (
  <label class="field">
    <span class="label">{label}</span>
    <input
      value={value}
      autocomplete="off"
      autocapitalize="none"
      aria-invalid={problem !== undefined}
      onInput={(event) => set(event.currentTarget.value)}
    />
    {problem !== undefined && (
      <span class="message error" role="alert">
        {problem}
      </span>
    )}
  </label>
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
  <label class="field">
    <span class="label">{label}</span>
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
    {problem !== undefined && (
      <span class="message error" role="alert">
        {problem}
      </span>
    )}
  </label>
);
