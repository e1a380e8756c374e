import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { words } from '../text/words.ts';
import type { InputProps } from './inputs.tsx';

type Input = (props: InputProps) => JSX.Element | null;

/** A control that is fetched when she begins to type, opens a record or comes to it, so that typing can begin before all of the form is there. */
export const later = (load: () => Promise<Input>): Input => {
  let loaded: Input | null = null;
  return (props) => {
    const [ready, setReady] = useState<{ input: Input } | null>(loaded && { input: loaded });
    const place = useRef<HTMLParagraphElement>(null);
    const { keeping, tried, id } = props.form;
    const begun = keeping.value.state !== 'untouched' || tried.value || id.value !== null;
    useEffect(() => {
      if (ready !== null || place.current === null) return;
      const fetchIt = async (): Promise<void> => {
        loaded = await load();
        setReady({ input: loaded });
      };
      if (begun) return void fetchIt().catch(() => undefined);
      const near = new IntersectionObserver(
        ([entry]) => entry?.isIntersecting === true && void fetchIt().catch(() => undefined),
      );
      near.observe(place.current);
      return () => near.disconnect();
    }, [begun]);
    if (ready === null)
      return (
        <p class="hint" ref={place}>
          {words.value.common.loading}
        </p>
      );
    return <ready.input {...props} />;
  };
};
