import { addDays } from '../typed/date.ts';
import { existsOn } from '../unit.ts';
import type { Unit } from '../unit.ts';
import { isAskedToRecord } from './asked.ts';
import { featuresAMonth, featuresOf } from './board.ts';
import { isSure, isWhole, sortOf, spent } from './fact.ts';
import type { Fact } from './fact.ts';
import { figuresLayouts, layouts } from './layouts.ts';
import { isAtWork, modelsOf } from './model-course.ts';
import { modelEvidence, modelTable } from './model-table.ts';
import { supportTable } from './support-table.ts';
import type { ShownTable } from './support-table.ts';
import { evidenceOf, tally, totalCode } from './tally.ts';
import type { Column, Layout, Row, Table } from './tally.ts';
import { nothingIssued, placeOf, reportWindow, selectionOf, tilesOf } from './tile.ts';
import type { IsIssued, ReportType } from './tile.ts';
import { typedFigures } from './typed-figures.ts';

/** A unit’s report of a window, computed from the facts alone: the same on a phone and on the server. */
export type Report = {
  readonly type: ReportType;
  readonly year: number;
  readonly window: { readonly from: string; readonly to: string };
  readonly tables: readonly (Table | ShownTable)[];
  /** How many records count, how many of them come late from an earlier report, and how many still wait for approval. */
  readonly counted: number;
  readonly carried: number;
  readonly waiting: number;
  /** Communes and departments of which nothing counts: named, because nothing is not zero. */
  readonly silent: readonly string[];
  readonly indicators: readonly Indicator[];
};

/** A computed indicator: so many of so many; null of a whole that is not known. */
export type Indicator = { readonly code: string; readonly part: number; readonly whole: number };

export type ReportAsked = {
  readonly type: ReportType;
  readonly year: number;
  /** The unit that reports, and all below it. */
  readonly top: string;
  readonly units: readonly Unit[];
  readonly isIssued?: IsIssued;
};

/** In what a level of the tree is summed in Biểu 07. */
const levels = ['commune', 'district', 'department', 'province'] as const;

/** What a report is made of. */
export type Counted = {
  /** All facts of the reporting unit and below it, whatever their window. */
  readonly facts: readonly Fact[];
  /** Those that count in it, and the ids of those of them that come late from an earlier report. */
  readonly selected: readonly Fact[];
  readonly carried: ReadonlySet<string>;
};

/** A shelter is known to belong to its district only, so a commune's report says nothing of it. */
export const countedIn = (
  all: Iterable<Fact>,
  { type, year, top, units, isIssued = nothingIssued }: ReportAsked,
): Counted => {
  const area = new Map(units.map((unit) => [unit.id, unit]));
  const isCommune = area.get(top)?.level === 'commune';
  const facts = [...all].filter(
    (fact) => area.has(fact.unit) && !(isCommune && sortOf(fact, 'model_type') === 'nha_tam_lanh'),
  );
  return { facts, ...selectionOf(facts, type, year, isIssued) };
};

const periodsIn = ({ selected }: Counted): ReadonlySet<string> =>
  new Set(selected.filter(({ kind }) => kind === 'model_period').map(({ id }) => id));

export const reportOf = (all: Iterable<Fact>, asked: ReportAsked): Report => {
  const { type, year, top, units, isIssued = nothingIssued } = asked;
  const counted = countedIn(all, asked);
  const { facts, selected, carried } = counted;
  const area = new Map(units.map((unit) => [unit.id, unit]));
  const level = area.get(top)?.level;
  const window = reportWindow(type, year);
  const periods = periodsIn(counted);
  const support = facts.filter(
    (fact) => isSure(fact) && fact.kind === 'model_support' && periods.has(fact.of ?? ''),
  );
  const tiles = new Set<string>(tilesOf(type, year));
  // Who has handed something in is not silent, also while it waits for approval.
  const living = facts.filter(
    (fact) => fact.state !== 'void' && tiles.has(placeOf(fact, isIssued)?.tile ?? ''),
  );
  const active = new Set(living.map(({ unit }) => unit));
  return {
    type,
    year,
    window,
    tables: [
      ...layouts.map((layout) => tally(layout, selected)),
      modelTable(facts, window, periods),
      // What one commune's models gave could point at somebody, so it is told from the district on.
      ...(level === 'commune' ? [] : [supportTable(support, level === 'province')]),
      tally(levelLayout(area), selected),
      ...figuresLayouts.map((layout) => tally(layout, figuresFor(facts, asked))),
    ],
    counted: selected.length,
    carried: carried.size,
    waiting: living.filter((fact) => !isSure(fact)).length,
    silent: units
      .filter((unit) => isAskedToRecord(unit, units, window.to) && !active.has(unit.id))
      .map(({ id }) => id),
    indicators: indicatorsOf(facts, asked, window),
  };
};

/** What was typed for the year: approved, and the reporting unit’s own as it stands. */
const figuresFor = (facts: readonly Fact[], { year, top }: ReportAsked): Iterable<Fact> =>
  typedFigures(
    facts.filter((fact) => isSure(fact) || fact.unit === top),
    year,
  ).values();

