import { Problem } from '../../domain/problem.ts';
import { isAskedToRecord } from '../../domain/report/asked.ts';
import { boardOf, boardWindows } from '../../domain/report/board.ts';
import type { Board } from '../../domain/report/board.ts';
import { issuedBy } from '../../domain/report/issued.ts';
import { reportOf } from '../../domain/report/report.ts';
import type { Report } from '../../domain/report/report.ts';
import { reportTypes } from '../../domain/report/tile.ts';
import type { ReportType } from '../../domain/report/tile.ts';
import { campaignWindow } from '../../domain/campaign.ts';
import { vietnamDay } from '../../domain/typed/date.ts';
import { isWithin } from '../../domain/unit.ts';
import type { Unit } from '../../domain/unit.ts';
import type { Db } from '../sql/open.ts';
import type { Account, Directory } from '../units/directory.ts';
import { factsFor, lastReceived } from './facts.ts';

/** Boards and reports for a phone that does not hold all of its units yet; by the same code as on the phone. */

const yearOf = (asked: string | undefined): number => {
  const year = Number(asked);
  if (!Number.isInteger(year) || year < 2015 || year > 2100)
    throw new Problem('P_BAD_REQUEST', { at: 'year' });
  return year;
};

/** A unit with all below it, for somebody who stands at it or above. */
const areaOf = (who: Account, { tree }: Directory, top: string): Unit[] => {
  if (who.role === 'admin' || !tree.has(top) || !isWithin(tree, top, who.unit))
    throw new Problem('P_NOT_YOURS');
  return [...tree.values()].filter(({ id }) => isWithin(tree, id, top));
};

const idsOf = (units: readonly Unit[]): string[] => units.map(({ id }) => id);

/** The board of an action month of all that a person’s unit sees. */
export const boardFor = async (
  db: Db,
  who: Account,
  directory: Directory,
  now: Date,
  query: { readonly year?: string | undefined },
): Promise<Board> => {
  const year = yearOf(query.year);
  const units = areaOf(who, directory, who.unit);
  const ids = idsOf(units);
  const [facts, received] = await Promise.all([
    factsFor(db, who, directory, ids, boardWindows(year)),
    lastReceived(db, who, directory, ids),
  ]);
  const from = campaignWindow(year).from;
  return boardOf(facts, {
    year,
    today: vietnamDay(now),
    area: new Set(ids),
    received,
    asked: idsOf(units.filter((unit) => isAskedToRecord(unit, units, from))),
  });
};

/** A report of a unit at or below a person’s own. */
export const reportFor = async (
  db: Db,
  who: Account,
  directory: Directory,
  query: {
    readonly year?: string | undefined;
    readonly type?: string | undefined;
    readonly unit?: string | undefined;
  },
): Promise<Report> => {
  const year = yearOf(query.year);
  if (!(reportTypes as readonly unknown[]).includes(query.type))
    throw new Problem('P_BAD_REQUEST', { at: 'type' });
  const top = query.unit ?? who.unit;
  const units = areaOf(who, directory, top);
  const facts = await factsFor(db, who, directory, idsOf(units));
  return reportOf(facts, {
    type: query.type as ReportType,
    year,
    top,
    units,
    isIssued: issuedBy(directory.reports, directory.tree),
  });
};
