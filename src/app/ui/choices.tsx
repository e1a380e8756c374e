import type { JSX } from 'preact';
import { unitsBelow } from '../../device/scope.ts';
import type { Scope } from '../../protocol/scope.ts';
import { more } from '../text/words.ts';

type YearProps = {
  readonly year: number;
  /** The last year that may be turned to. */
  readonly last: number;
  readonly turn: (year: number) => void;
};

/** To the year before and after the one that is shown. */
export const YearTurn = ({ year, last, turn }: YearProps): JSX.Element => (
  <>
    <button type="button" class="button plain small" onClick={() => turn(year - 1)}>
      ‹ {year - 1}
    </button>
    {year < last && (
      <button type="button" class="button plain small" onClick={() => turn(year + 1)}>
        {year + 1} ›
      </button>
    )}
  </>
);

/** A year from an address, where it is one that may be shown. */
export const yearFrom = (asked: string | undefined, current: number, last = current): number => {
  const year = Number(asked);
  return Number.isInteger(year) && year > 2015 && year <= last ? year : current;
};

type UnitProps = {
  readonly scope: Scope;
  readonly unit: string;
  readonly choose: (unit: string) => void;
};

/** An officer looks at her units as well; nothing where there is only one. */
export const UnitChoice = ({ scope, unit, choose }: UnitProps): JSX.Element | null => {
  const units = unitsBelow(scope);
  if (units.length < 2) return null;
  return (
    <select
      aria-label={more.value.board.unit}
      value={unit}
      onChange={(event) => choose(event.currentTarget.value)}
    >
      {units.map(({ id, name }) => (
        <option key={id} value={id} selected={id === unit}>
          {name}
        </option>
      ))}
    </select>
  );
};
