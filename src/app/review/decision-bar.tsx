import { CircleCheck, Undo2 } from 'lucide';
import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { can } from '../../domain/access.ts';
import type { Deed, RecordState, Remarks } from '../../domain/change.ts';
import { decide } from './decide.ts';
import { unsentReturns } from './unsent-returns.ts';
import { actorOf, placesOf } from '../../device/scope.ts';
import type { Scope } from '../../protocol/scope.ts';
import { phone } from '../session.ts';
import { useStored } from '../stored.ts';
import { troubleText } from '../text/trouble-text.ts';
import { more, words } from '../text/words.ts';
import { Icon } from '../ui/icon.tsx';

const settleMs = 600;

type Props = {
  readonly record: RecordState;
  readonly companion: RecordState | null;
  readonly scope: Scope;
  readonly marks: readonly string[];
  readonly remarks?: Remarks;
  readonly onReturning?: (returning: boolean) => void;
  readonly onDecided?: () => void;
  readonly onTakenBack?: () => void;
};

/** Approve or return; works offline like everything else. Shown only to whom may decide. */
export const DecisionBar = ({
  record,
  companion,
  scope,
  marks,
  remarks = {},
  onReturning,
  onDecided,
  onTakenBack,
}: Props): JSX.Element | null => {
  const [returning, setReturning] = useState(false);
  const [reason, setReason] = useState(unsentReturns.get(record.id)?.reason ?? '');
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const w = more.value.review;
  const reopens =
    useStored(
      ({ device, engine }) => engine.isOpenReport(device, record),
      `report-of-${record.id}-${record.rev}`,
    ).value === true;
  const may =
    can(actorOf(scope), 'decide', record, placesOf(scope)) &&
    (record.state === 'submitted' || record.state === 'approved' || reopens);
  const open = (on: boolean): void => {
    setReturning(on);
    onReturning?.(on);
  };
  const shownAt = useRef(performance.now());
  useEffect(() => {
    if (returning) field.current?.focus();
  }, [returning]);
  const carryOut = async (deed: Extract<Deed, { do: 'approve' | 'return' }>): Promise<void> => {
    if (busy) return;
    setBusy(true);
    try {
      // What was written in one form is decided in one go.
      const both = companion === null ? [record] : [record, companion];
      const written = unsentReturns.get(record.id);
      await decide(both, deed, deed.do === 'approve' ? w.approved : w.returned, () => {
        // What she wrote for a return is there again.
        if (written !== undefined) unsentReturns.set(record.id, written);
        onTakenBack?.();
      });
      open(false);
      unsentReturns.delete(record.id);
      onDecided?.();
    } catch (error) {
      setProblem(troubleText(error));
    } finally {
      setBusy(false);
    }
  };
  useShortcuts({
    // A key pressed for the record before must not decide this one.
    d: () =>
      may &&
      !returning &&
      record.state === 'submitted' &&
      performance.now() - shownAt.current > settleMs &&
      void carryOut({ do: 'approve' }),
    t: () => may && open(true),
  });
  if (!may) return null;
  if (!returning)
    return (
      <div class="decision">
        <button type="button" class="button plain" onClick={() => open(true)}>
          <Icon of={Undo2} /> {record.state === 'submitted' ? w.return : w.takeBack}
        </button>
        {record.state === 'submitted' && (
          <button
            type="button"
            class="button"
            disabled={busy}
            onClick={() => void carryOut({ do: 'approve' })}
          >
            <Icon of={CircleCheck} /> {w.approve}
          </button>
        )}
        {problem !== null && <p class="note bad">{problem}</p>}
      </div>
    );
  return (
    <form
      class="decision returning"
      onKeyDown={(event) => {
        if (event.key === 'Escape') open(false);
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) event.currentTarget.requestSubmit();
      }}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (reason.trim() === '') return setProblem(w.needReason);
        const said = Object.keys(remarks).length === 0 ? {} : { remarks };
        void carryOut({ do: 'return', note: reason.trim(), marks, ...said });
      }}
    >
      <label class="field">
        <span class="label">{w.reason}</span>
        <textarea
          ref={field}
          aria-invalid={problem !== null}
          rows={3}
          maxLength={500}
          placeholder={w.reasonHint}
          value={reason}
          onInput={(event) => {
            setReason(event.currentTarget.value);
            unsentReturns.set(record.id, { reason: event.currentTarget.value, marks, remarks });
            setProblem(null);
          }}
        />
      </label>
      {onReturning !== undefined && <p class="hint">{w.marks}</p>}
      {problem !== null && (
        <p class="message error" role="alert">
          {problem}
        </p>
      )}
      <div class="actions">
        <button type="button" class="button plain" onClick={() => open(false)}>
          {words.value.common.cancel}
        </button>
        <button type="submit" class="button" disabled={busy}>
          {w.sendReturn}
        </button>
      </div>
    </form>
  );
};

/** Single-letter keys, never while something is being typed, and only for who wants them. */
export const useShortcuts = (keys: Readonly<Record<string, () => unknown>>): void => {
  // Before what they are about is painted: the next key would be read with what was there before.
  useLayoutEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const target = event.target as HTMLElement;
      if (phone.value?.shortcuts === false) return;
      if (
        event.repeat ||
        event.ctrlKey ||
        event.metaKey ||
        event.altKey ||
        target.matches('textarea, select, input:not([type=checkbox])') ||
        document.querySelector('[role=alertdialog]') !== null
      )
        return;
      const run = keys[event.key.toLowerCase()];
      if (run === undefined) return;
      event.preventDefault();
      run();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  });
};
