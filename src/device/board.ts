import { isAskedToRecord } from '../domain/report/asked.ts';
import { boardOf } from '../domain/report/board.ts';
import type { Board } from '../domain/report/board.ts';
import { factOf } from '../domain/report/fact.ts';
import { reportsAmong } from '../domain/report/issued.ts';
import type { ReportMark } from '../domain/report/issued.ts';
import type { Fact } from '../domain/report/fact.ts';
import { campaignWindow } from '../domain/campaign.ts';
import { vietnamDay } from '../domain/typed/date.ts';
import type { Scope } from '../protocol/scope.ts';
import type { Device } from './device.ts';
import { keptIndex } from './kept-index.ts';
import { unitsBelow } from './scope.ts';

const factsOf = keptIndex('facts', factOf, 2);

/** What boards count of every record on this phone. */
export const readFacts = async (device: Device): Promise<readonly Fact[]> => [
  ...(await factsOf(device)).entries.values(),
];

/** The reports that this phone knows of, of all units it sees. */
export const readReports = async (device: Device): Promise<ReportMark[]> =>
  reportsAmong(await readFacts(device));

/** The board of an action month from what this phone holds; needs no network. */
export const readBoard = async (device: Device, scope: Scope, year: number): Promise<Board> => {
  const area = unitsBelow(scope);
  return boardOf(await readFacts(device), {
    year,
    today: vietnamDay(device.now()),
    area: new Set(area.map(({ id }) => id)),
    asked: area
      .filter((unit) => isAskedToRecord(unit, scope.units, campaignWindow(year).from))
      .map(({ id }) => id),
  });
};
