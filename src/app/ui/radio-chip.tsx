import type { JSX } from 'preact';

type Props = {
  readonly name: string;
  readonly checked: boolean;
  readonly label: string;
  readonly choose: () => void;
  readonly accent?: boolean;
  readonly lang?: string;
};

/** One of a few choices: a real radio button, so that arrows and screen readers work, drawn as a chip. */
export const RadioChip = ({ name, checked, label, choose, accent = false, lang }: Props): JSX.Element => (
  <label class={`chip ${accent ? 'accent' : ''}`} {...(lang === undefined ? {} : { lang })}>
    <input type="radio" name={name} checked={checked} onChange={choose} />
    {label}
  </label>
);
