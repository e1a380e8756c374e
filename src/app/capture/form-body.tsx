import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { loadMore, words } from '../text/words.ts';
import type { FormState } from './form-state.ts';
import { firstInputs } from './inputs.tsx';
import { FormSection, sectionsOf } from './form-section.tsx';

const retryMs = 3000;

type Rest = (props: RestProps) => JSX.Element;
type BodyProps = { readonly form: FormState; readonly marks: readonly string[] };
type RestProps = BodyProps & { readonly from: number };

/**
 * The first section at once, the others when her first letters are safe, when a record is opened, or when she comes to
 * them: so typing can begin before most of the form, and all of the database, has been fetched.
 */
export const FormBody = ({ form, marks }: BodyProps): JSX.Element => {
  const [Rest, setRest] = useState<{ draw: Rest } | null>(null);
  const place = useRef<HTMLParagraphElement>(null);
  // Only an activity's first section has its words with it; every other form is drawn when all of them are there.
  const split = form.kind === 'activity';
  const begun = !split || form.keeping.value.state === 'kept' || form.tried.value || form.wasThere;
  useEffect(() => {
    if (Rest !== null || place.current === null) return;
    let again: ReturnType<typeof setTimeout> | undefined;
    const fetchRest = async (): Promise<void> => {
      const [{ LaterSections }] = await Promise.all([import('./later-sections.tsx'), loadMore()]);
      setRest({ draw: LaterSections });
    };
    // A file that did not come is asked for again, until it does.
    const insist = (): void => void fetchRest().catch(() => (again = setTimeout(insist, retryMs)));
    if (begun) insist();
    const near = new IntersectionObserver(([entry]) => entry?.isIntersecting === true && insist());
    near.observe(place.current);
    return () => {
      near.disconnect();
      clearTimeout(again);
    };
  }, [begun]);
  const [first = ''] = sectionsOf(form);
  return (
    <>
      {split && (
        <FormSection
          form={form}
          marks={marks}
          section={first}
          title={words.value.form.firstSection}
          inputs={firstInputs}
        />
      )}
      {Rest === null ? (
        <p class="empty" ref={place}>
          {words.value.common.loading}
        </p>
      ) : (
        <Rest.draw form={form} marks={marks} from={split ? 1 : 0} />
      )}
    </>
  );
};
