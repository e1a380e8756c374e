import type { Fact } from './fact.ts';

/** A cell holds a number, or nothing where nothing was counted. Empty is null, never zero. */
export type Cell = number | null;
export type Cells = Readonly<Record<string, Cell>>;

/** A line of a table: its code in the table's list. The total’s code is `total`. */
export type Row = { readonly code: string; readonly cells: Cells };

export const totalCode = 'total';

export type Column =
  | {
      readonly name: string;
      /** What a fact adds to this column in a row (or in the total); null when it was not counted there. */
      readonly of: (fact: Fact, row: string) => Cell;
    }
  | {
      readonly name: string;
      /** A share of other columns, computed anew in every row and never added up; null when the whole is zero. */
      readonly share: readonly [part: string, wholes: readonly string[]];
    };

/** How facts are laid out in a table. The one declaration from which cells are summed and their evidence is found. */
export type Layout = {
  readonly name: string;
  readonly rows: readonly string[];
  readonly columns: readonly Column[];
  readonly counts: (fact: Fact) => boolean;
  /** In which rows a fact counts; in the total it counts once, however many there are. */
  readonly rowsOf: (fact: Fact) => readonly string[];
};

export type Table = { readonly name: string; readonly rows: readonly Row[]; readonly total: Row };

/** Sums facts into a table. Rows in which nothing was counted are left out. */
export const tally = (layout: Layout, facts: Iterable<Fact>): Table => {
  const rows = new Map<string, Record<string, Cell>>();
  const total = {};
  for (const fact of facts) {
    if (!layout.counts(fact)) continue;
    for (const code of new Set(layout.rowsOf(fact))) {
      const cells = rows.get(code) ?? {};
      rows.set(code, cells);
      addTo(cells, layout, fact, code);
    }
    addTo(total, layout, fact, totalCode);
  }
  const inOrder = [
    ...layout.rows.filter((code) => rows.has(code)),
    ...[...rows.keys()].filter((code) => !layout.rows.includes(code)),
  ];
  return {
    name: layout.name,
    rows: inOrder.map((code) => ({ code, cells: finished(layout, rows.get(code) ?? {}) })),
    total: { code: totalCode, cells: finished(layout, total) },
  };
};

const addTo = (cells: Record<string, Cell>, { columns }: Layout, fact: Fact, row: string): void => {
  for (const column of columns) {
    if (!('of' in column)) continue;
    const value = column.of(fact, row);
    if (value !== null) cells[column.name] = (cells[column.name] ?? 0) + value;
  }
};

const finished = ({ columns }: Layout, sums: Readonly<Record<string, Cell>>): Cells =>
  Object.fromEntries(
    columns.map((column) => [
      column.name,
      'of' in column ? (sums[column.name] ?? null) : shareOf(column.share, sums),
    ]),
  );

/** A part of a whole, from 0 to 1. */
const shareOf = ([part, wholes]: readonly [string, readonly string[]], cells: Cells): Cell => {
  const whole = wholes.reduce((sum, name) => sum + (cells[name] ?? 0), 0);
  return whole === 0 ? null : (cells[part] ?? 0) / whole;
};

/** The facts behind a cell: those that were counted in it, not those that would have added nothing. */
export const evidenceOf = (
  layout: Layout,
  facts: Iterable<Fact>,
  row: string,
  columnName: string,
): Fact[] => {
  const column = layout.columns.find(({ name }) => name === columnName);
  if (column === undefined) return [];
  const names = 'of' in column ? [column.name] : [column.share[0], ...column.share[1]];
  const columns = layout.columns.filter((one) => names.includes(one.name));
  return [...facts].filter(
    (fact) =>
      layout.counts(fact) &&
      (row === totalCode || layout.rowsOf(fact).includes(row)) &&
      columns.some((one) => 'of' in one && (one.of(fact, row) ?? 0) !== 0),
  );
};
