import { CircleCheck, FileCheck, Lock, Undo2 } from 'lucide';
import type { JSX } from 'preact';
import type { ReviewState } from '../../domain/change.ts';
import { reportWords } from '../text/report-words.ts';
import { capitalised, fill } from '../text/words.ts';
import { Icon } from '../ui/icon.tsx';

const icons = { submitted: FileCheck, returned: Undo2, approved: CircleCheck, locked: Lock, void: Undo2 };

/** Where a report stands on its way up: handed in, received by whom, returned. */
export const ReportBadge = ({ state, who }: { state: ReviewState; who: string }): JSX.Element => {
  const w = reportWords.value;
  const text =
    state === 'approved'
      ? who === ''
        ? w.received
        : capitalised(fill(w.states.approved, { who }))
      : w.states[state];
  return (
    <span class={`badge state-${state}`}>
      <Icon of={icons[state]} size={16} />
      {text}
    </span>
  );
};
