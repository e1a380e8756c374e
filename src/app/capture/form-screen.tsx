import { ArrowLeft, Check, CircleAlert, LoaderCircle, MessageSquareWarning, Trash2 } from 'lucide';
import { useLocation, useRoute } from 'preact-iso/router';
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Comment, RecordState } from '../../domain/change.ts';
import { isError } from '../../domain/records/field.ts';
import type { Finding } from '../../domain/records/field.ts';
import type { Typed } from '../../domain/records/typed.ts';
import { formsAsked, now, session } from '../session.ts';
import { showTime } from '../text/time.ts';
import { fieldLabel, fill, loadMore, more, words } from '../text/words.ts';
import { Icon } from '../ui/icon.tsx';
import { toast } from '../ui/toast.tsx';
import { inputId } from './field-frame.tsx';
import { useDraftLock } from './draft-lock.ts';
import { FormBody } from './form-body.tsx';
import { judge, newFormState, settled } from './form-state.ts';
import type { FormState } from './form-state.ts';

/** A new activity, an unfinished one, or one that is mended. The empty form needs nothing from the store. */
export const FormScreen = (): JSX.Element => {
  const id = useRoute().params['id'] ?? null;
  const asked = formsAsked.value;
  const [form, setForm] = useState<FormState | null>(null);
  const [original, setOriginal] = useState<RecordState | null>(null);
  const [missing, setMissing] = useState(false);
  useEffect(() => {
    let live = true;
    const show = (opened: Opened | null): void => {
      if (!live) return;
      setMissing(opened === null);
      setOriginal(opened?.original ?? null);
      setForm(opened?.form ?? null);
    };
    if (id === null) show({ form: newFormState('activity', {}, null), original: null });
    else void openForm(id).then(show, () => show(null));
    return () => {
      live = false;
    };
  }, [id, asked]);
  if (missing) return <p class="empty">{more.value.form.notFound}</p>;
  if (form === null) return <p class="empty">{words.value.common.loading}</p>;
  return <Form key={`${id} ${asked}`} form={form} original={original} />;
};

/** A form with what it starts from; an edit starts from the record as it is. */
type Opened = { readonly form: FormState; readonly original: RecordState | null };

const openForm = async (id: string): Promise<Opened | null> => {
  await loadMore();
  const { device, engine } = await session();
  const [draft, held] = await Promise.all([engine.readDraft(device, id), engine.readRecord(device, id)]);
  const original = held === null ? null : held.record;
  if (draft !== undefined) {
    const form = newFormState(draft.kind, draft.typed, id);
    form.keeping.value = { state: 'kept', at: draft.updated };
    if (draft.refused) {
      form.tried.value = true;
      await judge(form);
    }
    return { form, original };
  }
  if (held === null) return null;
  const { toTyped } = await import('../../domain/records/typed.ts');
  return {
    form: newFormState(held.record.kind, toTyped(held.record.kind, held.record.fields), id),
    original,
  };
};

