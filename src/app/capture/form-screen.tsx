import { ArrowLeft, Check, CircleAlert, LoaderCircle, Pencil, Trash2 } from 'lucide';
import { useLocation, useRoute } from 'preact-iso/router';
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { RecordState } from '../../domain/change.ts';
import type { Typed } from '../../domain/records/typed.ts';
import { formsAsked, now, session } from '../session.ts';
import { showTime } from '../text/time.ts';
import { fill, loadMore, more, words } from '../text/words.ts';
import { Icon } from '../ui/icon.tsx';
import { toast } from '../ui/toast.tsx';
import type { Answer } from './answers.tsx';
import type * as AnswersModule from './answers.tsx';
import { useDraftLock } from './draft-lock.ts';
import { FormBody } from './form-body.tsx';
import { judge, newFormState } from './form-state.ts';
import type { FormState } from './form-state.ts';

/** A new activity, an unfinished one, or one that is mended. The empty form needs nothing from the store. */
export const FormScreen = (): JSX.Element => {
  const id = useRoute().params['id'] ?? null;
  const asked = formsAsked.value;
  const [form, setForm] = useState<FormState | null>(null);
  const [original, setOriginal] = useState<RecordState | null>(null);
  const { route } = useLocation();
  useEffect(() => {
    let live = true;
    const show = (opened: Opened | null): void => {
      if (!live) return;
      // Neither a draft nor a record: the record's page says so.
      if (opened === null) return route(`/nhat-ky/${id}`, true);
      setOriginal(opened.original);
      setForm(opened.form);
    };
    if (id === null) show({ form: newFormState('activity', {}, null), original: null });
    else void openForm(id).then(show, () => show(null));
    return () => {
      live = false;
    };
  }, [id, asked]);
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
  const [answers, setAnswers] = useState<typeof AnswersModule | null>(null);
  const [answer, setAnswer] = useState<(Answer & { readonly to: Typed }) | null>(null);
  const element = useRef<HTMLFormElement>(null);
  const w = words.value.form;
  // The address follows the draft, so that a killed tab comes back to it.
  const draftId = form.id.value;
  const mine = useDraftLock(draftId);
  useEffect(() => {
    if (form.wasThere) void import('./answers.tsx').then(setAnswers, () => undefined);
  }, []);
  useEffect(() => {
    if (draftId !== null && location.pathname === '/ghi') history.replaceState(null, '', `/ghi/${draftId}`);
  }, [draftId]);
  if (!mine)
    return (
      <p class="note warn" role="alert">
        {more.value.form.otherOpen}
      </p>
    );
  const submit = async (evenSo: boolean): Promise<void> => {
    setBusy(true);
    try {
      const loaded = await import('./answers.tsx');
      setAnswers(loaded);
      const given = await loaded.submitForm(form, original, evenSo);
      setAnswer({ ...given, to: form.typed.value });
      if (given.kind === 'wrong') loaded.focusFirst(element.current, form.findings.value);
      if (given.kind !== 'saved') return;
      toast(more.value.form.submitted);
      route(`/nhat-ky/${given.id}`, true);
    } catch {
      toast(words.value.signIn.failed);
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
        void submit(false);
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
      {answers && original?.comment && <answers.ReviewerComment comment={original.comment} />}
      <FormBody form={form} marks={original?.comment?.marks ?? []} />
      {answers && (
        <answers.Answers
          form={form}
          // An answer holds for exactly the words it was given to.
          answer={answer?.to === form.typed.value ? answer : null}
          busy={busy}
          jump={() => answers.focusFirst(element.current, form.findings.value)}
          sendEvenSo={() => void submit(true)}
        />
      )}
      <div class="form-foot">
        <DraftState form={form} />
        <DiscardButton form={form} isEdit={original !== null} />
        <button type="submit" class="button" disabled={busy}>
          {busy ? w.submitting : original === null ? w.submit : w.resubmit}
        </button>
      </div>
    </form>
  );
};

const DraftState = ({ form }: { form: FormState }): JSX.Element => {
  const w = words.value.form;
  const { keeping } = form;
  const state = keeping.value.state;
  const text = { untouched: w.untouched, keeping: w.keeping, failed: w.notKept, kept: '' }[state];
  return (
    <span class={`draft-state ${state}`} role="status" data-keeping={state}>
      <Icon
        of={
          state === 'kept'
            ? Check
            : state === 'failed'
              ? CircleAlert
              : state === 'untouched'
                ? Pencil
                : LoaderCircle
        }
        size={16}
      />
      {keeping.value.state === 'kept' ? fill(w.kept, { time: showTime(keeping.value.at, now()) }) : text}
    </span>
  );
};

const DiscardButton = ({ form, isEdit }: { form: FormState; isEdit: boolean }): JSX.Element | null => {
  const { route } = useLocation();
  const w = words.value.form;
  const id = form.id.value;
  if (id === null || form.keeping.value.state === 'untouched') return null;
  const discard = async (): Promise<void> => (await import('./discard.ts')).discard(id, isEdit, route);
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
