import { ChevronLeft, PencilLine } from 'lucide';
import { useRoute } from 'preact-iso/router';
import type { JSX } from 'preact';
import { can } from '../../domain/access.ts';
import type { Action } from '../../domain/access.ts';
import type { RecordState } from '../../domain/change.ts';
import type { Detail, Overview } from '../../device/read.ts';
import { actorOf, placesOf } from '../../device/scope.ts';
import { DecisionBar } from '../review/decision-bar.tsx';
import { now } from '../session.ts';
import { useStored } from '../stored.ts';
import { Notices } from '../sync-status/notices.tsx';
import { receiverName, waitText } from '../sync-status/receiver.ts';
import { useOverview } from '../sync-status/sync-card.tsx';
import { recordSort, recordTitle } from '../text/record-title.ts';
import { showTime } from '../text/time.ts';
import { unitName } from '../text/unit-name.ts';
import { capitalised, fill, more, words } from '../text/words.ts';
import { StateBadge, SyncBadge } from '../ui/badges.tsx';
import { Icon } from '../ui/icon.tsx';
import { ModelNotice, isModelKind } from '../ui/model-notice.tsx';
import { Conflicts } from './conflicts.tsx';
import { CommentNote, Differences, History, RecordBody } from './record-body.tsx';
import { OfModel } from './of-model.tsx';
import { ModelParts } from './model-parts.tsx';
import { ReportLink } from './report-link.tsx';
import { CopyLink, Together } from './together.tsx';
import { VoidButton } from './void-button.tsx';

/** One record in full, with where it is, what the reviewer said and what may be done with it. */
export const RecordScreen = (): JSX.Element => {
  const id = useRoute().params['id'] ?? '';
  const detail = useStored(({ device, engine }) => engine.readRecord(device, id), `record-${id}`);
  const overview = useOverview();
  if (detail.value === undefined || overview === undefined)
    return <p class="empty">{words.value.common.loading}</p>;
  if (detail.value === null) return <Missing />;
  return <RecordPage detail={detail.value} overview={overview} />;
};

const RecordPage = ({ detail, overview }: { detail: Detail; overview: Overview }): JSX.Element => {
  const { record } = detail;
  const { scope, status } = overview;
  const w = more.value.record;
  const may = (action: Action): boolean =>
    scope !== null && can(actorOf(scope), action, record, placesOf(scope));
  return (
    <article class="page record">
      <a class="back narrow-only" href="/nhat-ky">
        <Icon of={ChevronLeft} /> {more.value.list.title}
      </a>
      {isModelKind(record.kind) && <ModelNotice />}
      <RecordHead record={record} detail={detail} overview={overview} />
      {detail.sync === 'waiting' && (
        <p class="note">
          {w.waitingNote} {capitalised(waitText(status.reason))}.
        </p>
      )}
      <Notices notices={detail.notices} drafts={detail.hasDraft ? [record.id] : []} />
      <Conflicts record={record} scope={scope} />
      <CommentNote record={record} />
      <ReportLink record={record} />
      {(may('edit') || detail.hasDraft) && record.kind !== 'report' && (
        <div class="actions">
          <a class="button" href={`/ghi/${record.id}`}>
            <Icon of={PencilLine} /> {record.state === 'returned' ? w.fix : w.edit}
          </a>
          {may('void') && <VoidButton record={record} companion={detail.companion} />}
        </div>
      )}
      {scope !== null && <CopyLink record={record} own={scope.me.unit === record.unit} />}
      {record.kind !== 'report' && <Differences record={record} />}
      {record.kind === 'model' && (
        <ModelParts record={record} scope={scope} mayAssess={may('assess')} own={may('create')} />
      )}
      <RecordBody record={record} marks={record.comment?.marks ?? []} />
      <Together record={record} companion={detail.companion} />
      <History record={record} scope={scope} />
      {scope?.me.role === 'officer' && record.state === 'submitted' && !may('decide') && (
        <p class="note">
          {record.authors.includes(scope.me.account)
            ? more.value.review.cannotOwn
            : fill(more.value.review.notReviewer, { who: receiverName(scope, record.unit) })}
        </p>
      )}
      {scope !== null && (
        <DecisionBar record={record} companion={detail.companion} scope={scope} marks={[]} />
      )}
    </article>
  );
};

export const RecordHead = ({
  record,
  detail,
  overview,
}: {
  record: RecordState;
  detail: Detail;
  overview: Overview;
}): JSX.Element => {
  const { scope } = overview;
  const received = record.events.at(-1)?.at;
  return (
    <header class="record-head">
      <h1>{recordTitle(record)}</h1>
      <p class="quiet">
        {[recordSort(record), record.code, scope && unitName(record, scope)].filter(Boolean).join(' · ')}
      </p>
      <OfModel id={record.fields['model']} />
      <p class="badges">
        <StateBadge state={record.state} />
        <SyncBadge
          sync={detail.sync}
          who={receiverName(scope, record.unit)}
          why={waitText(overview.status.reason)}
        />
        {detail.sync === 'received' && received !== undefined && (
          <span class="quiet">{fill(more.value.record.sentAt, { time: showTime(received, now()) })}</span>
        )}
      </p>
    </header>
  );
};

/** A record that is not on this phone, with the way back. */
const Missing = (): JSX.Element => (
  <div class="page">
    <h1>{more.value.record.notFound}</h1>
    <a class="button" href="/">
      {words.value.nav.home}
    </a>
  </div>
);
