import { useLocation, useRoute } from 'preact-iso/router';
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { check } from '../../domain/records/check.ts';
import { isError } from '../../domain/records/field.ts';
import { vietnamDay } from '../../domain/typed/date.ts';
import type { Listed } from '../../device/listed.ts';
import type { Detail, Overview } from '../../device/read.ts';
import { RecordLink } from '../list/record-row.tsx';
import { Conflicts } from '../record/conflicts.tsx';
import { CommentNote, Differences, History, RecordBody } from '../record/record-body.tsx';
import { RecordHead } from '../record/record-screen.tsx';
import { Together } from '../record/together.tsx';
import { now, useStored } from '../session.ts';
import { useOverview } from '../sync-status/sync-card.tsx';
import { findingText } from '../text/finding-text.ts';
import { fieldLabel, fill, more, words } from '../text/words.ts';
import { ModelNotice, isModelKind } from '../ui/model-notice.tsx';
import { DecisionBar, useShortcuts } from './decision-bar.tsx';
import { unsentReturns } from './unsent-returns.ts';

const pageSize = 200;

/** What waits for this officer, the oldest first; beside it, on a wide screen, the record being judged. */
export const QueueScreen = (): JSX.Element => {
  const { route } = useLocation();
  const id = useRoute().params['id'] ?? null;
  const overview = useOverview();
  const scope = overview?.scope ?? null;
  const queue = useStored(async ({ device, engine }) => {
    const held = await engine.readSealedMeta(device, 'scope');
    return held === null ? [] : engine.readQueue(device, held, pageSize);
  }, 'queue').value;
  const w = more.value.review;
  const at = queue?.findIndex(({ record }) => record.id === id) ?? -1;
  const go = (to: number): void => {
    const next = queue?.[to];
    if (next !== undefined) route(`/cho-duyet/${next.record.id}`, id !== null);
  };
  useShortcuts({ j: () => go(at + 1), k: () => go(Math.max(0, at - 1)) });
  // After a decision the next one comes up by itself, and the list when none is left.
  const onDecided = (): void => {
    const next = queue?.[at + 1] ?? queue?.[at - 1];
    route(next === undefined ? '/cho-duyet' : `/cho-duyet/${next.record.id}`, true);
  };
  if (queue === undefined || overview === undefined) return <p class="empty">{words.value.common.loading}</p>;
  return (
    <div class={`desk ${id === null ? 'on-list' : 'on-record'}`}>
      <section class="desk-list" aria-label={w.title}>
        <h1>{w.title}</h1>
        {queue.length === 0 ? (
          <p class="empty">
            <strong>{w.empty}</strong>
            <br />
            {w.emptyHint}
          </p>
        ) : (
          <>
            <p class="hint">
              {fill(more.value.home.waiting, { n: queue.length })}
              <span class="keys"> · {w.keys}</span>
            </p>
            <div class="record-list">
              {queue.map((item: Listed) => (
                <RecordLink
                  key={item.record.id}
                  item={item}
                  scope={scope}
                  href={`/cho-duyet/${item.record.id}`}
                  current={item.record.id === id}
                />
              ))}
            </div>
          </>
        )}
      </section>
      <section class="desk-record">
        {id === null ? (
          <p class="empty wide-only">{w.chooseOne}</p>
        ) : (
          <Judged key={id} id={id} overview={overview} onDecided={onDecided} />
        )}
      </section>
    </div>
  );
};

const Judged = ({
  id,
  overview,
  onDecided,
}: {
  id: string;
  overview: Overview;
  onDecided: () => void;
}): JSX.Element => {
  const detail = useStored(({ device, engine }) => engine.readRecord(device, id), `record-${id}`).value;
  const [returning, setReturning] = useState(false);
  const [marks, setMarks] = useState<readonly string[]>(unsentReturns.get(id)?.marks ?? []);
  if (detail === undefined) return <p class="empty">{words.value.common.loading}</p>;
  if (detail === null || overview.scope === null) return <p class="empty">{more.value.record.notFound}</p>;
  const { record } = detail;
  const toggle = (name: string): void => {
    const next = marks.includes(name) ? marks.filter((m) => m !== name) : [...marks, name];
    setMarks(next);
    unsentReturns.set(id, { reason: unsentReturns.get(id)?.reason ?? '', marks: next });
  };
  return (
    <article class="record">
      <a class="back narrow-only" href="/cho-duyet">
        ‹ {more.value.review.title}
      </a>
      {isModelKind(record.kind) && <ModelNotice />}
      <RecordHead record={record} detail={detail} overview={overview} />
      <Doubtful detail={detail} />
      <Conflicts record={record} scope={overview.scope} />
      <CommentNote record={record} />
      <Differences record={record} />
      <RecordBody record={record} marks={returning ? marks : []} {...(returning ? { onMark: toggle } : {})} />
      <Together record={record} companion={detail.companion} />
      <History record={record} scope={overview.scope} />
      <DecisionBar
        record={record}
        companion={detail.companion}
        scope={overview.scope}
        marks={marks}
        onReturning={setReturning}
        onDecided={onDecided}
      />
    </article>
  );
};

/** What the checks find doubtful about the record, for the reviewer to weigh. */
const Doubtful = ({ detail }: { detail: Detail }): JSX.Element | null => {
  const { record } = detail;
  const doubts = check(record.kind, record.fields, {
    today: vietnamDay(now()),
    unitIsValid: () => true,
  }).filter((finding) => !isError(finding));
  if (doubts.length === 0) return null;
  return (
    <div class="note warn">
      <strong>{more.value.review.warnings}</strong>
      <ul>
        {doubts.map((finding) => (
          <li key={`${finding.field}${finding.code}`}>
            {fieldLabel(finding.field, record.kind)}: {findingText(finding)}
          </li>
        ))}
      </ul>
    </div>
  );
};
