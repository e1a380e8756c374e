import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { kinds } from '../../domain/records/kinds.ts';
import { showDate } from '../../domain/typed/show.ts';
import type { Listed } from '../../device/listed.ts';
import type { Scope } from '../../protocol/scope.ts';
import { receiverName } from '../sync-status/receiver.ts';
import { more } from '../text/words.ts';
import { unitName } from '../text/unit-name.ts';
import { recordSort, recordTitle } from '../text/record-title.ts';
import { StateBadge, SyncBadge } from '../ui/badges.tsx';

type Props = {
  readonly item: Listed;
  readonly scope: Scope | null;
  readonly href: string;
  readonly current?: boolean;
};

/** A record in a list: what, when, where it stands in the review, and whether it has reached the office. */
export const RecordLink = ({ item, scope, href, current = false }: Props): JSX.Element =>
  // A list that grows draws only its new rows.
  useMemo(() => draw({ item, scope, href, current }), [item, scope, href, current, more.value]);

const draw = ({ item: { record, sync }, scope, href, current }: Required<Props>): JSX.Element => {
  const date = record.fields[kinds[record.kind].startDate ?? ''];
  const unit = scope?.me.role === 'officer' ? unitName(record, scope) : undefined;
  return (
    <a class="record-link" href={href} data-record={record.id} aria-current={current ? 'true' : undefined}>
      <span class="record-meta">
        {[typeof date === 'string' ? showDate(date) : '', recordSort(record)].filter(Boolean).join(' · ')}
      </span>
      <strong class="record-title">{recordTitle(record)}</strong>
      {unit !== undefined && <span class="record-unit">{unit}</span>}
      {record.state === 'returned' && record.comment !== null && (
        <span class="record-comment">“{record.comment.note}”</span>
      )}
      <span class="badges">
        <StateBadge state={record.state} />
        <SyncBadge sync={sync} who={receiverName(scope, record.unit)} />
      </span>
    </a>
  );
};
