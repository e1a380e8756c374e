import type { Values } from '../../domain/records/field.ts';
import { headlines } from '../../domain/report/headlines.ts';
import type { Headline } from '../../domain/report/headlines.ts';
import type { ShownTable } from '../../domain/report/support-table.ts';
import type { ReportType } from '../../domain/report/tile.ts';
import { showNumber } from '../../domain/typed/show.ts';
import { reportWords } from '../text/report-words.ts';
import type { PaperCell, PaperTable } from './paper-tables.ts';

/** The computed headline figures beside last year’s, the unit’s own, and what it expects of the year. */

export const headlineName = ({ table, column }: Headline): string => {
  const w = reportWords.value;
  const [columns, tables] = [w.columns, w.tables] as unknown as Readonly<Record<string, string>>[];
  return `${columns?.[column] ?? column} (${tables?.[table]?.split('.')[0] ?? table})`;
};

type Tables = readonly ShownTable[];

/** A headline’s figure among a report’s tables; null where nothing was counted, or it may not be told. */
export const headlineIn = (tables: Tables, { table, column }: Headline): number | null => {
  const cell = tables.find(({ name }) => name === table)?.total.cells[column] ?? null;
  return typeof cell === 'number' ? cell : null;
};

/** A difference with its sign. */
export const showDifference = (n: number): string =>
  n === 0 ? '0' : `${n > 0 ? '+' : '−'}${showNumber(Math.abs(n))}`;

const columnsFor = (withEstimate: boolean) => {
  const w = reportWords.value;
  return [
    { name: 'last_year', label: w.lastYear },
    { name: 'computed', label: w.computed },
    { name: 'own', label: w.own },
    { name: 'difference', label: w.difference },
    ...(withEstimate ? [{ name: 'estimate', label: w.estimate }] : []),
    { name: 'reason', label: w.reason },
  ];
};

/** `own`: the lines of the report’s field of that name. */
export const ownTable = (
  type: ReportType,
  tables: Tables,
  lastYear: Tables,
  own: readonly Values[],
): PaperTable => {
  const w = reportWords.value;
  const columns = columnsFor(type === 'year');
  return {
    name: 'own',
    title: w.own,
    head: '',
    columns,
    rows: headlines.map((headline) => {
      const line = own.find((one) => one['table'] === headline.table && one['column'] === headline.column);
      const computed = headlineIn(tables, headline);
      const typed = line?.['value'] as number | null | undefined;
      const values: Readonly<Record<string, number | null | undefined>> = {
        last_year: headlineIn(lastYear, headline),
        computed,
        own: typed,
        estimate: line?.['estimate'] as number | null | undefined,
      };
      const cell = (column: string): PaperCell => {
        const value =
          column === 'difference' && typed != null ? typed - (computed ?? 0) : (values[column] ?? null);
        const told =
          column === 'reason'
            ? String(line?.['reason'] ?? '')
            : column === 'difference'
              ? value === null
                ? ''
                : showDifference(value)
              : value === null
                ? ''
                : showNumber(value);
        return { column, text: told, value, isShare: false };
      };
      return {
        code: `${headline.table}.${headline.column}`,
        label: headlineName(headline),
        cells: columns.map(({ name }) => cell(name)),
      };
    }),
    total: null,
    note: null,
  };
};
