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
  /** It closes what it counts; a collaborator's own report does not. */
  readonly closes: boolean;
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
      closes: figures['closes'] === true,
    }));

/** How far each state has come, for which of two reports of one unit and window holds. */
const standing = ['returned', 'submitted', 'locked', 'approved'];

/** The report of a unit and window; of two that were made unseen of each other, the one that has come further. */
export const markOf = (
  marks: readonly ReportMark[],
  key: Pick<ReportMark, 'unit' | 'type' | 'year'>,
): ReportMark | undefined =>
  marks
    .filter(({ unit, type, year }) => unit === key.unit && type === key.type && year === key.year)
    .sort((a, b) => standing.indexOf(b.state) - standing.indexOf(a.state) || (a.id < b.id ? -1 : 1))[0];

/**
 * What has been reported already, by a unit or by one above it, so that what is approved later comes into the next report.
 * A report that was returned is open again.
 */
export const issuedBy = (
  reports: readonly ReportMark[],
  tree: UnitTree,
): ((unit: string, tile: Tile) => boolean) => {
  const closed = reports
    .filter(({ state, closes }) => closes && state !== 'returned')
    .map(({ unit, type, year }) => ({ unit, tiles: new Set<string>(tilesOf(type, year)) }));
  return (unit, tile) => closed.some((report) => report.tiles.has(tile) && isWithin(tree, unit, report.unit));
};
