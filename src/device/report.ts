import type { RecordState } from '../domain/change.ts';
import type { Values } from '../domain/records/field.ts';
import { doubtsOf } from '../domain/report/doubts.ts';
import type { Doubt } from '../domain/report/doubts.ts';
import { frozen } from '../domain/report/frozen.ts';
import { issuedBy, markOf, reportsAmong } from '../domain/report/issued.ts';
import type { ReportMark } from '../domain/report/issued.ts';
import { countedIn, recordsBehind, reportOf } from '../domain/report/report.ts';
import type { CellName, Report, ReportAsked } from '../domain/report/report.ts';
import { placeOf, tilesOf } from '../domain/report/tile.ts';
import type { ReportType } from '../domain/report/tile.ts';
import { isSure } from '../domain/report/fact.ts';
import type { Fact } from '../domain/report/fact.ts';
import { typedFigures } from '../domain/report/typed-figures.ts';
import { vietnamDay } from '../domain/typed/date.ts';
import { isWithin } from '../domain/unit.ts';
import type { Scope } from '../protocol/scope.ts';
import { readFacts } from './board.ts';
import type { Device } from './device.ts';
import { openAll } from './listed.ts';
import type { Listed } from './listed.ts';
import { placesOf } from './scope.ts';
import type { Doing } from './save.ts';

/** Reports, computed from what this phone holds; no network is needed. */

/** Which report of which unit. */
export type ReportKey = { readonly type: ReportType; readonly year: number; readonly unit: string };

const askedOf = (
  scope: Scope,
  marks: readonly ReportMark[],
  { type, year, unit }: ReportKey,
): ReportAsked => {
  const { tree } = placesOf(scope);
  return {
    type,
    year,
    top: unit,
    units: scope.units.filter(({ id }) => isWithin(tree, id, unit)),
    isIssued: issuedBy([...marks, ...(scope.issued ?? [])], tree),
  };
};

export type ReportView = {
  readonly key: ReportKey;
  readonly report: Report;
  readonly lastYear: Report;
  /** What looks wrong in it. */
  readonly doubts: readonly Doubt[];
  /** The facts that count in it, for what its text tells. */
  readonly counted: readonly Fact[];
  /** The ids of those that come late from an earlier report. */
  readonly carried: ReadonlySet<string>;
  /** How many records it counted when it was handed in and has not locked: they were opened again meanwhile. */
  readonly unlocked: number;
  /** What the unit typed by hand for the year. */
  readonly figures: Fact | null;
  /** This one, when it was handed in before. */
  readonly held: RecordState | null;
};

/** A unit’s report as it would be handed in now, the year before beside it, and what was handed in. */
export const readReport = async (
  device: Device,
  scope: Scope,
  key: ReportKey,
  mending = false,
): Promise<ReportView> => {
  const facts = await readFacts(device);
  const marks = reportsAmong(facts);
  const mark = markOf(marks, key);
  const held = mark === undefined ? undefined : await device.store.record.get(mark.id);
  const [listed] = held === undefined ? [] : await openAll(device, [held]);
  // What she mends is counted as it would be handed in: as if it had closed nothing yet.
  const others = mending ? marks.filter(({ id }) => id !== mark?.id) : marks;
  const asked = askedOf(scope, others, key);
  const report = reportOf(facts, asked);
  const lastYear = reportOf(facts, askedOf(scope, marks, { ...key, year: key.year - 1 }));
  const counted = countedIn(facts, asked);
  const record = listed?.record ?? null;
  return {
    key,
    report,
    lastYear,
    doubts: doubtsOf(counted.selected, report, lastYear, vietnamDay(device.now())),
    counted: counted.selected,
    carried: counted.carried,
    unlocked: unlockedOf(record, key, counted.facts),
    figures: typedFigures(counted.facts, key.year).get(key.unit) ?? null,
    held: record,
  };
};

const unlockedOf = (held: RecordState | null, { type, year }: ReportKey, facts: readonly Fact[]): number => {
  if (held === null || held.fields['closes'] !== true || held.state === 'returned') return 0;
  const tiles: readonly string[] = tilesOf(type, year);
  const locked = facts.filter(
    ({ kind, issuedIn }) => kind !== 'model_support' && tiles.includes(issuedIn ?? ''),
  ).length;
  return Math.max(0, Number(held.fields['counted'] ?? 0) - locked);
};

/** The records behind a cell, the latest first. */
export const readBehind = async (
  device: Device,
  scope: Scope,
  key: ReportKey,
  cell: CellName,
): Promise<Listed[]> => {
  const facts = await readFacts(device);
  const behind = recordsBehind(facts, askedOf(scope, reportsAmong(facts), key), cell);
  const rows = await device.store.record.bulkGet(behind.map(({ id }) => id));
  const found = rows.flatMap((row) => row ?? []).sort((a, b) => (a.date < b.date ? 1 : -1));
  return openAll(device, found);
};

/**
 * All changes that hand a report in: the report with its cells as they are now, and a lock on every record that counts in
 * it, where she is the one to lock. To be saved all or none.
 */
export const handIn = async (
  device: Device,
  scope: Scope,
  key: ReportKey,
  id: string,
  written: Values,
): Promise<Doing[]> => {
  const facts = await readFacts(device);
  const asked = askedOf(
    scope,
    reportsAmong(facts).filter((mark) => mark.id !== id),
    key,
  );
  const report = reportOf(facts, asked);
  const patch = {
    ...written,
    report_type: key.type,
    year: key.year,
    from: report.window.from,
    to: report.window.to,
    cells: frozen(report),
    closes: scope.me.role === 'officer',
    counted: report.counted,
    carried: report.carried,
    silent: [...report.silent],
  };
  const save: Doing = { record: id, deed: { do: 'save', kind: 'report', unit: key.unit, patch } };
  if (scope.me.role !== 'officer') return [save];
  const { facts: within, selected } = countedIn(facts, asked);
  const tiles = new Map(selected.map((fact) => [fact.id, placeOf(fact, asked.isIssued)?.tile ?? '']));
  // What was given in a period is closed with it.
  for (const fact of within)
    if (fact.kind === 'model_support' && isSure(fact) && tiles.has(fact.of ?? ''))
      tiles.set(fact.id, tiles.get(fact.of ?? '') ?? '');
  const open = within.filter(({ id: record, state }) => state === 'approved' && tiles.has(record));
  return [
    save,
    ...open.map((fact): Doing => ({
      record: fact.id,
      deed: { do: 'lock', report: id, tile: tiles.get(fact.id) ?? '' },
    })),
  ];
};

/** The records of facts, the earliest first. */
export const readCounted = async (device: Device, counted: readonly Fact[]): Promise<RecordState[]> => {
  const rows = await device.store.record.bulkGet(counted.map(({ id }) => id));
  const found = rows.flatMap((row) => row ?? []).sort((a, b) => (a.date < b.date ? -1 : 1));
  return (await openAll(device, found)).map(({ record }) => record);
};
