import { ChevronLeft } from 'lucide';
import { useLocation, useRoute } from 'preact-iso/router';
import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { can, readsFeed } from '../../domain/access.ts';
import { thawed, thawedIndicators } from '../../domain/report/frozen.ts';
import type { Values } from '../../domain/records/field.ts';
import type { CellName, Report } from '../../domain/report/report.ts';
import { totalCode } from '../../domain/report/tally.ts';
import { reportTypes } from '../../domain/report/tile.ts';
import type { ReportType } from '../../domain/report/tile.ts';
import { vietnamDay } from '../../domain/typed/date.ts';
import { showDate } from '../../domain/typed/show.ts';
import { isWithin } from '../../domain/unit.ts';
import { readGuideline } from '../../device/guideline.ts';
import type { HeldGuideline } from '../../device/guideline.ts';
import { readReport } from '../../device/report.ts';
import type { ReportKey, ReportView } from '../../device/report.ts';
import { actorOf, placesOf, unitsBelow } from '../../device/scope.ts';
import type { Scope } from '../../protocol/scope.ts';
import { useAnswer } from '../call.ts';
import { CommentNote, History } from '../record/record-body.tsx';
import { DecisionBar } from '../review/decision-bar.tsx';
import { now } from '../session.ts';
import { useStored } from '../stored.ts';
import { receiverName } from '../sync-status/receiver.ts';
import { SyncCard, useOverview } from '../sync-status/sync-card.tsx';
import { reportWords } from '../text/report-words.ts';
import { fill, more, words } from '../text/words.ts';
import { UnitChoice, yearFrom } from '../ui/choices.tsx';
import { Icon } from '../ui/icon.tsx';
import { Behind } from './behind.tsx';
import { FileButtons } from './file-buttons.tsx';
import { HandIn } from './hand-in.tsx';
import { Narrative, heldNarrative } from './narrative.tsx';
import { OwnFigures } from './own-figures.tsx';
import { ownTable } from './own-table.ts';
import { paperTables } from './paper-tables.ts';
import type { PaperTable } from './paper-tables.ts';
import { toFields, useReportDraft } from './report-draft.ts';
import { ReportBadge } from './report-state.tsx';
import { ReportTables } from './report-tables.tsx';
import { targetsFor } from './targets.ts';
import '../ui/report.css';

const isType = (value: unknown): value is ReportType => (reportTypes as readonly unknown[]).includes(value);

/** One report of one unit: computed now, or as it was handed in; offline like everything else. */
export const ReportScreen = (): JSX.Element => {
  const { params } = useRoute();
  const { query } = useLocation();
  const overview = useOverview();
  const scope = overview?.scope ?? null;
  const type = isType(params['loai']) ? params['loai'] : 'year';
  const year = yearFrom(query['nam'], Number(vietnamDay(now()).slice(0, 4)), 2100);
  const unit = query['don-vi'] ?? scope?.me.unit ?? '';
  const key: ReportKey = { type, year, unit };
  const name = `${type}-${year}-${unit}`;
  const [mended, setMended] = useState<string | null>(null);
  const mending = mended === name;
  const view = useStored(async ({ device, engine }) => {
    const held = await engine.readSealedMeta(device, 'scope');
    return held === null || unit === '' ? null : readReport(device, held, key, mending);
  }, `report-${name}-${mending}`);
  const guideline = useStored(({ device }) => readGuideline(device, year), `guideline-${year}`).value;
  const isWhole = overview?.isWhole === true;
  const server = useAnswer<Report>(
    overview === undefined || isWhole || unit === ''
      ? null
      : `report?type=${type}&year=${year}&unit=${encodeURIComponent(unit)}`,
  );
  if (view.error) return <p class="note bad">{words.value.signIn.failed}</p>;
  // What was read for another report must not be handed in as this one.
  const isThis = view.value != null && JSON.stringify(view.value.key) === JSON.stringify(key);
  if (view.value == null || !isThis || scope === null || guideline === undefined || overview === undefined)
    return <p class="empty">{words.value.common.loading}</p>;
  return (
    <div class="page wide report">
      <a class="back" href={`/bao-cao?nam=${year}`}>
        <Icon of={ChevronLeft} /> {reportWords.value.title}
      </a>
      <div class="screen-only">
        <SyncCard overview={overview} />
      </div>
      <OneReport
        key={name}
        reportKey={key}
        view={view.value}
        server={server}
        isWhole={isWhole}
        scope={scope}
        guideline={guideline}
        mending={mending}
        mend={(on) => setMended(on ? name : null)}
      />
    </div>
  );
};

