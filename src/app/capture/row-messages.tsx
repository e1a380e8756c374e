import type { JSX } from 'preact';
import { FindingLine } from './field-frame.tsx';
import { shownFindings } from './form-state.ts';
import type { FormState } from './form-state.ts';

type Props = { readonly form: FormState; readonly name: string; readonly row: number };

/** What is wrong with one line of a list, right below it. */
export const RowMessages = ({ form, name, row }: Props): JSX.Element => (
  <div class="messages" aria-live="polite">
    {shownFindings(form, name)
      .filter((finding) => finding.row === row)
      .map((finding) => (
        <FindingLine key={finding.code} form={form} finding={finding} />
      ))}
  </div>
);
