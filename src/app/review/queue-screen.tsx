import { useLocation, useRoute } from 'preact-iso/router';
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Remarks } from '../../domain/change.ts';
import type { Listed } from '../../device/listed.ts';
import type { Kind } from '../../domain/records/kinds.ts';
import type { Scope } from '../../protocol/scope.ts';
import type { Overview } from '../../device/read.ts';
import { RecordLink } from '../list/record-row.tsx';
import { Conflicts } from '../record/conflicts.tsx';
import { CommentNote, Differences, History, RecordBody } from '../record/record-body.tsx';
import { RecordHead } from '../record/record-screen.tsx';
import { ReportLink } from '../record/report-link.tsx';
import { Together } from '../record/together.tsx';
import { useStored } from '../stored.ts';
import { useOverview } from '../sync-status/sync-card.tsx';
import { recordTitle } from '../text/record-title.ts';
import { unitName } from '../text/unit-name.ts';
import { fill, more, words } from '../text/words.ts';
import { ModelNotice, isModelKind } from '../ui/model-notice.tsx';
import { BulkBar } from './bulk-bar.tsx';
import { DecisionBar, useShortcuts } from './decision-bar.tsx';
import { Doubtful } from './doubtful.tsx';
import { unsentReturns } from './unsent-returns.ts';
import '../ui/desk.css';

const mostShown = 500;

/** What the queue is narrowed to and how it is ordered. */
type Wanted = { readonly unit: string | null; readonly kind: Kind | null; readonly newest: boolean };

/** What waits for this officer, the oldest first; beside it, on a wide screen, the record being judged. */
export const QueueScreen = (): JSX.Element => {
  const { route } = useLocation();
  const id = useRoute().params['id'] ?? null;
  const overview = useOverview();
  const scope = overview?.scope ?? null;
  const [wanted, setWanted] = useState<Wanted>({ unit: null, kind: null, newest: false });
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [asking, setAsking] = useState(false);
  const all = useStored(async ({ device, engine }) => {
    const held = await engine.readSealedMeta(device, 'scope');
    return held === null ? [] : engine.readQueue(device, held, mostShown);
  }, 'queue').value;
  const queue = all === undefined ? undefined : narrowed(all, wanted);
  const w = more.value.review;
  const at = queue?.findIndex(({ record }) => record.id === id) ?? -1;
  const go = (to: number): void => {
    const next = queue?.[to];
    if (next !== undefined) route(`/cho-duyet/${next.record.id}`, id !== null);
  };
  const choose = (ids: readonly string[], on: boolean): void => {
    setChosen(new Set(on ? [...chosen, ...ids] : [...chosen].filter((one) => !ids.includes(one))));
    setAsking(false);
  };
  const shown = queue?.map(({ record }) => record.id) ?? [];
  // What was decided meanwhile, or narrowed away, is not approved unseen.
  const picked = (queue ?? []).filter(({ record }) => chosen.has(record.id));
  useShortcuts({
    j: () => go(at + 1),
    k: () => go(Math.max(0, at - 1)),
    m: openEvidence,
    x: () => id !== null && choose([id], !chosen.has(id)),
    a: () => choose(shown, picked.length < shown.length),
    g: () => picked.length > 0 && setAsking(true),
  });
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
        {all !== undefined && all.length > 0 && (
          <Narrow all={all} scope={scope} wanted={wanted} set={setWanted} />
        )}
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
            <label class="choose-all">
              <input
                type="checkbox"
                checked={picked.length === shown.length}
                onChange={(event) => choose(shown, event.currentTarget.checked)}
              />
              {fill(w.chooseAll, { n: shown.length })}
            </label>
            <div class="record-list">
              {queue.map((item: Listed) => (
                <div class="choosable" key={item.record.id}>
                  <input
                    type="checkbox"
                    aria-label={fill(w.choose, { title: recordTitle(item.record) })}
                    checked={chosen.has(item.record.id)}
                    onChange={(event) => choose([item.record.id], event.currentTarget.checked)}
                  />
                  <RecordLink
                    item={item}
                    scope={scope}
                    href={`/cho-duyet/${item.record.id}`}
                    current={item.record.id === id}
                  />
                </div>
              ))}
            </div>
            {picked.length > 0 && (
              <BulkBar
                chosen={picked}
                asking={asking}
                ask={setAsking}
                done={() => {
                  setChosen(new Set());
                  setAsking(false);
                  if (id !== null) route('/cho-duyet', true);
                }}
              />
            )}
          </>
        )}
      </section>
      <section class="desk-record">
        {id === null ? (
          <p class="empty wide-only">{w.chooseOne}</p>
        ) : (
          <Judged
            key={id}
            id={id}
            overview={overview}
            onDecided={onDecided}
            onTakenBack={() => route(`/cho-duyet/${id}`)}
          />
        )}
      </section>
    </div>
  );
};

