import { FileText, ListChecks, PencilLine, Scroll } from 'lucide';
import { useLocation } from 'preact-iso/router';
import type { JSX } from 'preact';
import { figuresLists } from '../../domain/records/figures-lists.ts';
import { dueDay, dueRole } from '../../domain/guideline/year.ts';
import { markOf } from '../../domain/report/issued.ts';
import type { ReportMark } from '../../domain/report/issued.ts';
import { reportWindow } from '../../domain/report/tile.ts';
import { typedFigures } from '../../domain/report/typed-figures.ts';
import { daysBetween, vietnamDay } from '../../domain/typed/date.ts';
import { showDate } from '../../domain/typed/show.ts';
import { existsOn } from '../../domain/unit.ts';
import type { Unit } from '../../domain/unit.ts';
import { readFacts, readReports } from '../../device/board.ts';
import { readGuideline } from '../../device/guideline.ts';
import type { HeldGuideline } from '../../device/guideline.ts';
import type { Scope } from '../../protocol/scope.ts';
import { formsAsked, now } from '../session.ts';
import { useStored } from '../stored.ts';
import { receiverName } from '../sync-status/receiver.ts';
import { SyncCard, useOverview } from '../sync-status/sync-card.tsx';
import { reportWords } from '../text/report-words.ts';
import { fill, words } from '../text/words.ts';
import { YearTurn, yearFrom } from '../ui/choices.tsx';
import { Icon } from '../ui/icon.tsx';
import { ReportBadge } from './report-state.tsx';
import '../ui/report.css';

const types = figuresLists.report_type;
type Type = (typeof types)[number];

/** The reports of a year: which are due, which are in, and who below has not handed in. */
export const ReportsScreen = (): JSX.Element => {
  const { query, route } = useLocation();
  const overview = useOverview();
  const scope = overview?.scope ?? null;
  const today = vietnamDay(now());
  const thisYear = Number(today.slice(0, 4));
  const year = yearFrom(query['nam'], thisYear, thisYear + 1);
  const marks = useStored(({ device }) => readReports(device), 'report-marks').value;
  const guideline = useStored(({ device }) => readGuideline(device, year), `guideline-${year}`).value;
  const w = reportWords.value;
  if (scope === null || marks === undefined || guideline === undefined)
    return <p class="empty">{words.value.common.loading}</p>;
  const show = (next: number): void => route(`/bao-cao?nam=${next}`, true);
  const shared = { scope, marks, guideline, year, today };
  return (
    <div class="page">
      <h1>
        {w.title} {year}
      </h1>
      <div class="actions">
        <YearTurn year={year} last={thisYear + 1} turn={show} />
        <a class="button plain small" href={`/bao-cao/nhiem-vu?nam=${year}`}>
          <Icon of={ListChecks} size={18} /> {w.tasks}
        </a>
      </div>
      <SyncCard overview={overview} />
      {types.map((type) => (
        <OneReport key={type} type={type} {...shared} />
      ))}
      <Figures scope={scope} year={year} />
      <Below {...shared} />
    </div>
  );
};

type Shared = {
  readonly scope: Scope;
  readonly marks: readonly ReportMark[];
  readonly guideline: HeldGuideline | null;
  readonly year: number;
  readonly today: string;
};

const OneReport = ({ type, scope, marks, guideline, year, today }: Shared & { type: Type }): JSX.Element => {
  const w = reportWords.value;
  const window = reportWindow(type, year);
  const mark = markOf(marks, { unit: scope.me.unit, type, year });
  const level = scope.units.find(({ id }) => id === scope.me.unit)?.level ?? 'commune';
  const due = dueDay(guideline?.guideline ?? null, dueRole(level), type, year);
  const left = daysBetween(today, due);
  const isOpen = mark === undefined || mark.state === 'returned';
  return (
    <a class="record-link report-card" href={`/bao-cao/${type}?nam=${year}`}>
      <span class="record-meta">
        {fill(w.window, { from: showDate(window.from), to: showDate(window.to) })}
      </span>
      <strong class="record-title">
        <Icon of={FileText} size={18} /> {fill(w.names[type], { year: String(year) })}
      </strong>
      <span class="badges">
        {mark === undefined ? (
          <span class="badge">{w.notHandedIn}</span>
        ) : (
          <ReportBadge state={mark.state} who={receiverName(scope, mark.unit)} />
        )}
        {isOpen && (
          <span class={`badge ${left < 0 ? 'late' : ''}`}>
            {fill(w.due, { day: showDate(due) })},{' '}
            {left < 0 ? fill(w.overdue, { n: -left }) : fill(w.daysLeft, { n: left })}
          </span>
        )}
      </span>
    </a>
  );
};

/** What no record can give is typed once a year. */
const Figures = ({ scope, year }: { scope: Scope; year: number }): JSX.Element => {
  const w = reportWords.value;
  const held = useStored(
    async ({ device }) => typedFigures(await readFacts(device), year).get(scope.me.unit) ?? null,
    `figures-${scope.me.unit}-${year}`,
  ).value;
  return (
    <a
      class="record-link"
      href={held == null ? `/ghi?loai=figures&nam=${year}` : `/nhat-ky/${held.id}`}
      onClick={() => formsAsked.value++}
    >
      <strong class="record-title">
        <Icon of={PencilLine} size={18} /> {w.figures} {year}
      </strong>
      <span class="hint">{w.figuresHint}</span>
      {held != null && (
        <span class="badges">
          <ReportBadge state={held.state} who={receiverName(scope, held.unit)} />
        </span>
      )}
    </a>
  );
};

/** The units directly below, and which of them have handed in. */
const Below = ({ scope, marks, guideline, year, today }: Shared): JSX.Element | null => {
  const w = reportWords.value;
  const all = scope.units.filter(({ parent }) => parent === scope.me.unit);
  if (scope.me.role !== 'officer' || all.length === 0) return null;
  return (
    <section class="card">
      <h2>
        <Icon of={Scroll} /> {w.below}
      </h2>
      {types.map((type) => {
        // A unit that is no more owes nothing.
        const below = all.filter((unit) => existsOn(unit, reportWindow(type, year).to));
        const dueOf = ({ level }: Unit): string =>
          dueDay(guideline?.guideline ?? null, dueRole(level), type, year);
        const has = (unit: Unit): boolean => {
          const mark = markOf(marks, { unit: unit.id, type, year });
          return mark !== undefined && mark.state !== 'returned';
        };
        const missing = below.filter((unit) => !has(unit));
        const name = fill(w.names[type], { year: String(year) });
        return (
          <details key={type} open={missing.length < below.length}>
            <summary>
              {name}: {fill(w.belowHint, { n: below.length - missing.length, of: below.length })}
            </summary>
            <ul class="handed-in">
              {below.map((unit) => {
                const mark = markOf(marks, { unit: unit.id, type, year });
                return (
                  <li key={unit.id}>
                    <span>{unit.name}</span>
                    {mark === undefined ? (
                      <span class={`badge ${today > dueOf(unit) ? 'late' : ''}`}>{w.notHandedIn}</span>
                    ) : (
                      <a href={`/bao-cao/${type}?nam=${year}&don-vi=${unit.id}`}>
                        <ReportBadge state={mark.state} who="" />
                      </a>
                    )}
                  </li>
                );
              })}
            </ul>
          </details>
        );
      })}
    </section>
  );
};
