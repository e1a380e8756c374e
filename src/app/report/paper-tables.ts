import { modelColumns } from '../../domain/report/model-table.ts';
import { workingColumns } from '../../domain/report/layouts.ts';
import { columnsOf } from '../../domain/report/report.ts';
import type { Indicator } from '../../domain/report/report.ts';
import { shownTables, supportColumns } from '../../domain/report/support-table.ts';
import type { ShownCell, ShownTable } from '../../domain/report/support-table.ts';
import { totalCode } from '../../domain/report/tally.ts';
import { showNumber } from '../../domain/typed/show.ts';
import type { AnyListName } from '../../domain/records/field.ts';
import { reportWords } from '../text/report-words.ts';
import { fill, labelOf } from '../text/words.ts';

/** A report’s tables as they are read: one form for the screen, Word, Excel, CSV and print, so that none shows more than another. */

export type PaperCell = {
  readonly column: string;
  readonly text: string;
  /** The number itself, where it may be told. */
  readonly value: number | null;
  readonly isShare: boolean;
};

export type PaperRow = {
  readonly code: string;
  readonly label: string;
  readonly cells: readonly PaperCell[];
};

export type PaperTable = {
  readonly name: string;
  readonly title: string;
  readonly head: string;
  readonly columns: readonly { readonly name: string; readonly label: string }[];
  readonly rows: readonly PaperRow[];
  /** Absent where a sum would say nothing. */
  readonly total: PaperRow | null;
  readonly note: string | null;
};

/** In which order tables stand. */
const order = [
  'communication',
  'products',
  'topics',
  'training',
  'models',
  'support',
  'funding',
  'indicators',
  'cadres',
  'others',
  'budget',
  'levels',
];

const listOf: Readonly<Record<string, AnyListName>> = {
  communication: 'activity_form',
  products: 'product_unit',
  topics: 'topic',
  training: 'training_audience',
  models: 'model_type',
  support: 'model_type',
  funding: 'fund_source',
  cadres: 'cadre_position',
  budget: 'fund_source',
};

const named = (words: object, key: string): string => (words as Readonly<Record<string, string>>)[key] ?? key;

const columnNames = (table: string): readonly string[] => {
  if (table === 'models') return modelColumns;
  if (table === 'support') return supportColumns;
  return columnsOf(table)
    .map(({ name }) => name)
    .filter((name) => !workingColumns.includes(name));
};

const isShare = (column: string): boolean => column.endsWith('_share') || column === 'presence';

/** A share as it is written: 58,3%. */
const showShare = (share: number): string => `${(share * 100).toFixed(1).replace('.', ',')}%`;

const textOf = (column: string, cell: ShownCell): string => {
  if (cell === null) return '';
  if (typeof cell === 'number') return isShare(column) ? showShare(cell) : showNumber(cell);
  return 'below' in cell
    ? fill(reportWords.value.fewer, { n: cell.below })
    : fill(reportWords.value.atLeast, { n: cell.atLeast });
};

const cellOf = (column: string, cells: Readonly<Record<string, ShownCell>>): PaperCell => {
  const cell = cells[column] ?? null;
  const [known, all] = [cells[`${column}_known`], cells['activities']];
  const text =
    typeof cell === 'number' && typeof known === 'number' && typeof all === 'number'
      ? fill(reportWords.value.ofKnown, { n: cell, k: known, of: all })
      : textOf(column, cell);
  return { column, text, value: typeof cell === 'number' ? cell : null, isShare: isShare(column) };
};

const labelFor = (table: string, code: string, levels: Readonly<Record<string, string>>): string => {
  if (code === totalCode) return reportWords.value.total;
  const list = listOf[table];
  return list === undefined ? (levels[code] ?? code) : labelOf(list, code);
};

/** Columns in which nothing was counted are left out; a table without any figure is left out too. */
const paperOf = (table: ShownTable, levels: Readonly<Record<string, string>>): PaperTable | null => {
  const { name, rows, total } = table;
  const columns = columnNames(name).filter((column) =>
    [...rows, total].some(({ cells }) => (cells[column] ?? null) !== null),
  );
  if (columns.length === 0) return null;
  const rowOf = ({ code, cells }: ShownTable['total']): PaperRow => ({
    code,
    label: labelFor(name, code, levels),
    cells: columns.map((column) => cellOf(column, cells)),
  });
  const w = reportWords.value;
  return {
    name,
    title: named(w.tables, name),
    head: named(w.heads, name),
    columns: columns.map((column) => ({ name: column, label: named(w.columns, column) })),
    rows: rows.map(rowOf),
    total: rowOf(total),
    note: name === 'support' ? w.supportNote : null,
  };
};

/** Who may not see shelters and support says so beside the figures that lack them. */
const withGap = (table: PaperTable): PaperTable =>
  table.name === 'models' || table.name === 'support'
    ? { ...table, note: reportWords.value.withoutShelters }
    : table;

/** A target of the guideline with what the unit typed about it. */
export type Target = {
  readonly code: string;
  readonly text: string;
  readonly target: string;
  readonly result: string;
  readonly standing: string;
  readonly source: string;
};

/** Biểu 05: what records give, and what was typed. */
const indicatorTable = (computed: readonly Indicator[], typed: readonly Target[]): PaperTable => {
  const w = reportWords.value;
  const heads = w.indicator;
  const columns = (['target', 'result', 'standing', 'source'] as const).map((name) => ({
    name,
    label: heads[name],
  }));
  const cell = (column: string, text: string): PaperCell => ({ column, text, value: null, isShare: false });
  return {
    name: 'indicators',
    title: w.tables.indicators,
    head: w.heads.indicators,
    columns,
    rows: [
      ...computed.map(({ code, part, whole }) => ({
        code,
        label: named(w.indicators, code),
        cells: [
          cell('target', ''),
          cell('result', whole === 0 ? '' : fill(w.indicatorResult, { n: part, of: whole })),
          cell('standing', whole === 0 ? '' : showShare(part / whole)),
          cell('source', w.computed),
        ],
      })),
      ...typed.map(({ code, text, ...of }) => ({
        code,
        label: text === '' ? `${code} ${w.noWording}` : `${code}. ${text}`,
        cells: columns.map(({ name }) => cell(name, of[name])),
      })),
    ],
    total: null,
    note: null,
  };
};

export type PaperOf = {
  readonly tables: readonly ShownTable[];
  readonly indicators: readonly Indicator[];
  readonly targets: readonly Target[];
  /** Shelters and support are among the figures, as far as there are any. */
  readonly isComplete: boolean;
  /** What the levels of units are called here and now. */
  readonly levels: Readonly<Record<string, string>>;
};

export const paperTables = ({ tables, indicators, targets, isComplete, levels }: PaperOf): PaperTable[] =>
  [
    ...shownTables(tables)
      .filter(({ name }) => name !== 'indicators')
      .map((table) => paperOf(table, levels))
      .map((table) => (table === null || isComplete ? table : withGap(table))),
    indicatorTable(indicators, targets),
  ]
    .filter((table): table is PaperTable => table !== null)
    .sort((a, b) => order.indexOf(a.name) - order.indexOf(b.name));
