import { modelLists } from '../records/model-lists.ts';
import { supportTypes } from '../records/model-events.ts';
import { sortOf } from './fact.ts';
import type { Fact } from './fact.ts';
import { tally, totalCode } from './tally.ts';
import type { Cell, Layout, Table } from './tally.ts';

/**
 * Biểu 03b: people supported by models. They may repeat between models, and they say how many came to a model, not how much
 * violence there is. Small numbers could point at somebody, so they leave this file only as “fewer than five”.
 */

/** A cell that may be shown: a number, “fewer than this”, “at least this”, or nothing. */
export type ShownCell = Cell | { readonly below: number } | { readonly atLeast: number };

export type ShownTable = {
  readonly name: string;
  readonly rows: readonly { readonly code: string; readonly cells: Readonly<Record<string, ShownCell>> }[];
  readonly total: { readonly code: string; readonly cells: Readonly<Record<string, ShownCell>> };
};

export const supportColumns = ['persons_supported', 'hotline_calls', ...supportTypes] as const;

const threshold = 5;

const supportLayout: Layout = {
  name: 'support',
  rows: modelLists.model_type,
  counts: ({ kind }) => kind === 'model_support',
  rowsOf: (fact) => [sortOf(fact, 'model_type') ?? 'khac'],
  columns: supportColumns.map((name) => ({
    name,
    of: (fact) => (typeof fact.figures[name] === 'number' ? fact.figures[name] : null),
  })),
};

/** Counts of people that are told as “fewer than five” wherever they are few, though their tables are open otherwise. */
const delicate = ['ethnic', 'disability'];

/** A report's tables as they may be read. */
export const shownTables = (tables: readonly (Table | ShownTable)[]): ShownTable[] =>
  tables.map((table) =>
    table.name === 'communication'
      ? suppressed(table as Table, [], (column) => delicate.includes(column))
      : table,
  );

const isFew = (value: Cell): boolean => value !== null && value > 0 && value < threshold;

/**
 * The table as it may be read. One to four becomes “fewer than five”. Where a row is hidden in a column, the column’s total
 * gives it away by subtraction, so the total is told as a lower bound. A lone shelter is told at the province only.
 */
export const supportTable = (support: readonly Fact[], isProvince: boolean): ShownTable => {
  const { rows, total } = tally(supportLayout, support);
  return suppressed({ name: 'support', rows, total }, isProvince ? [] : loneShelters(support));
};

/** The row of the shelters when only one shelter is in it. */
const loneShelters = (support: readonly Fact[]): string[] => {
  const shelter = 'nha_tam_lanh';
  const units = support.filter((fact) => sortOf(fact, 'model_type') === shelter).map(({ unit }) => unit);
  return units.length > 0 && new Set(units).size < 2 ? [shelter] : [];
};

export const suppressed = (
  { name, rows, total }: Table,
  hiddenRows: readonly string[],
  isDelicate: (column: string) => boolean = () => true,
): ShownTable => {
  const isHidden = (code: string, value: Cell): boolean =>
    isFew(value) || (hiddenRows.includes(code) && (value ?? 0) > 0);
  const shown = (column: string, value: Cell): ShownCell =>
    isDelicate(column) && isFew(value) ? { below: threshold } : value;
  const totals = Object.entries(total.cells).map(([column, value]): [string, ShownCell] => {
    if (!isDelicate(column)) return [column, value];
    if (isFew(value)) return [column, { below: threshold }];
    const open = rows.filter(({ code, cells }) => !isHidden(code, cells[column] ?? null));
    if (open.length === rows.length) return [column, value];
    return [column, { atLeast: open.reduce((sum, { cells }) => sum + (cells[column] ?? 0), 0) }];
  });
  return {
    name,
    rows: rows
      .filter(({ code }) => !hiddenRows.includes(code))
      .map(({ code, cells }) => ({
        code,
        cells: Object.fromEntries(
          Object.entries(cells).map(([column, value]) => [column, shown(column, value)]),
        ),
      })),
    total: { code: totalCode, cells: Object.fromEntries(totals) },
  };
};
