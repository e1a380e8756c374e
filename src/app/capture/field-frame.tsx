import { CircleAlert, TriangleAlert } from 'lucide';
import type { ComponentChildren, JSX } from 'preact';
import { isEmpty, isError } from '../../domain/records/field.ts';
import type { Finding } from '../../domain/records/field.ts';
import { fieldLabel, hintOf, more, words } from '../text/words.ts';
import { Icon } from '../ui/icon.tsx';
import { shownFindings } from './form-state.ts';
import type { FormState } from './form-state.ts';

type FrameProps = {
  readonly form: FormState;
  readonly name: string;
  /** A group of controls is a fieldset with a legend; a single one is labelled. */
  readonly group?: boolean;
  readonly marked?: boolean;
  readonly children: ComponentChildren;
};

const hintId = (name: string): string => `hint-${name}`;
const errorsId = (name: string): string => `errors-${name}`;
export const inputId = (name: string): string => `field-${name}`;

/** Attributes that tie a control to the messages below it. */
export const describe = (
  form: FormState,
  name: string,
): { id: string; 'aria-describedby': string; 'aria-invalid': boolean } => ({
  id: inputId(name),
  'aria-describedby': `${errorsId(name)} ${hintId(name)}`,
  'aria-invalid': shownFindings(form, name).some(isError),
});

/** A field's label, its control, its hint and what is wrong with it, in this order everywhere. */
export const FieldFrame = ({
  form,
  name,
  group = false,
  marked = false,
  children,
}: FrameProps): JSX.Element => {
  const field = form.fields[name];
  const required = field?.required?.(form.typed.value) ?? false;
  const label = (
    <>
      {fieldLabel(name, form.kind)}
      {!required && <span class="optional"> ({words.value.common.optional})</span>}
      {marked && <span class="badge state-returned">{more.value.form.marked}</span>}
    </>
  );
  const hint = hintOf(name);
  const remark = form.before.original?.comment?.remarks?.[name];
  const body = (
    <>
      {marked && remark && <p class="comment-text">“{remark}”</p>}
      {children}
      {hint && (
        <p class="hint" id={hintId(name)}>
          {hint}
        </p>
      )}
      <Messages form={form} name={name} />
    </>
  );
  return group ? (
    <fieldset class={`field ${marked ? 'marked' : ''}`} data-field={name} aria-describedby={errorsId(name)}>
      <legend class="label" id={inputId(name)} tabIndex={-1}>
        {label}
      </legend>
      {body}
    </fieldset>
  ) : (
    <div class={`field ${marked ? 'marked' : ''}`} data-field={name}>
      <label class="label" for={inputId(name)}>
        {label}
      </label>
      {body}
    </div>
  );
};

const Messages = ({ form, name }: { form: FormState; name: string }): JSX.Element => (
  <div class="messages" id={errorsId(name)} aria-live="polite">
    {shownFindings(form, name)
      .filter(({ row }) => row === undefined)
      .map((finding) => (
        <FindingLine key={finding.code} form={form} finding={finding} />
      ))}
  </div>
);

/** One message. */
export const FindingLine = ({ form, finding }: { form: FormState; finding: Finding }): JSX.Element => (
  <p class={isError(finding) ? 'message error' : 'message warning'} data-code={finding.code}>
    <Icon of={isError(finding) ? CircleAlert : TriangleAlert} size={16} />
    {form.explain.value(finding, isEmpty(form.typed.value[finding.field]))}
  </p>
);
