import { Send } from 'lucide';
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { handIn } from '../../device/report.ts';
import type { ReportKey, ReportView } from '../../device/report.ts';
import type { Scope } from '../../protocol/scope.ts';
import { saveAndSend } from '../send.ts';
import { session } from '../session.ts';
import { reportWords } from '../text/report-words.ts';
import { troubleText } from '../text/trouble-text.ts';
import { fill, words } from '../text/words.ts';
import { Icon } from '../ui/icon.tsx';
import { toast } from '../ui/toast.tsx';
import { settled, toFields } from './report-draft.ts';
import type { ReportDraft } from './report-draft.ts';

type Props = {
  readonly draft: ReportDraft;
  readonly reportKey: ReportKey;
  readonly view: ReportView;
  readonly scope: Scope;
  readonly name: string;
  readonly done: () => void;
};

/** Closes the figures as they are now and hands the report to the unit above, after one honest question. */
export const HandIn = ({ draft, reportKey, view, scope, name, done }: Props): JSX.Element => {
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const yes = useRef<HTMLButtonElement>(null);
  const opener = useRef<HTMLButtonElement>(null);
  const stop = (): void => {
    setAsking(false);
    // The keyboard goes back to where it came from.
    setTimeout(() => opener.current?.focus());
  };
  const w = reportWords.value;
  useEffect(() => {
    if (asking) yes.current?.focus();
  }, [asking]);
  const open = view.counted.filter(({ state }) => state === 'approved').length;
  const run = async (): Promise<void> => {
    if (busy) return;
    const { fields, isRead } = toFields(draft.written.value);
    if (!isRead) return setProblem(w.fixFirst);
    setBusy(true);
    try {
      await settled();
      const { device, engine } = await session();
      const id = (draft.id.value ??= await engine.newRecordId(device));
      await saveAndSend(await handIn(device, scope, reportKey, id, fields), { form: id });
      toast(w.handedIn);
      setAsking(false);
      done();
    } catch (error) {
      setProblem(troubleText(error));
    } finally {
      setBusy(false);
    }
  };
  const question = scope.me.role === 'officer' ? w.handInAsk : w.handInAskCommune;
  return (
    <section class="hand-in screen-only">
      {asking ? (
        <div
          class="note"
          role="alertdialog"
          aria-label={w.handIn}
          onKeyDown={(event) => event.key === 'Escape' && stop()}
        >
          <p>{fill(question, { name, n: open })}</p>
          <div class="actions">
            <button type="button" class="button plain" onClick={stop}>
              {words.value.common.cancel}
            </button>
            <button type="button" class="button" ref={yes} disabled={busy} onClick={() => void run()}>
              {busy ? w.handingIn : w.handIn}
            </button>
          </div>
        </div>
      ) : (
        <button
          type="button"
          class="button"
          ref={opener}
          onClick={() => {
            setProblem(null);
            setAsking(true);
          }}
        >
          <Icon of={Send} /> {view.held === null ? w.handIn : w.handInAgain}
        </button>
      )}
      {problem !== null && (
        <p class="message error" role="alert">
          {problem}
        </p>
      )}
    </section>
  );
};
