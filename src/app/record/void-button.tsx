import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { RecordState } from '../../domain/change.ts';
import { saveAndSend } from '../send.ts';
import { troubleText } from '../text/trouble-text.ts';
import { more, words } from '../text/words.ts';
import { toast } from '../ui/toast.tsx';

/** Voids a record with a reason; it stays to be seen and is no longer counted. */
export const VoidButton = ({
  record,
  companion,
}: {
  record: RecordState;
  companion: RecordState | null;
}): JSX.Element => {
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const w = words.value;
  const run = async (): Promise<void> => {
    try {
      const closed = companion === null || companion.state === 'void' || companion.state === 'locked';
      const both = closed ? [record] : [record, companion];
      const deed = { do: 'void', note: reason.trim() } as const;
      await saveAndSend(both.map(({ id }) => ({ record: id, deed })));
      toast(more.value.record.voided);
      setOpen(false);
    } catch (error) {
      setProblem(troubleText(error));
    }
  };
  if (!open)
    return (
      <button type="button" class="button plain" onClick={() => setOpen(true)}>
        {more.value.record.void}
      </button>
    );
  return (
    <form
      class="card stack void-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (reason.trim() === '') setProblem(more.value.record.needVoidReason);
        else void run();
      }}
    >
      <label class="field">
        <span class="label">{more.value.record.voidReason}</span>
        <textarea
          rows={2}
          maxLength={500}
          value={reason}
          onInput={(event) => setReason(event.currentTarget.value)}
        />
      </label>
      {problem !== null && (
        <p class="message error" role="alert">
          {problem}
        </p>
      )}
      <div class="actions">
        <button type="submit" class="button danger">
          {more.value.record.void}
        </button>
        <button type="button" class="button plain" onClick={() => setOpen(false)}>
          {w.common.cancel}
        </button>
      </div>
    </form>
  );
};
