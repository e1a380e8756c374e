import type { JSX } from 'preact';

type Props = {
  readonly label: string;
  readonly value: string;
  readonly set: (pin: string) => void;
  readonly fresh?: boolean;
  readonly name?: string;
};

/** A PIN: hidden, typed on the number pad, known to the browser's keeper of passwords. */
export const PinField = ({ label, value, set, fresh = false, name = 'pin' }: Props): JSX.Element => (
  <label class="field">
    <span class="label">{label}</span>
    <input
      name={name}
      type="password"
      inputMode="numeric"
      autocomplete={fresh ? 'new-password' : 'current-password'}
      value={value}
      onInput={(event) => set(event.currentTarget.value)}
    />
  </label>
);
