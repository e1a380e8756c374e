import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

/** An icon's drawing, as lucide ships it. */
type IconNode = readonly (readonly [
  tag: string,
  attributes: Readonly<Record<string, string | number | undefined>>,
])[];

const namespace = 'http://www.w3.org/2000/svg';

const put = (element: Element, attributes: Readonly<Record<string, string | number | undefined>>): void => {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
};

const drawn = new WeakMap<IconNode, SVGSVGElement>();

/** Drawn once and copied then: a list has hundreds of the same few, and on a slow phone they cost more than its words. */
const drawing = (of: IconNode): SVGSVGElement => {
  const known = drawn.get(of);
  if (known !== undefined) return known;
  const svg = document.createElementNS(namespace, 'svg');
  put(svg, {
    class: 'icon',
    viewBox: '0 0 24 24',
    fill: 'none',
    stroke: 'currentColor',
    'stroke-width': 2,
    'stroke-linecap': 'round',
    'stroke-linejoin': 'round',
    'aria-hidden': 'true',
  });
  for (const [tag, attributes] of of) {
    const part = document.createElementNS(namespace, tag);
    put(part, attributes);
    svg.append(part);
  }
  drawn.set(of, svg);
  return svg;
};

/** A picture beside a word; it says nothing to a screen reader, the word does. */
export const Icon = ({ of, size = 20 }: { of: IconNode; size?: number }): JSX.Element => {
  const place = useRef<HTMLSpanElement>(null);
  useLayoutEffect(() => {
    const svg = drawing(of).cloneNode(true) as SVGSVGElement;
    put(svg, { width: size, height: size });
    place.current?.replaceChildren(svg);
  }, [of, size]);
  return <span class="icon-place" ref={place} />;
};
