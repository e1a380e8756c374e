import type { JSX } from 'preact';
import { h } from 'preact';

/** An icon's drawing, as lucide ships it. */
type IconNode = readonly (readonly [
  tag: string,
  attributes: Readonly<Record<string, string | number | undefined>>,
])[];

/** A picture beside a word; it says nothing to a screen reader, the word does. */
export const Icon = ({ of, size = 20 }: { of: IconNode; size?: number }): JSX.Element => (
  <svg
    class="icon"
    width={size}
    height={size}
    viewBox="0 0 24 24"
    fill="none"
    stroke="currentColor"
    stroke-width="2"
    stroke-linecap="round"
    stroke-linejoin="round"
    aria-hidden="true"
  >
    {of.map(([tag, attributes]) => h(tag, attributes))}
  </svg>
);