type Props = {
  readonly reportKey: ReportKey;
  readonly view: ReportView;
  readonly server: Report | null;
  readonly isWhole: boolean;
  readonly scope: Scope;
  readonly guideline: HeldGuideline | null;
  /** She is changing a report that was handed in. */
  readonly mending: boolean;
  readonly mend: (on: boolean) => void;
};

const OneReport = ({
  reportKey,
  view,
  server,
  isWhole,
  scope,
  guideline,
  mending,
  mend,
}: Props): JSX.Element => {
  const { type, year, unit } = reportKey;
  const { held, lastYear } = view;
  const w = reportWords.value;
  const own = unit === scope.me.unit && type !== 'whole';
  const [cell, setCell] = useState<CellName | null>(null);
  const isIn = held !== null && held.state !== 'returned';
  // A phone that does not hold everything yet shows what the server says.
  const report = isWhole ? view.report : (server ?? view.report);
  const isFrozen = isIn && !mending;
  const mayWrite =
    own &&
    can(
      actorOf(scope),
      'create',
      { kind: 'report', fields: {}, unit, authors: [], state: 'submitted' },
      placesOf(scope),
    );
  // What is not all there is not closed, but while she writes the page must not change under her when more comes in.
  const wasWhole = useRef(false);
  wasWhole.current ||= isWhole;
  const writes = mayWrite && !isFrozen && wasWhole.current;
  const draft = useReportDraft(reportKey, held, writes);
  const levels = more.value.sync.unitLevel;
  const name = fill(w.names[type], { year: String(year) });
  const tables = paperTables({
    tables: isFrozen ? thawed(held.fields['cells'] as Values[]) : report.tables,
    indicators: isFrozen ? thawedIndicators(held.fields['cells'] as Values[]) : report.indicators,
    isComplete: seesAll(scope, unit),
    targets: targetsFor(view, guideline?.guideline ?? null),
    levels,
  });
  const written =
    writes && draft !== null ? toFields(draft.written.value).fields['own'] : held?.fields['own'];
  const ownFigures = ownTable(
    type,
    isFrozen ? thawed(held.fields['cells'] as Values[]) : report.tables,
    lastYear.tables,
    (written ?? []) as Values[],
  );
  const nameOf = (id: string): string => scope.units.find((one) => one.id === id)?.name ?? id;
  const silent = (isFrozen ? (held.fields['silent'] as string[]) : report.silent).map(nameOf);
  const mayMend =
    held !== null && own && can(actorOf(scope), 'edit', held, placesOf(scope)) && held.state === 'submitted';
  return (
    <article>
      <header>
        <h1>{name}</h1>
        <p class="quiet">
          {nameOf(unit)} ·{' '}
          {fill(w.window, { from: showDate(report.window.from), to: showDate(report.window.to) })}
        </p>
        <p class="badges">
          {held !== null ? (
            <ReportBadge state={held.state} who={receiverName(scope, held.unit)} />
          ) : (
            type !== 'whole' && <span class="badge">{w.notHandedIn}</span>
          )}
        </p>
        <Choose scope={scope} reportKey={reportKey} />
        <FileButtons
          make={{
            name,
            reportKey,
            tables,
            ownTable: ownFigures,
            narrative: writes ? (draft?.written.value.narrative ?? {}) : heldNarrative(view),
            view,
            scope,
            silent,
            guideline: guideline?.guideline ?? null,
          }}
        />
      </header>
      {held !== null && <CommentNote record={held} />}
      {!isWhole && <p class="note">{server === null ? w.partial : w.fromServer}</p>}
      <p>
        {isFrozen
          ? `${fill(w.frozen, { n: Number(held.fields['counted'] ?? 0) })} ${fill(w.frozenNow, { n: report.counted })}`
          : fill(w.counted, { n: report.counted })}
      </p>
      {!isFrozen && isWhole && <Doubts view={view} nameOf={nameOf} />}
      {isFrozen && own && view.unlocked > 0 && (
        <p class="note warn">{fill(w.unlocked, { n: view.unlocked })}</p>
      )}
      {silent.length > 0 && isFrozen && (
        <p class="note">{fill(w.doubt.silent, { units: silent.join(', ') })}</p>
      )}
      {writes && isWhole && draft !== null && (
        <HandIn
          draft={draft}
          reportKey={reportKey}
          view={view}
          scope={scope}
          name={name}
          done={() => mend(false)}
        />
      )}
      {mayMend && !mending && (
        <button type="button" class="button plain screen-only" onClick={() => mend(true)}>
          {w.reopen}
        </button>
      )}
      {held !== null && !own && <DecisionBar record={held} companion={null} scope={scope} marks={[]} />}
      <p class="hint screen-only">{w.behindHint}</p>
      <ReportTables tables={tables} open={isWhole || server === null ? setCell : undefined} />
      {draft !== null && writes ? (
        <OwnFigures reportKey={reportKey} report={report} lastYear={lastYear} draft={draft} />
      ) : (
        <ReportTables tables={[ownFigures]} />
      )}
      <Narrative reportKey={reportKey} view={view} draft={writes ? draft : null} />
      {held !== null && <History record={held} scope={scope} />}
      {cell !== null && (
        <Behind
          row={rowName(tables, cell)}
          reportKey={reportKey}
          cell={cell}
          scope={scope}
          carried={view.carried}
          close={() => setCell(null)}
        />
      )}
    </article>
  );
};