const Form = ({ form, original }: { form: FormState; original: RecordState | null }): JSX.Element => {
  const { route } = useLocation();
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  // The form as it stood when doubts were shown: sending it anyway holds for exactly these words.
  const [doubted, setDoubted] = useState<Typed | null>(null);
  const doubting = doubted === form.typed.value;
  const element = useRef<HTMLFormElement>(null);
  const w = words.value.form;
  // The address follows the draft, so that a killed tab comes back to it.
  const draftId = form.id.value;
  const mine = useDraftLock(draftId);
  useEffect(() => {
    if (draftId !== null && location.pathname === '/ghi') history.replaceState(null, '', `/ghi/${draftId}`);
  }, [draftId]);
  if (!mine)
    return (
      <p class="note warn" role="alert">
        {more.value.form.otherOpen}
      </p>
    );
  const errors = form.tried.value ? form.findings.value.filter(isError) : [];

  const submit = async (): Promise<void> => {
    setBusy(true);
    setTrouble(null);
    try {
      const findings = await judge(form);
      form.tried.value = true;
      const wrong = findings.filter(isError);
      const doubts = findings.filter((finding) => !isError(finding));
      if (wrong.length > 0) return focusFirst(element.current, wrong);
      if (doubts.length > 0 && !doubting) return setDoubted(form.typed.value);
      await settled();
      const saved = await (await import('./submit.ts')).saveForm(form, original);
      toast(more.value.form.submitted);
      route(`/nhat-ky/${saved}`, true);
    } catch (error) {
      setTrouble((await import('../text/trouble-text.ts')).troubleText(error));
    } finally {
      setBusy(false);
    }
  };

  return (
    <form
      ref={element}
      class="form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <header class="form-head">
        <a
          class="icon-button"
          href={original === null ? '/' : `/nhat-ky/${original.id}`}
          aria-label={words.value.common.back}
        >
          <Icon of={ArrowLeft} />
        </a>
        <h1>{original === null ? w.newTitle : w.editTitle}</h1>
      </header>
      {original?.comment && <ReviewerComment comment={original.comment} />}
      <FormBody form={form} marks={original?.comment?.marks ?? []} />
      {errors.length > 0 && (
        <div class="note bad" role="alert">
          <p>
            <Icon of={CircleAlert} /> {fill(more.value.form.problems, { n: errors.length })}
          </p>
          <button
            type="button"
            class="button small plain"
            onClick={() => focusFirst(element.current, errors)}
          >
            {more.value.form.jump}
          </button>
        </div>
      )}
      {doubting && <Doubts form={form} />}
      {trouble !== null && (
        <p class="note bad" role="alert">
          {trouble}
        </p>
      )}
      <div class="form-foot">
        <DraftState form={form} />
        <DiscardButton form={form} isEdit={original !== null} />
        <button type="submit" class="button" disabled={busy}>
          {busy
            ? w.submitting
            : doubting
              ? more.value.form.submitAnyway
              : original === null
                ? w.submit
                : w.resubmit}
        </button>
      </div>
    </form>
  );
};

/** Takes her to the first field that is wrong, in the order of the form. */
const focusFirst = (form: HTMLFormElement | null, findings: readonly Finding[]): void => {
  const wrong = new Set(findings.map((finding) => finding.field));
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

const ReviewerComment = ({ comment }: { comment: Comment }): JSX.Element => (
  <div class="note warn">
    <p>
      <Icon of={MessageSquareWarning} /> <strong>{more.value.form.comment}</strong>
    </p>
    <p class="comment-text">{comment.note}</p>
  </div>
);

const Doubts = ({ form }: { form: FormState }): JSX.Element => (
  <div class="note warn" role="alert">
    <p>
      <strong>{more.value.form.warnings}</strong>
    </p>
    <ul>
      {form.findings.value
        .filter((finding) => !isError(finding))
        .map((finding) => (
          <li key={`${finding.field}${finding.code}`}>
            {fieldLabel(finding.field)}: {form.explain.value(finding)}
          </li>
        ))}
    </ul>
  </div>
);

const DraftState = ({ form }: { form: FormState }): JSX.Element => {
  const w = words.value.form;
  const { keeping } = form;
  const state = keeping.value.state;
  const text = { untouched: w.untouched, keeping: w.keeping, failed: w.notKept, kept: '' }[state];
  return (
    <span class={`draft-state ${state}`} role="status" data-keeping={state}>
      <Icon of={state === 'kept' ? Check : state === 'failed' ? CircleAlert : LoaderCircle} size={16} />
      {keeping.value.state === 'kept' ? fill(w.kept, { time: showTime(keeping.value.at, now()) }) : text}
    </span>
  );
};

const DiscardButton = ({ form, isEdit }: { form: FormState; isEdit: boolean }): JSX.Element | null => {
  const { route } = useLocation();
  const w = words.value.form;
  const id = form.id.value;
  if (id === null || form.keeping.value.state === 'untouched') return null;
  const discard = async (): Promise<void> => {
    await settled();
    const { device, engine } = await session();
    await loadMore();
    const draft = await engine.discardDraft(device, id);
    route(isEdit ? `/nhat-ky/${id}` : '/', true);
    if (draft === undefined) return;
    const restore = async (): Promise<void> => {
      await engine.restoreDraft(device, draft);
      route(`/ghi/${id}`);
    };
    toast(more.value.form.discarded, { label: more.value.form.restore, run: () => void restore() });
  };
  return (
    <button
      type="button"
      class="icon-button"
      aria-label={w.discard}
      title={w.discard}
      onClick={() => void discard()}
    >
      <Icon of={Trash2} />
    </button>
  );
};
