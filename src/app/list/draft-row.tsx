import type { JSX } from 'preact';
import { kinds } from '../../domain/records/kinds.ts';
import type { Draft } from '../../device/drafts.ts';
import { now } from '../session.ts';
import { recordTitle } from '../text/record-title.ts';
import { showTime } from '../text/time.ts';
import { fill, labelOf, more, words } from '../text/words.ts';
import { StateBadge, SyncBadge } from '../ui/badges.tsx';

/** An unfinished form, which is only on this phone. */
export const DraftLink = ({ draft }: { draft: Draft }): JSX.Element => {
  const title = String(draft.typed[kinds[draft.kind].title ?? ''] ?? '').trim();
  const form = String(draft.typed['form'] ?? '');
  const report = draft.kind === 'report' ? draft.typed : null;
  const href =
    report === null
      ? `/ghi/${draft.id}`
      : `/bao-cao/${String(report['report_type'])}?nam=${String(report['year'])}`;
  const name =
    report !== null
      ? recordTitle({ kind: 'report', fields: report })
      : title !== ''
        ? title
        : form !== ''
          ? labelOf('activity_form', form)
          : more.value.kinds[draft.kind];
  return (
    <a class="record-link" href={href} data-draft={draft.id}>
      <span class="record-meta">{fill(words.value.form.kept, { time: showTime(draft.updated, now()) })}</span>
      <strong class="record-title">{name}</strong>
      <span class="badges">
        <StateBadge state="draft" />
        <SyncBadge sync={draft.refused ? 'needsYou' : 'saved'} who="" />
      </span>
    </a>
  );
};
