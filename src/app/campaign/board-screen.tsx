import { CalendarDays, ListChecks, Printer, Smartphone } from 'lucide';
import { useLocation } from 'preact-iso/router';
import type { JSX } from 'preact';
import { campaignPhase } from '../../domain/campaign.ts';
import type { Board, Totals } from '../../domain/report/board.ts';
import { vietnamDay } from '../../domain/typed/date.ts';
import { showNumber } from '../../domain/typed/show.ts';
import type { Scope } from '../../protocol/scope.ts';
import { useAnswer } from '../call.ts';
import { now } from '../session.ts';
import { useStored } from '../stored.ts';
import { SyncCard, useOverview } from '../sync-status/sync-card.tsx';
import { fill, more, words } from '../text/words.ts';
import { YearTurn, yearFrom } from '../ui/choices.tsx';
import { Icon } from '../ui/icon.tsx';
import { CampaignCalendar } from './campaign-calendar.tsx';
import { Coverage } from './coverage.tsx';
import '../ui/campaign.css';

/** The action month at a glance, from what this phone holds: days, figures, who is silent, and a page for print. */
export const BoardScreen = (): JSX.Element => {
  const { query, route } = useLocation();
  const today = vietnamDay(now());
  const current = campaignPhase(today).year;
  const year = yearFrom(query['nam'], current);
  const overview = useOverview();
  const scope = overview?.scope ?? null;
  const board = useStored(async ({ device, engine }) => {
    const held = await engine.readSealedMeta(device, 'scope');
    return held === null ? null : engine.readBoard(device, held, year);
  }, `board-${year}`);
  const server = useAnswer<Board>(overview?.isWhole === false ? `board?year=${year}` : null);
  const w = more.value.board;
  const turn = (to: number): void => route(`/thang-hanh-dong?nam=${to}`, true);
  return (
    <div class="page">
      <header>
        <h1>{fill(w.title, { year: String(year) })}</h1>
        <p class="quiet">{phaseText(today, year)}</p>
        <div class="actions screen-only">
          <YearTurn year={year} last={current} turn={turn} />
          <a class="button plain small" href={`/ke-hoach?nam=${year}`}>
            <Icon of={ListChecks} size={18} /> {w.plan}
          </a>
          {scope?.me.role === 'officer' && (
            <a class="button plain small" href="/may">
              <Icon of={Smartphone} size={18} /> {more.value.phones.title}
            </a>
          )}
          <button type="button" class="button plain small" onClick={() => window.print()}>
            <Icon of={Printer} size={18} /> {w.print}
          </button>
        </div>
      </header>
      <div class="screen-only">
        <SyncCard overview={overview} />
      </div>
      {board.error && <p class="note bad">{words.value.signIn.failed}</p>}
      {(server ?? board.value) == null || scope === null ? (
        !board.error && <p class="empty">{words.value.common.loading}</p>
      ) : (
        <>
          {overview?.isWhole === false && <p class="note">{server === null ? w.notReadYet : w.fromServer}</p>}
          <Whole board={(server ?? board.value) as Board} scope={scope} today={today} />
        </>
      )}
    </div>
  );
};

const phaseText = (today: string, year: number): string => {
  const { phase, days, year: current } = campaignPhase(today);
  const w = more.value.home;
  if (year !== current || phase === 'after') return fill(w.campaignAfter, { year: String(year) });
  return fill(phase === 'before' ? w.campaignBefore : w.campaignDuring, { n: days });
};

const Whole = ({ board, scope, today }: { board: Board; scope: Scope; today: string }): JSX.Element => {
  const w = more.value.board;
  return (
    <>
      <Figures board={board} />
      {board.planned > 0 && <Carried board={board} />}
      <section class="card">
        <h2>
          <Icon of={CalendarDays} /> {w.calendar}
        </h2>
        <CampaignCalendar days={board.days} today={today} />
      </section>
      <Coverage board={board} scope={scope} today={today} />
    </>
  );
};

/** The figures that count, each beside that of the year before. */
const Figures = ({ board }: { board: Board }): JSX.Element => {
  const { totals, lastYear, waiting, models } = board;
  const w = more.value.board;
  const n = showNumber;
  const people = (of: Totals): number => of.male + of.female + of.unknown;
  const trainees = (of: Totals): number => of.traineesMale + of.traineesFemale;
  const bySex = fill(w.bySex, {
    male: n(totals.male),
    female: n(totals.female),
    unknown: n(totals.unknown),
  });
  const traineesBySex = fill(w.trainees, {
    n: n(trainees(totals)),
    male: n(totals.traineesMale),
    female: n(totals.traineesFemale),
  });
  return (
    <section aria-label={w.figures}>
      <dl class="figures">
        <Figure label={w.activities} value={totals.activities} before={lastYear.activities} />
        <Figure label={w.attendances} value={people(totals)} before={people(lastYear)} detail={bySex} />
        <Figure label={w.classes} value={totals.classes} before={lastYear.classes} detail={traineesBySex} />
        <Figure label={w.broadcasts} value={totals.broadcasts} before={lastYear.broadcasts} />
        <Figure label={w.models} value={models} />
        <Figure label={w.money} value={totals.vnd} before={lastYear.vnd} />
      </dl>
      <p class="hint">
        {w.counted}
        {waiting > 0 && <> {fill(w.waiting, { n: waiting })}</>}
      </p>
    </section>
  );
};

type FigureProps = {
  readonly label: string;
  readonly value: number;
  readonly before?: number;
  readonly detail?: string;
};

const Figure = ({ label, value, before, detail }: FigureProps): JSX.Element => {
  const w = more.value.board;
  return (
    <div class="figure">
      <dt>{label}</dt>
      <dd>
        <strong>{showNumber(value)}</strong>
        {before !== undefined && before > 0 && (
          <span class="quiet">{fill(w.lastYear, { n: showNumber(before) })}</span>
        )}
        {detail !== undefined && value > 0 && <span>{detail}</span>}
      </dd>
    </div>
  );
};

/** How much of the plan is carried out. */
const Carried = ({ board: { planned, carriedOut, year } }: { board: Board }): JSX.Element => {
  const text = fill(more.value.board.carriedOut, { n: carriedOut, of: planned });
  return (
    <a class="card carried" href={`/ke-hoach?nam=${year}`}>
      <span>{text}</span>
      <progress max={planned} value={carriedOut} aria-label={text} />
    </a>
  );
};