const isOf =
  (kind: Fact['kind']) =>
  (fact: Fact): boolean =>
    fact.kind === kind;
const isClass = (fact: Fact): boolean => fact.kind === 'training' && isWhole(fact);

const only = (name: string, counts: (fact: Fact) => boolean, field: string | null): Column => ({
  name,
  of: (fact) =>
    counts(fact) ? (field === null ? 1 : ((fact.figures[field] as number | undefined) ?? null)) : null,
});

/** Biểu 07: all of it in one line for communes, districts and departments each, with the documents that were issued. */
const levelLayout = (area: ReadonlyMap<string, Unit>): Layout => ({
  name: 'levels',
  rows: levels,
  counts: () => true,
  rowsOf: ({ unit }) => [area.get(unit)?.level ?? 'commune'],
  columns: [
    only('documents', (fact) => sortOf(fact, 'form') === 'ban_hanh_van_ban', null),
    only('activities', isOf('activity'), null),
    only('sessions', isOf('activity'), 'sessions_count'),
    only('attendances', isOf('activity'), 'participants_total'),
    only('male', isOf('activity'), 'participants_male'),
    only('female', isOf('activity'), 'participants_female'),
    only('unknown', isOf('activity'), 'participants_unknown'),
    only('broadcasts', isOf('activity'), 'broadcast_count'),
    only('minutes', isOf('activity'), 'broadcast_minutes'),
    only('posts', isOf('activity'), 'posts_count'),
    only('classes', isClass, null),
    only('people', isClass, 'participants_total'),
    only('people_female', isClass, 'participants_female'),
    { name: 'vnd', of: (fact) => spent(fact) },
  ],
});

/** The months of a window, as `2019-11`: each belongs to the window in which it ends, so that none is told twice. */
const monthsOf = ({ from, to }: Report['window']): string[] => {
  const months: string[] = [];
  for (let month = from.slice(0, 7); month <= to.slice(0, 7); month = monthAfter(month)) {
    const last = addDays(`${monthAfter(month)}-01`, -1);
    if (last >= from && last <= to) months.push(month);
  }
  return months;
};

const monthAfter = (month: string): string => {
  const [year = 0, number = 0] = month.split('-').map(Number);
  return number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, '0')}`;
};

/** Biểu 05, what records can give: months with two programmes, communes with a model. */
const indicatorsOf = (
  facts: readonly Fact[],
  { units }: ReportAsked,
  window: Report['window'],
): Indicator[] => {
  const communes = units.filter((unit) => unit.level === 'commune' && existsOn(unit, window.to));
  const months = monthsOf(window);
  const features = new Map<string, number>();
  // A month is counted whole, also what of it is told in another report.
  for (const fact of facts.filter(isSure)) {
    const key = `${fact.unit} ${fact.to.slice(0, 7)}`;
    features.set(key, (features.get(key) ?? 0) + featuresOf(fact));
  }
  const full = communes.flatMap(({ id }) =>
    months.filter((month) => (features.get(`${id} ${month}`) ?? 0) >= featuresAMonth),
  );
  const ids = new Set(communes.map(({ id }) => id));
  const withModel = new Set(
    modelsOf(facts)
      .filter((course) => isAtWork(course, window.to) && ids.has(course.model.unit))
      .map(({ model }) => model.unit),
  );
  return [
    { code: 'two_features', part: full.length, whole: communes.length * months.length },
    { code: 'communes_with_model', part: withModel.size, whole: communes.length },
  ];
};

/** How a table is laid out that is summed from records one by one; models and support are not. */
const layoutOf = (name: string, units: readonly Unit[]): Layout | undefined =>
  name === 'levels'
    ? levelLayout(new Map(units.map((unit) => [unit.id, unit])))
    : [...layouts, ...figuresLayouts].find((layout) => layout.name === name);

/** The columns of a table, in their order, with the working ones. */
export const columnsOf = (name: string): readonly Column[] => layoutOf(name, [])?.columns ?? [];

export type CellName = { readonly table: string; readonly row: string; readonly column: string };

/** The records behind a cell of a report. */
export const recordsBehind = (
  all: Iterable<Fact>,
  asked: ReportAsked,
  { table, row, column }: CellName,
): Fact[] => {
  const counted = countedIn(all, asked);
  const { facts, selected } = counted;
  if (table === 'models')
    return modelEvidence(facts, reportWindow(asked.type, asked.year), periodsIn(counted), row, column);
  const layout = layoutOf(table, asked.units);
  if (layout === undefined) return [];
  const from = figuresLayouts.includes(layout) ? figuresFor(facts, asked) : selected;
  return evidenceOf(layout, from, row, column);
};

/** A row of one of a report’s tables. */
export const rowOf = ({ tables }: Report, table: string, row: string): Row | undefined => {
  const found = tables.find(({ name }) => name === table) as Table | undefined;
  return row === totalCode ? found?.total : found?.rows.find(({ code }) => code === row);
};
