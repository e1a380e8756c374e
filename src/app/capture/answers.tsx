import { CircleAlert, MessageSquareWarning } from 'lucide';
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Comment } from '../../domain/change.ts';
import { isError } from '../../domain/records/field.ts';
import type { Finding } from '../../domain/records/field.ts';
import type { Typed } from '../../domain/records/typed.ts';
import { troubleText } from '../text/trouble-text.ts';
import { fieldLabel, fill, more, words } from '../text/words.ts';
import { Icon } from '../ui/icon.tsx';
import { inputId } from './field-frame.tsx';
import { settled, type } from './form-state.ts';
import type { FormState } from './form-state.ts';
import { judge } from './judge.ts';
import { saveForm } from './submit.ts';

/** What a form answers once she has tried to submit it; fetched then, or when a record is opened. */

export type Answer =
  | { readonly kind: 'wrong' | 'doubts' }
  | { readonly kind: 'saved'; readonly ids: readonly string[] }
  | { readonly kind: 'trouble'; readonly text: string };

/** Judges the form and submits it, unless something is wrong, or doubtful and not overruled (`evenSo`). */
export const submitForm = async (form: FormState, evenSo: boolean): Promise<Answer> => {
  try {
    let judged: Typed;
    do {
      judged = form.typed.value;
      const findings = await judge(form);
      const isWrong = findings.some(isError);
      // Only what is wrong or doubtful is shown at every field; a sound form is not drawn anew to be left.
      if (isWrong || findings.length > 0) form.tried.value = true;
      if (isWrong) return { kind: 'wrong' };
      if (findings.length > 0 && !evenSo) return { kind: 'doubts' };
      await settled();
      // Letters typed since the tap are judged too: what is saved is what was judged.
    } while (form.typed.value !== judged);
    return { kind: 'saved', ids: await saveForm(form) };
  } catch (error) {
    return { kind: 'trouble', text: troubleText(error) };
  }
};

/** Takes her to the first field that is wrong, in the order of the form. */
export const focusFirst = (form: HTMLFormElement | null, findings: readonly Finding[]): void => {
  const wrong = new Set(findings.filter(isError).map((finding) => finding.field));
  // The sections behind "more" open first; they are drawn by then.
  requestAnimationFrame(() => {
    const frame = [...(form?.querySelectorAll<HTMLElement>('[data-field]') ?? [])].find((el) =>
      wrong.has(el.dataset['field'] ?? ''),
    );
    const target = frame?.querySelector<HTMLElement>(`#${inputId(frame.dataset['field'] ?? '')}`);
    (target ?? frame)?.focus({ preventScroll: true });
    frame?.scrollIntoView({ block: 'center' });
  });
};

/** What the reviewer had to say, and the place to answer her; the answer lies in the draft like all that is typed. */
export const ReviewerComment = ({ comment, form }: { comment: Comment; form: FormState }): JSX.Element => (
  <div class="note warn">
    <p>
      <Icon of={MessageSquareWarning} /> <strong>{more.value.form.comment}</strong>
    </p>
    <p class="comment-text">{comment.note}</p>
    {form.before.original?.state === 'returned' && (
      <label class="field">
        <span class="label">
          {more.value.form.answer} <span class="optional">({words.value.common.optional})</span>
        </span>
        <textarea
          rows={2}
          maxLength={500}
          value={String(form.typed.value['answer'] ?? '')}
          onInput={(event) => type(form, 'answer', event.currentTarget.value)}
        />
      </label>
    )}
  </div>
);

type Props = {
  readonly form: FormState;
  readonly answer: Answer | null;
  readonly busy: boolean;
  readonly jump: () => void;
  readonly sendEvenSo: () => void;
};

/** Beside the messages at the fields: how many there are, what is doubtful, and what stood in the way of saving. */
export const Answers = ({ form, answer, busy, jump, sendEvenSo }: Props): JSX.Element => {
  const errors = form.tried.value ? form.findings.value.filter(isError) : [];
  return (
    <>
      {errors.length > 0 && (
        <div class="note bad" role="alert">
          <p>
            <Icon of={CircleAlert} /> {fill(more.value.form.problems, { n: errors.length })}
          </p>
          <button type="button" class="button small plain" onClick={jump}>
            {more.value.form.jump}
          </button>
        </div>
      )}
      {answer?.kind === 'doubts' && <Doubts form={form} send={sendEvenSo} busy={busy} />}
      {answer?.kind === 'trouble' && (
        <p class="note bad" role="alert">
          {answer.text}
        </p>
      )}
    </>
  );
};

/** Doubts are read before they are overruled: the box comes into sight, and the button to send lies in it. */
const Doubts = ({ form, send, busy }: { form: FormState; send: () => void; busy: boolean }): JSX.Element => {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    box.current?.focus({ preventScroll: true });
    box.current?.scrollIntoView({ block: 'center' });
  }, []);
  return (
    <div class="note warn" role="alert" tabIndex={-1} ref={box}>
      <p>
        <strong>{more.value.form.warnings}</strong>
      </p>
      <ul>
        {form.findings.value
          .filter((finding) => !isError(finding))
          .map((finding) => (
            <li key={`${finding.field}${finding.code}${finding.row}`}>
              {fieldLabel(finding.field, form.kind)}: {form.explain.value(finding)}
            </li>
          ))}
      </ul>
      <div class="actions">
        <button type="button" class="button small" disabled={busy} onClick={send}>
          {more.value.form.submitAnyway}
        </button>
      </div>
    </div>
  );
};
