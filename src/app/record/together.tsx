import { Copy } from 'lucide';
import type { JSX } from 'preact';
import type { RecordState } from '../../domain/change.ts';
import { formsAsked } from '../session.ts';
import { more } from '../text/words.ts';
import { Icon } from '../ui/icon.tsx';
import { RecordBody } from './record-body.tsx';

/** What was written in the same form and is kept apart because fewer may see it: a roster, the support given. */
export const Together = ({
  record,
  companion,
}: {
  record: RecordState;
  companion: RecordState | null;
}): JSX.Element | null => {
  if (companion !== null) {
    const erased = companion.events.some((event) => event.do === 'erase');
    return (
      <>
        {erased && <p class="note">{more.value.model.erased}</p>}
        <RecordBody record={companion} marks={[]} />
      </>
    );
  }
  return record.kind === 'training' && record.fields['roster_mode'] === 'roster' ? (
    <p class="note">{more.value.model.noRoster}</p>
  ) : null;
};

/** From a record to the next one like it. */
export const CopyLink = ({ record, own }: { record: RecordState; own: boolean }): JSX.Element | null =>
  own && (record.kind === 'activity' || record.kind === 'training') ? (
    <div class="actions">
      <a class="button plain" href={`/ghi?nhu=${record.id}`} onClick={() => formsAsked.value++}>
        <Icon of={Copy} size={18} /> {more.value.form.copy}
      </a>
    </div>
  ) : null;
