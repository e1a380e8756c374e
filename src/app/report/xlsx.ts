import writeExcelFile from 'write-excel-file/universal';
import { viPaper } from '../text/vi-paper.ts';
import type { Paper, RecordLine } from './files.ts';
import type { PaperCell, PaperRow, PaperTable } from './paper-tables.ts';

/** One sheet a table and one of the records. Numbers are numbers; all that people wrote is text, never a formula. */

type SheetCell = {
  readonly value?: string | number;
  readonly type?: StringConstructor | NumberConstructor;
  readonly format?: string;
  readonly fontWeight?: 'bold';
  readonly wrap?: boolean;
};

const words = (value: string, bold = false): SheetCell => ({
  type: String,
  value,
  ...(bold ? { fontWeight: 'bold' as const } : {}),
});

const cellOf = ({ value, text, isShare }: PaperCell, bold: boolean): SheetCell => {
  const weight = bold ? { fontWeight: 'bold' as const } : {};
  if (value === null) return text === '' ? {} : words(text, bold);
  return { type: Number, value, format: isShare ? '0.0%' : '#,##0', ...weight };
};

const rowOf = ({ label, cells }: PaperRow, bold = false): SheetCell[] => [
  words(label, bold),
  ...cells.map((cell) => cellOf(cell, bold)),
];

/** A sheet’s name is short and has none of the signs that Excel forbids. */
const sheetName = (title: string): string => title.replace(/[\\/?*[\]:]/g, ' ').slice(0, 31);

const sheetOf = ({ title, head, columns, rows, total, note }: PaperTable) => ({
  sheet: sheetName(title),
  columns: [{ width: 44 }, ...columns.map(({ label }) => ({ width: Math.max(12, label.length + 2) }))],
  data: [
    [words(title, true)],
    [],
    [words(head, true), ...columns.map(({ label }) => words(label, true))],
    ...rows.map((row) => rowOf(row)),
    ...(total === null ? [] : [rowOf(total, true)]),
    ...(note === null ? [] : [[], [words(note)]]),
  ],
});

export const xlsxOf = async ({ tables }: Paper, records: readonly RecordLine[]): Promise<Blob> => {
  const w = viPaper;
  const heads = Object.values(w.record);
  const list = {
    sheet: sheetName(w.sheetRecords),
    columns: heads.map((_, i) => ({ width: i === heads.length - 2 ? 60 : 18 })),
    stickyRowsCount: 1,
    data: [
      heads.map((head) => words(head, true)),
      ...records.map((line) => line.map((text) => (text === null ? {} : words(text)))),
    ],
  };
  return writeExcelFile([...tables.map(sheetOf), list] as never).toBlob();
};
