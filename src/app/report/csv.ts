import Papa from 'papaparse';
import type { Paper } from './files.ts';

/** All tables below one another. A cell that a spreadsheet would run as a formula is defused; a mark at the start says UTF-8. */
export const csvOf = ({ name, tables }: Paper): Blob => {
  const rows = [
    [name],
    ...tables.flatMap(({ title, head, columns, rows: lines, total, note }) => [
      [],
      [title],
      [head, ...columns.map(({ label }) => label)],
      ...[...lines, ...(total === null ? [] : [total])].map(({ label, cells }) => [
        label,
        // A number is written plainly, so that the sheet reads it as one.
        ...cells.map(({ value, text, isShare }) => (value === null || isShare ? text : String(value))),
      ]),
      ...(note === null ? [] : [[note]]),
    ]),
  ];
  return new Blob([`\uFEFF${Papa.unparse(rows, { escapeFormulae: true })}`], {
    type: 'text/csv;charset=utf-8',
  });
};