/** The first photo of the record that is being judged, in a window of its own. */
const openEvidence = (): void =>
  document.querySelector<HTMLAnchorElement>('.desk-record .photo-frame a')?.click();

const narrowed = (all: readonly Listed[], { unit, kind, newest }: Wanted): Listed[] => {
  const some = all.filter(
    ({ record }) => (unit === null || record.unit === unit) && (kind === null || record.kind === kind),
  );
  return newest ? some.reverse() : some;
};

type NarrowProps = {
  readonly all: readonly Listed[];
  readonly scope: Scope | null;
  readonly wanted: Wanted;
  readonly set: (wanted: Wanted) => void;
};

/** By unit, by kind, by age; only what is waiting is offered. */
const Narrow = ({ all, scope, wanted, set }: NarrowProps): JSX.Element => {
  const w = more.value.review;
  const units = new Map(
    all.map(({ record }) => [record.unit, scope === null ? record.unit : unitName(record, scope)]),
  );
  const kinds = [...new Set(all.map(({ record }) => record.kind))];
  return (
    <div class="row-line narrow-queue">
      {units.size > 1 && (
        <select
          aria-label={w.unit}
          value={wanted.unit ?? ''}
          onChange={(event) => set({ ...wanted, unit: event.currentTarget.value || null })}
        >
          <option value="">{w.allUnits}</option>
          {[...units].map(([unit, name]) => (
            <option key={unit} value={unit} selected={unit === wanted.unit}>
              {name}
            </option>
          ))}
        </select>
      )}
      {kinds.length > 1 && (
        <select
          aria-label={w.kind}
          value={wanted.kind ?? ''}
          onChange={(event) => set({ ...wanted, kind: (event.currentTarget.value || null) as Kind | null })}
        >
          <option value="">{w.allKinds}</option>
          {kinds.map((kind) => (
            <option key={kind} value={kind} selected={kind === wanted.kind}>
              {more.value.kinds[kind]}
            </option>
          ))}
        </select>
      )}
      <button
        type="button"
        class="chip"
        aria-pressed={wanted.newest}
        onClick={() => set({ ...wanted, newest: !wanted.newest })}
      >
        {w.newest}
      </button>
    </div>
  );
};

const Judged = ({
  id,
  overview,
  onDecided,
  onTakenBack,
}: {
  id: string;
  overview: Overview;
  onDecided: () => void;
  onTakenBack: () => void;
}): JSX.Element => {
  const detail = useStored(({ device, engine }) => engine.readRecord(device, id), `record-${id}`).value;
  const [returning, setReturning] = useState(false);
  const [marks, setMarks] = useState<readonly string[]>(unsentReturns.get(id)?.marks ?? []);
  const [remarks, setRemarks] = useState<Remarks>(unsentReturns.get(id)?.remarks ?? {});
  if (detail === undefined) return <p class="empty">{words.value.common.loading}</p>;
  if (detail === null || overview.scope === null) return <p class="empty">{more.value.record.notFound}</p>;
  const { record } = detail;
  const hold = (next: { marks?: readonly string[]; remarks?: Remarks }): void => {
    const all = { reason: unsentReturns.get(id)?.reason ?? '', marks, remarks, ...next };
    setMarks(all.marks);
    setRemarks(all.remarks);
    unsentReturns.set(id, all);
  };
  const marking = {
    toggle: (name: string): void =>
      hold({ marks: marks.includes(name) ? marks.filter((m) => m !== name) : [...marks, name] }),
    remarks,
    say: (name: string, text: string): void => hold({ remarks: { ...remarks, [name]: text } }),
  };
  return (
    <article class="record">
      <a class="back narrow-only" href="/cho-duyet">
        ‹ {more.value.review.title}
      </a>
      {isModelKind(record.kind) && <ModelNotice />}
      <RecordHead record={record} detail={detail} overview={overview} />
      <Doubtful record={record} scope={overview.scope} />
      <Conflicts record={record} scope={overview.scope} />
      <CommentNote record={record} />
      <ReportLink record={record} />
      {record.kind !== 'report' && <Differences record={record} />}
      <RecordBody record={record} marks={returning ? marks : []} {...(returning ? { marking } : {})} />
      <Together record={record} companion={detail.companion} />
      <History record={record} scope={overview.scope} />
      <DecisionBar
        record={record}
        companion={detail.companion}
        scope={overview.scope}
        marks={marks}
        remarks={remarks}
        onReturning={setReturning}
        onDecided={onDecided}
        onTakenBack={onTakenBack}
      />
    </article>
  );
};
