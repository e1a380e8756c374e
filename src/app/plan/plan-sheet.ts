import Papa from 'papaparse';
import { check } from '../../domain/records/check.ts';
import { isError } from '../../domain/records/field.ts';
import type { Finding, Values } from '../../domain/records/field.ts';
import { planFields } from '../../domain/records/plan.ts';
import { readTyped } from '../../domain/records/typed.ts';
import { vietnamDay } from '../../domain/typed/date.ts';
import { fold } from '../../domain/typed/fold.ts';
import { now } from '../session.ts';
import { fieldLabel, labelOf } from '../text/words.ts';
import { sheetColumns } from './sheet-columns.ts';

/** One line of a sheet: where it stood, what it says, and what is wrong with it. */
export type SheetLine = {
  readonly line: number;
  readonly values: Values;
  readonly findings: readonly Finding[];
};

/** The longest text that is read, in characters; a plan of hundreds of lines has a tenth of it. */
const longest = 500_000;

/** Reads a plan as it is pasted from a sheet or stands in a CSV file; null for what is no table, or far too long for one. */
export const readSheet = (text: string, tasks?: readonly string[]): SheetLine[] | null => {
  if (text.length > longest) return null;
  const { data } = Papa.parse<string[]>(text.replace(/^\uFEFF/, ''), { delimiter: '' });
  const rows = data.map((cells) => cells.map((cell) => cell.trim()));
  if (!rows.some((cells) => cells.length > 1)) return null;
  const today = vietnamDay(now());
  return rows
    .map((cells, i) => ({ cells, line: i + 1 }))
    .filter(({ cells, line }) => cells.some((cell) => cell !== '') && !(line === 1 && isHeading(cells)))
    .map(({ cells, line }) => {
      const { values, unread } = readTyped('plan', typedOf(cells), today);
      const known = new Set(unread.map(({ field }) => field));
      const found = check('plan', values, { today, unitIsValid: () => true, tasks });
      return {
        line,
        values,
        findings: [...unread, ...found.filter((f) => isError(f) && !known.has(f.field))],
      };
    });
};

const isHeading = ([first = '']: readonly string[]): boolean =>
  fold(first) === fold(fieldLabel('title', 'plan'));

const typedOf = (cells: readonly string[]): Record<string, unknown> => {
  const cell = (name: (typeof sheetColumns)[number]): string => cells[sheetColumns.indexOf(name)] ?? '';
  return {
    title: cell('title'),
    start_date: cell('start_date'),
    end_date: cell('end_date') || cell('start_date'),
    quantity: cell('quantity') || '1',
    host_org: codeOf('host_org', cell('host_org')),
    task_codes: cell('task_codes')
      .split(/[,;\s]+/)
      .filter(Boolean),
    form: codeOf('form', cell('form')),
  };
};

/** A value of a list by its name or its code; what is neither stays as it is, for the check to refuse. */
const codeOf = (name: 'host_org' | 'form', typed: string): string => {
  const { list, codes } = planFields[name];
  const wanted = fold(typed);
  return (
    (codes as readonly string[]).find((code) => code === typed || fold(labelOf(list, code)) === wanted) ??
    typed
  );
};
