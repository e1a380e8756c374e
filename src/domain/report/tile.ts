import type { Fact } from './fact.ts';
import { isSure } from './fact.ts';

/**
 * A year of work is cut into three tiles that do not overlap. A: 15/12 of the year before to 14/6. B: 15/6 to 14/11. C: the
 * action month. The half-year's report is A, the year's A and B, the action month's C; every record that counts lies in one.
 */
export type TileName = 'A' | 'B' | 'C';
export type Tile = `${number}${TileName}`;

export const reportTypes = ['half', 'year', 'campaign', 'whole'] as const;
export type ReportType = (typeof reportTypes)[number];

const tilesIn: Readonly<Record<ReportType, readonly TileName[]>> = {
  half: ['A'],
  year: ['A', 'B'],
  campaign: ['C'],
  // The whole year with its action month; to be looked at, nobody hands it in.
  whole: ['A', 'B', 'C'],
};

export const tilesOf = (type: ReportType, year: number): Tile[] =>
  tilesIn[type].map((name): Tile => `${year}${name}`);

/** The first and last day of a report (ISO). */
export const reportWindow = (
  type: ReportType,
  year: number,
): { readonly from: string; readonly to: string } => ({
  from: type === 'campaign' ? `${year}-11-15` : `${year - 1}-12-15`,
  to: `${year}${{ half: '-06-14', year: '-11-14', campaign: '-12-15', whole: '-12-15' }[type]}`,
});

const nextOf = (tile: Tile): Tile => {
  const year = Number(tile.slice(0, 4));
  return tile.endsWith('A') ? `${year}B` : `${year + 1}A`;
};

/** The tile of a day by the calendar alone. */
const tileOfDay = (day: string): Tile => {
  const year = Number(day.slice(0, 4));
  const rest = day.slice(5);
  if (rest <= '06-14') return `${year}A`;
  if (rest <= '11-14') return `${year}B`;
  return rest <= '12-15' ? `${year}C` : `${year + 1}A`;
};

/** Kinds that lie in a tile. A model and what happens to it are counted as they stand at a report's end. */
const tiled: readonly Fact['kind'][] = ['activity', 'training', 'model_period'];

export type Placed = {
  readonly tile: Tile;
  /** It is of an earlier tile and comes in later, to be marked as such. */
  readonly carried: boolean;
};

/** Whether a unit's work of a tile has been reported already. */
export type IsIssued = (unit: string, tile: Tile) => boolean;

export const nothingIssued: IsIssued = () => false;

/**
 * The one tile in which a record counts; null for kinds that lie in none. Work of the action month lies in C by its flag;
 * other work by its last day, and what of it falls into the action month is carried to the next year. What is approved
 * after its tile was reported is carried to the next one that is still open, and what was locked stays where it was counted.
 */
export const placeOf = (fact: Fact, isIssued: IsIssued = nothingIssued): Placed | null => {
  if (!tiled.includes(fact.kind)) return null;
  const own = naturalTile(fact);
  if (fact.issuedIn !== null)
    return { tile: fact.issuedIn as Tile, carried: fact.issuedIn !== own.tile || own.carried };
  let { tile } = own;
  let { carried } = own;
  // Reports end; ten years ahead is beyond any of them.
  for (let i = 0; i < 30 && isIssued(fact.unit, tile); i++) [tile, carried] = [nextOf(tile), true];
  return { tile, carried };
};

const naturalTile = ({ kind, campaign, to }: Fact): Placed => {
  if (kind === 'model_period') return { tile: tileOfDay(to), carried: false };
  if (campaign !== null) return { tile: `${campaign}C`, carried: false };
  const tile = tileOfDay(to);
  if (!tile.endsWith('C')) return { tile, carried: false };
  // The last day of the action month is the first day of the next year’s work.
  return { tile: nextOf(tile), carried: to.slice(5) !== '12-15' };
};

/** The records that count in a report, and which of them come late from an earlier one. */
export const selectionOf = (
  facts: Iterable<Fact>,
  type: ReportType,
  year: number,
  isIssued: IsIssued = nothingIssued,
): { readonly selected: Fact[]; readonly carried: ReadonlySet<string> } => {
  const tiles = new Set(tilesOf(type, year));
  const selected: Fact[] = [];
  const carried = new Set<string>();
  for (const fact of facts) {
    if (!isSure(fact)) continue;
    const place = placeOf(fact, isIssued);
    if (place === null || !tiles.has(place.tile)) continue;
    selected.push(fact);
    if (place.carried) carried.add(fact.id);
  }
  return { selected, carried };
};
