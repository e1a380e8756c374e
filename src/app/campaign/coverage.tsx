import { BellRing, CircleCheck, CircleDashed, Map as MapIcon, Radio } from 'lucide';
import type { JSX } from 'preact';
import { campaignWindow } from '../../domain/campaign.ts';
import { featuresAMonth } from '../../domain/report/board.ts';
import type { Board, UnitRow } from '../../domain/report/board.ts';
import { placesOf } from '../../device/scope.ts';
import type { Scope } from '../../protocol/scope.ts';
import { now } from '../session.ts';
import { remind } from '../sync-status/remind.ts';
import { showTime } from '../text/time.ts';
import { fill, more } from '../text/words.ts';
import { Icon } from '../ui/icon.tsx';

/** So many are on top; who has more to call opens the rest. */
const shownSilent = 10;

type Props = { readonly board: Board; readonly scope: Scope; readonly today: string };
type Named = UnitRow & { readonly name: string; readonly district: string };

/** Which units have done something and which are silent; those are on top, with when they were last heard of. */
export const Coverage = ({ board, scope, today }: Props): JSX.Element => {
  const { tree } = placesOf(scope);
  const units: Named[] = board.units.map((row) => {
    const unit = tree.get(row.unit);
    return { ...row, name: unit?.name ?? row.unit, district: tree.get(unit?.parent ?? '')?.name ?? '' };
  });
  // Nobody is late for what has not begun.
  const hasBegun = today >= campaignWindow(board.year).from;
  const months = units[0]?.months.map(({ month }) => month).filter((month) => month <= today.slice(0, 7));
  return (
    <>
      {units.length > 1 && hasBegun && (
        <Silent units={units.filter(({ done }) => done === 0)} year={board.year} />
      )}
      {units.length > 1 && <Tiles units={units} />}
      <Programmes units={units} months={months ?? []} />
      {units.length > 1 && <Table units={units} />}
    </>
  );
};

/** Communes that have told nothing of the action month yet. A missing commune is not a zero. */
const Silent = ({ units, year }: { units: readonly Named[]; year: number }): JSX.Element => {
  const w = more.value.board;
  return (
    <section class="card">
      <h2>
        <Icon of={CircleDashed} /> {fill(w.silent, { n: units.length })}
      </h2>
      {units.length === 0 ? (
        <p class="note good">{w.nobodySilent}</p>
      ) : (
        <>
          <SilentList units={units.slice(0, shownSilent)} year={year} />
          {units.length > shownSilent && (
            <details>
              <summary>{fill(w.moreSilent, { n: units.length - shownSilent })}</summary>
              <SilentList units={units.slice(shownSilent)} year={year} />
            </details>
          )}
        </>
      )}
    </section>
  );
};

const SilentList = ({ units, year }: { units: readonly Named[]; year: number }): JSX.Element => {
  const w = more.value.board;
  return (
    <ul class="call-list">
      {units.map((unit) => (
        <li key={unit.unit}>
          <span>
            <strong>{unit.name}</strong>
            <span class="quiet">
              {unit.lastReceived === null
                ? w.neverHeard
                : fill(w.lastHeard, { time: showTime(unit.lastReceived, now()) })}
            </span>
          </span>
          <button
            type="button"
            class="button plain small screen-only"
            aria-label={fill(w.remindOne, { unit: unit.name })}
            onClick={() => void remind(fill(w.reminder, { unit: unit.name, year: String(year) }))}
          >
            <Icon of={BellRing} size={18} /> {w.remind}
          </button>
        </li>
      ))}
    </ul>
  );
};

const shades = [0, 1, 3, 6];
const shadeOf = (n: number): number => shades.filter((least) => n >= least).length - 1;

/** A tile for each unit, by district: no outlines are needed to see the gaps. */
const Tiles = ({ units }: { units: readonly Named[] }): JSX.Element => {
  const w = more.value.board;
  const districts = [...new Set(units.map(({ district }) => district))];
  const covered = units.filter(({ done }) => done > 0).length;
  return (
    <section class="card">
      <h2>
        <Icon of={MapIcon} /> {fill(w.covered, { n: covered, of: units.length })}
      </h2>
      {districts.map((district) => (
        <div key={district} class="stack">
          {districts.length > 1 && <h3>{district}</h3>}
          <ul class="tiles">
            {units
              .filter((unit) => unit.district === district)
              .map((unit) => (
                <li key={unit.unit} class={`tile shade-${shadeOf(unit.done)}`}>
                  <span class="tile-name">{shortName(unit.name)}</span>
                  <span class="tile-count">
                    {unit.done === 0 ? <Icon of={CircleDashed} size={16} /> : unit.done}
                    <span class="sr-only">{fill(w.records, { n: unit.done })}</span>
                  </span>
                </li>
              ))}
          </ul>
        </div>
      ))}
    </section>
  );
};

/** “Xã Xuân Thành” is Xuân Thành where all around it are communes too. */
const shortName = (name: string): string => name.replace(/^(Xã|Phường|Thị trấn) /, '');

/** At least two programmes a month on the loudspeakers of each commune. */
const Programmes = ({
  units,
  months,
}: {
  units: readonly Named[];
  months: readonly string[];
}): JSX.Element | null => {
  const w = more.value.board;
  if (months.length === 0) return null;
  return (
    <section class="card">
      <h2>
        <Icon of={Radio} /> {fill(w.programmes, { n: featuresAMonth })}
      </h2>
      <ul class="ticked-list">
        {months.map((month) => {
          const count = (unit: UnitRow): number =>
            unit.months.find((of) => of.month === month)?.features ?? 0;
          const enough = units.filter((unit) => count(unit) >= featuresAMonth).length;
          const [only] = units;
          const text =
            units.length === 1 && only !== undefined
              ? fill(w.ownProgrammes, { month: monthName(month), n: count(only) })
              : fill(w.enough, { month: monthName(month), n: enough, of: units.length });
          return (
            <li key={month}>
              <Icon of={enough === units.length ? CircleCheck : CircleDashed} size={18} /> {text}
            </li>
          );
        })}
      </ul>
    </section>
  );
};

const monthName = (month: string): string => month.split('-').reverse().join('/');

/** The same as the tiles in full, for who would rather read, and for print. */
const Table = ({ units }: { units: readonly Named[] }): JSX.Element => {
  const w = more.value.board;
  const months = units[0]?.months ?? [];
  return (
    <details class="card" open={units.length <= 30}>
      <summary>
        <h2>{w.table}</h2>
      </summary>
      <div class="table-scroll" tabIndex={0} role="group" aria-label={w.table}>
        <table class="rows">
          <thead>
            <tr>
              <th scope="col">{w.unit}</th>
              <th scope="col">{w.done}</th>
              <th scope="col">{w.approved}</th>
              <th scope="col">{w.planned}</th>
              {months.map(({ month }) => (
                <th key={month} scope="col">
                  {fill(w.featuresIn, { month: monthName(month) })}
                </th>
              ))}
              <th scope="col">{w.lastColumn}</th>
            </tr>
          </thead>
          <tbody>
            {units.map((unit) => (
              <tr key={unit.unit}>
                <th scope="row">{unit.name}</th>
                <td>{unit.done}</td>
                <td>{unit.counted}</td>
                <td>{unit.planned === 0 ? '–' : `${unit.carriedOut}/${unit.planned}`}</td>
                {unit.months.map(({ month, features }) => (
                  <td key={month}>{features}</td>
                ))}
                <td>{unit.lastReceived === null ? '–' : showTime(unit.lastReceived, now())}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
};
