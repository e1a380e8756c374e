import type { JSX } from 'preact';

/** A search over what stands below it; its label is its placeholder. */
export const SearchField = ({
  label,
  value,
  set,
}: {
  label: string;
  value: string;
  set: (text: string) => void;
}): JSX.Element => (
  <input
    type="search"
    aria-label={label}
    placeholder={label}
    value={value}
    onInput={(event) => set(event.currentTarget.value)}
  />
);