/** What the row of a cell is called. */
const rowName = (tables: readonly PaperTable[], { table, row }: CellName): string => {
  const found = tables.find(({ name }) => name === table);
  return (row === totalCode ? found?.total : found?.rows.find(({ code }) => code === row))?.label ?? '';
};

/** Whether shelters and support of all that lies below a unit are hers to read. */
const seesAll = (scope: Scope, unit: string): boolean => {
  const places = placesOf(scope);
  return unitsBelow(scope)
    .filter(({ id }) => isWithin(places.tree, id, unit))
    .every(({ id }) => readsFeed(actorOf(scope), id, 'restricted', places));
};

/** Which report, and of which of her units. */
const Choose = ({ scope, reportKey }: { scope: Scope; reportKey: ReportKey }): JSX.Element => {
  const { route } = useLocation();
  const { type, year, unit } = reportKey;
  const show = (next: Partial<ReportKey>): void => {
    const to = { ...reportKey, ...next };
    route(`/bao-cao/${to.type}?nam=${to.year}&don-vi=${to.unit}`, true);
  };
  const w = reportWords.value;
  return (
    <div class="actions screen-only">
      <select
        aria-label={w.title}
        value={type}
        onChange={(event) => show({ type: event.currentTarget.value as ReportType })}
      >
        {reportTypes.map((one) => (
          <option key={one} value={one} selected={one === type}>
            {fill(w.names[one], { year: String(year) })}
          </option>
        ))}
      </select>
      <UnitChoice scope={scope} unit={unit} choose={(to) => show({ unit: to })} />
    </div>
  );
};

/** What looks wrong, before it is handed in; nothing of it stops her. */
const Doubts = ({ view, nameOf }: { view: ReportView; nameOf: (id: string) => string }): JSX.Element => {
  const w = reportWords.value;
  if (view.doubts.length === 0) return <p class="note good">{w.noDoubts}</p>;
  return (
    <section class="note warn">
      <h2>{w.doubts}</h2>
      <ul>
        {view.doubts.map((doubt) => (
          <li key={doubt.what}>
            {fill(w.doubt[doubt.what], {
              ...('n' in doubt ? { n: doubt.n } : {}),
              ...('day' in doubt ? { day: showDate(doubt.day) } : {}),
              ...('units' in doubt ? { units: doubt.units.map(nameOf).join(', ') } : {}),
            })}
          </li>
        ))}
      </ul>
    </section>
  );
};
