import type { Values } from '../records/field.ts';
import type { Indicator, Report } from './report.ts';
import { shownTables } from './support-table.ts';
import type { ShownCell, ShownTable } from './support-table.ts';
import { totalCode } from './tally.ts';

/** A report’s cells as they are kept once it is handed in. A cell in which nothing was counted is left out. */
export type FrozenCell = {
  readonly table: string;
  readonly row: string;
  readonly column: string;
  readonly value: number;
  readonly mark: 'below' | 'at_least' | null;
};

export const frozen = ({ tables, indicators }: Report): FrozenCell[] => [
  ...shownTables(tables).flatMap(({ name, rows, total }) =>
    [...rows, total].flatMap(({ code, cells }) =>
      Object.entries(cells).flatMap(([column, cell]): FrozenCell[] => {
        const kept = toFrozen(cell);
        return kept === null ? [] : [{ table: name, row: code, column, ...kept }];
      }),
    ),
  ),
  ...indicators.flatMap(({ code, part, whole }): FrozenCell[] => [
    { table: indicatorTable, row: code, column: 'part', value: part, mark: null },
    { table: indicatorTable, row: code, column: 'whole', value: whole, mark: null },
  ]),
];

/** Computed indicators lie among the cells under this name. */
const indicatorTable = 'indicators';

/** The computed indicators of a report that was handed in. */
export const thawedIndicators = (cells: readonly Values[]): Indicator[] =>
  thawed(cells)
    .filter(({ name }) => name === indicatorTable)
    .flatMap(({ rows }) =>
      rows.map(({ code, cells: of }) => ({
        code,
        part: Number(of['part'] ?? 0),
        whole: Number(of['whole'] ?? 0),
      })),
    );

const toFrozen = (cell: ShownCell): Pick<FrozenCell, 'value' | 'mark'> | null => {
  if (cell === null) return null;
  if (typeof cell === 'number') return { value: cell, mark: null };
  return 'below' in cell ? { value: cell.below, mark: 'below' } : { value: cell.atLeast, mark: 'at_least' };
};

const fromFrozen = ({ value, mark }: Values): ShownCell => {
  if (mark === 'below') return { below: Number(value) };
  return mark === 'at_least' ? { atLeast: Number(value) } : Number(value);
};

/** The tables of a report that was handed in, in the order in which they were kept. */
export const thawed = (cells: readonly Values[]): ShownTable[] => {
  const tables = new Map<string, Map<string, Record<string, ShownCell>>>();
  for (const cell of cells) {
    const [table, row, column] = [String(cell['table']), String(cell['row']), String(cell['column'])];
    const rows = tables.get(table) ?? new Map<string, Record<string, ShownCell>>();
    tables.set(table, rows);
    rows.set(row, { ...rows.get(row), [column]: fromFrozen(cell) });
  }
  return [...tables].map(([name, rows]) => ({
    name,
    rows: [...rows].filter(([code]) => code !== totalCode).map(([code, row]) => ({ code, cells: row })),
    total: { code: totalCode, cells: rows.get(totalCode) ?? {} },
  }));
};
