import type { JSX } from 'preact';
import { isEmpty } from '../../domain/records/field.ts';
import { partsOf } from '../../domain/records/typed.ts';
import { OfModel } from '../record/of-model.tsx';
import { fill, more } from '../text/words.ts';
import { ModelNotice, isModelKind } from '../ui/model-notice.tsx';
import { asksForDays } from './also-on.ts';
import { AlsoOnInput } from './also-on-input.tsx';
import { FormSection, sectionsOf } from './form-section.tsx';
import { inputs } from './more-inputs.tsx';
import { askedFields } from './form-state.ts';
import type { FormState } from './form-state.ts';
import { Usual, useUsual } from './usual.tsx';

type Props = { readonly form: FormState; readonly marks: readonly string[]; readonly from: number };

/** How many parts have all that they need. */
const Progress = ({ form }: { form: FormState }): JSX.Element => {
  const sections = sectionsOf(form);
  const lacking = new Set(
    askedFields(form)
      .filter(
        ([name, field]) =>
          (field.required?.(form.typed.value) ?? false) &&
          isEmpty(form.typed.value[name]) &&
          partsOf(form.fields, name) === undefined,
      )
      .map(([, field]) => field.section),
  );
  const done = sections.length - lacking.size;
  const label = fill(more.value.form.progress, { n: done, m: sections.length });
  return (
    <progress class="form-progress" max={sections.length} value={done} aria-label={label} title={label} />
  );
};

/** The sections of a form from a given one on, with their controls. */
export const LaterSections = ({ form, marks, from }: Props): JSX.Element => {
  const titles = more.value.form.sections as Readonly<Record<string, string>>;
  const usual = useUsual(form);
  return (
    <>
      {isModelKind(form.kind) && <ModelNotice />}
      <OfModel id={form.typed.value['model']} />
      <Progress form={form} />
      {sectionsOf(form)
        .slice(from)
        .map((section) => (
          <FormSection
            key={section}
            form={form}
            marks={marks}
            section={section}
            title={titles[section] ?? ''}
            inputs={inputs}
            below={(name) => <Usual form={form} name={name} values={usual[name] ?? []} />}
          >
            {section === 'when' && asksForDays(form) && <AlsoOnInput form={form} />}
            {section === 'notes' && <p class="hint strong">{more.value.form.noPersonal}</p>}
          </FormSection>
        ))}
    </>
  );
};
