import { parseLongText, parseText } from '../typed/text.ts';
import { emptyValue, isEmpty, isFarTooLong, longestTag } from './field.ts';
import type { Field, FieldType, Fields, Values } from './field.ts';
import { kinds } from './kinds.ts';
import type { Kind } from './kinds.ts';

/** Only what belongs to a piece of evidence is kept of it. */
const evidenceKeys = ['kind', 'caption', 'sha256', 'consent'];

const canonicalEvidence = (item: unknown): unknown =>
  typeof item === 'object' && item !== null
    ? Object.fromEntries(evidenceKeys.map((key) => [key, (item as Values)[key] ?? null]))
    : item;

/** A line with its columns and nothing else; a cell that its line does not ask for is empty. */
const canonicalRow = (columns: Fields, row: unknown): unknown =>
  typeof row === 'object' && row !== null
    ? Object.fromEntries(
        Object.entries(columns).map(([name, column]) => {
          const shown = column.shown?.(row as Values) ?? true;
          return [name, shown ? canonicalValue(column, (row as Values)[name]) : (column.whenHidden ?? null)];
        }),
      )
    : row;

const canonicalTag = (tag: unknown): unknown =>
  typeof tag === 'string' && tag.length <= longestTag ? (parseText(tag) ?? '') : tag;

/** More lines than any kind of record may have; the check refuses them. */
const mostRows = 1000;

const canonicalValue = (field: Field, value: unknown): unknown => {
  if (isEmpty(value)) return emptyValue(field);
  if (Array.isArray(value) && field.type === 'evidence') return value.map(canonicalEvidence);
  if (Array.isArray(value) && field.type === 'rows')
    return value.slice(0, mostRows).map((row) => canonicalRow(field.columns ?? {}, row));
  if (Array.isArray(value) && field.type === 'tags') return [...new Set(value.map(canonicalTag))];
  // Composing is slow on hostile text; what is far too long is refused by the check as it is.
  if (typeof value !== 'string' || isFarTooLong(field, value)) return value;
  if (field.type === 'text') return parseText(value);
  return field.type === 'longText' ? parseLongText(value) : value;
};

/**
 * A record's content as it is stored and sent: every field present, text in NFC, fields that the chosen form does not
 * ask for empty. What was typed into a field that is no longer asked for stays in the draft, not in the record.
 */
export const canonical = (kind: Kind, values: Values): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(kinds[kind].fields).map(([name, field]) => {
      const shown = field.shown?.(values) ?? true;
      return [name, shown ? canonicalValue(field, values[name]) : emptyValue(field)];
    }),
  );

/** Whether two field values are the same; order matters in lists. */
export const sameValue = (a: unknown, b: unknown): boolean =>
  JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

const sets: readonly FieldType[] = ['choices', 'tags', 'tasks', 'evidence'];

/**
 * Fields that hold a set: what two people add to it stands side by side. To one that the app fills in nobody adds: it goes with
 * what it was worked out from.
 */
export const isSet = (field: Field | undefined): boolean =>
  field !== undefined && field.hidden !== true && sets.includes(field.type);

const keyOf = (item: unknown): string =>
  typeof item === 'object' && item !== null && 'sha256' in item ? String(item.sha256) : JSON.stringify(item);

/** What is in one set or the other; of one photo in both, the later words. */
export const united = (held: unknown, sent: unknown): unknown => {
  if (!Array.isArray(held) || !Array.isArray(sent)) return sent;
  const all: readonly unknown[] = [...(held as unknown[]), ...(sent as unknown[])];
  const items = new Map(all.map((item) => [keyOf(item), item]));
  return [...items.values()];
};
