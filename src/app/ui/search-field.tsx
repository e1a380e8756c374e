import type { JSX } from 'preact';

/** A search over what stands below it; its label is its placeholder. */
export const SearchField = ({
  label,
  value,
  set,
  ready,
}: {
  label: string;
  value: string;
  set: (text: string) => void;
  /** Called when she turns to it. */
  ready?: () => void;
}): JSX.Element => (
  <input
    type="search"
    aria-label={label}
    placeholder={label}
    value={value}
    onFocus={ready}
    onInput={(event) => set(event.currentTarget.value)}
  />
);
