import { isWithin } from '../unit.ts';
import type { UnitTree } from '../unit.ts';
import type { Fact } from './fact.ts';
import type { ReportType, Tile } from './tile.ts';
import { tilesOf } from './tile.ts';

/** A report record as others must know it. */
export type ReportMark = {
  readonly id: string;
  readonly unit: string;
  readonly type: ReportType;
  readonly year: number;
  readonly state: Fact['state'];
};

/** The reports among the facts that were not given up. */
export const reportsAmong = (facts: Iterable<Fact>): ReportMark[] =>
  [...facts]
    .filter(({ kind, state }) => kind === 'report' && state !== 'void')
    .map(({ id, unit, state, figures }) => ({
      id,
      unit,
      state,
      type: figures['report_type'] as ReportType,
      year: Number(figures['year']),
    }));

/**
 * What has been reported already, so that what is approved later comes into the next report. A report that was returned is
 * open again. A commune’s own report closes nothing: who reviews its records closes them.
 */
export const issuedBy = (
  reports: readonly ReportMark[],
  tree: UnitTree,
  hasOfficer: (unit: string) => boolean,
): ((unit: string, tile: Tile) => boolean) => {
  const closed = reports
    .filter(({ unit, state }) => state !== 'returned' && hasOfficer(unit))
    .map(({ unit, type, year }) => ({ unit, tiles: new Set<string>(tilesOf(type, year)) }));
  return (unit, tile) => closed.some((report) => report.tiles.has(tile) && isWithin(tree, unit, report.unit));
};
