import {
  CircleCheck,
  CircleX,
  Clock,
  CloudUpload,
  FileCheck,
  Lock,
  Pencil,
  Smartphone,
  TriangleAlert,
  Undo2,
} from 'lucide';
import type { JSX } from 'preact';
import type { ReviewState } from '../../domain/change.ts';
import type { SyncState } from '../../device/listed.ts';
import { Icon } from './icon.tsx';
import { more } from '../text/words.ts';

const stateIcon = {
  draft: Pencil,
  submitted: Clock,
  returned: Undo2,
  approved: CircleCheck,
  locked: Lock,
  void: CircleX,
};

/** Where a record stands in the review: a picture, a word and a colour. */
export const StateBadge = ({ state }: { state: ReviewState | 'draft' }): JSX.Element => (
  <span class={`badge state-${state}`}>
    <Icon of={stateIcon[state]} size={16} />
    {more.value.states[state]}
  </span>
);

const syncIcon = { saved: Smartphone, waiting: CloudUpload, received: FileCheck, needsYou: TriangleAlert };

/** How far a record has travelled. `who` has it, once it is received. */
export const SyncBadge = ({
  sync,
  who,
  why,
}: {
  sync: SyncState;
  who: string;
  why?: string;
}): JSX.Element => {
  const w = more.value.sync;
  const text = {
    saved: w.saved,
    waiting: why === undefined ? w.waiting : `${w.waiting}: ${why}`,
    received: who === '' ? w.received : w.receivedBy.replace('{who}', who),
    needsYou: w.needsYou,
  }[sync];
  return (
    <span class={`badge sync-${sync}`}>
      <Icon of={syncIcon[sync]} size={16} />
      {text}
    </span>
  );
};
