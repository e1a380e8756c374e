import { ArrowLeft, Check, CircleAlert, LoaderCircle, PencilLine } from 'lucide';
import { useLocation, useRoute } from 'preact-iso/router';
import type { JSX } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { activityFields } from '../../domain/records/activity.ts';
import type { Typed } from '../../domain/records/typed.ts';
import { formsAsked, now } from '../session.ts';
import { showTime } from '../text/time.ts';
import { fill, more, words } from '../text/words.ts';
import { Icon } from '../ui/icon.tsx';
import { toast } from '../ui/toast.tsx';
import type { Answer } from './answers.tsx';
import type * as AnswersModule from './answers.tsx';
import type * as DiscardModule from './discard.tsx';
import { useDraftLock } from './draft-lock.ts';
import { FormBody } from './form-body.tsx';
import { cameFrom, newFormState } from './form-state.ts';
import type { FormState } from './form-state.ts';

/** A new record, an unfinished one, or one that is mended. The empty activity needs nothing from the store. */
export const FormScreen = (): JSX.Element => {
  const id = useRoute().params['id'] ?? null;
  const { route, query } = useLocation();
  const asked = `${id} ${JSON.stringify(query)} ${formsAsked.value}`;
  const [form, setForm] = useState<FormState | null>(null);
  useEffect(() => {
    let live = true;
    const show = (opened: FormState | null): void => {
      if (!live) return;
      // Neither a draft nor a record: the record's page says so.
      if (opened === null) return route(id === null ? '/' : `/nhat-ky/${id}`, true);
      setForm(opened);
    };
    if (id === null && (query['loai'] ?? query['nhu'] ?? query['ke-hoach']) === undefined)
      show(newFormState('activity', activityFields, {}, null));
    else
      void import('./open-form.ts').then(({ openForm }) => openForm(id, query)).then(show, () => show(null));
    return () => {
      live = false;
    };
  }, [asked]);
  if (form === null) return <p class="empty">{words.value.common.loading}</p>;
  return <Form key={asked} form={form} />;
};

const Form = ({ form }: { form: FormState }): JSX.Element => {
  const { route } = useLocation();
  const { original } = form.before;
  const [answers, setAnswers] = useState<typeof AnswersModule | null>(null);
  const [answer, setAnswer] = useState<(Answer & { readonly to: Typed }) | null>(null);
  const element = useRef<HTMLFormElement>(null);
  const w = words.value.form;
  // The address follows the draft, so that a killed tab comes back to it.
  const draftId = form.id.value;
  const mine = useDraftLock(draftId);
  // What answers a submission is there before she submits, but not before her first letters are safe.
  const begun = form.wasThere || form.keeping.value.state === 'kept';
  useEffect(() => {
    if (begun) void import('./answers.tsx').then(setAnswers, () => undefined);
  }, [begun]);
  useEffect(() => {
    if (draftId !== null && location.pathname === '/ghi') history.replaceState(null, '', `/ghi/${draftId}`);
  }, [draftId]);
  // Drawn once: its fields follow the form by themselves, so a tap on a button draws the buttons only.
  const body = useMemo(() => <FormBody form={form} marks={original?.comment?.marks ?? []} />, [form]);
  if (!mine)
    return (
      <p class="note warn" role="alert">
        {more.value.form.otherOpen}
      </p>
    );
  const submit = async (evenSo: boolean): Promise<void> => {
    if (form.sending.now) return;
    form.sending.now = true;
    // Most saves are over before this could be read, and drawing it would make them longer.
    const slow = setTimeout(() => (form.busy.value = true), 200);
    try {
      const loaded = answers ?? (await import('./answers.tsx'));
      setAnswers(loaded);
      const given = await loaded.submitForm(form, evenSo);
      if (given.kind !== 'saved') setAnswer({ ...given, to: form.typed.value });
      if (given.kind === 'wrong') loaded.focusFirst(element.current, form.findings.value);
      if (given.kind !== 'saved') return;
      const [saved = ''] = given.ids;
      const n = given.ids.length;
      toast(n === 1 ? more.value.form.submitted : fill(more.value.form.submittedMany, { n }));
      // "Saved" is painted first; drawing the next page takes a slow phone longer than saving did.
      await new Promise((painted) => requestAnimationFrame(() => setTimeout(painted)));
      // Figures and events are seen on the page of what they belong to.
      route(`/nhat-ky/${String(form.typed.value['model'] ?? saved)}`, true);
    } catch {
      toast(words.value.signIn.failed);
    } finally {
      clearTimeout(slow);
      form.sending.now = form.busy.value = false;
    }
  };

  return (
    <form ref={element} class="form" noValidate onSubmit={(event) => event.preventDefault()}>
      <header class="form-head">
        <a class="icon-button" href={cameFrom(form)} aria-label={words.value.common.back}>
          <Icon of={ArrowLeft} />
        </a>
        <h1>{titleOf(form)}</h1>
      </header>
      {answers && original?.comment && <answers.ReviewerComment comment={original.comment} form={form} />}
      {body}
      {answers && (
        <answers.Answers
          form={form}
          // An answer holds for exactly the words it was given to.
          answer={answer?.to === form.typed.value ? answer : null}
          busy={form.busy.value}
          jump={() => answers.focusFirst(element.current, form.findings.value)}
          sendEvenSo={() => void submit(true)}
        />
      )}
      <div class="form-foot">
        <DraftState form={form} />
        <Discard form={form} />
        <button
          type="submit"
          class="button"
          disabled={form.busy.value}
          // Before the browser makes a submission of it: on a slow phone it looks through the form for 40 ms first.
          onClick={(event) => {
            event.preventDefault();
            void submit(false);
          }}
        >
          {form.busy.value ? w.submitting : original === null ? w.submit : w.resubmit}
        </button>
      </div>
    </form>
  );
};

const titleOf = ({ kind, before }: FormState): string => {
  const w = words.value.form;
  if (kind === 'activity') return before.original === null ? w.newTitle : w.editTitle;
  const titles = before.original === null ? more.value.newRecord : more.value.editRecord;
  return (titles as Readonly<Record<string, string>>)[kind] ?? '';
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
                ? PencilLine
                : LoaderCircle
        }
        size={16}
      />
      {keeping.value.state === 'kept' ? fill(w.kept, { time: showTime(keeping.value.at, now()) }) : text}
    </span>
  );
};

/** The way to throw a draft away is fetched once there is one. */
const Discard = ({ form }: { form: FormState }): JSX.Element | null => {
  const [button, setButton] = useState<typeof DiscardModule | null>(null);
  const isThere = form.keeping.value.state !== 'untouched';
  useEffect(() => {
    if (isThere) void import('./discard.tsx').then(setButton, () => undefined);
  }, [isThere]);
  return button && <button.DiscardButton form={form} />;
};
