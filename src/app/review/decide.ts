import { reportOf } from '../../domain/apply.ts';
import type { Deed, RecordState } from '../../domain/change.ts';
import { session } from '../session.ts';
import { saveAndSend } from '../send.ts';
import { more } from '../text/words.ts';
import { toast } from '../ui/toast.tsx';

/** So long a decision waits on the phone before it is sent, for who has mistaken herself. */
const takeBackMs = 8000;

/** Decides records in one go, says so, and offers to take it back as long as nothing of it has been sent. */
export const decide = async (
  records: readonly RecordState[],
  deed: Extract<Deed, { do: 'approve' | 'return' }>,
  done: string,
  onTakenBack?: () => void,
): Promise<void> => {
  const w = more.value.review;
  const ids = records
    .filter(
      (record) =>
        record.state === 'submitted' ||
        (deed.do === 'return' && (record.state === 'approved' || reportOf(record) !== null)),
    )
    .map(({ id }) => id);
  await saveAndSend(
    ids.map((record) => ({ record, deed })),
    { holdMs: takeBackMs },
  );
  const takeBack = async (): Promise<void> => {
    const { device, engine } = await session();
    const undone = await engine.takeBack(device, ids).catch(() => false);
    toast(undone ? w.takenBack : w.tooLate);
    if (undone) onTakenBack?.();
  };
  toast(navigator.onLine ? done : `${done}; ${w.sentLater}`, {
    label: w.undo,
    run: () => void takeBack(),
  });
};
