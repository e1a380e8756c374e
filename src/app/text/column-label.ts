import { more } from './words.ts';

/** What a column of a list in a form is called. */
export const columnLabel = (name: string, column: string): string =>
  (more.value.columns as Readonly<Record<string, Readonly<Record<string, string>>>>)[name]?.[column] ??
  column;
