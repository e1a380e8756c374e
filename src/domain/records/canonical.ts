import { parseLongText, parseText } from '../typed/text.ts';
import { emptyValue, isEmpty, isFarTooLong, longestTag } from './field.ts';
import type { Field, Values } from './field.ts';
import { kinds } from './kinds.ts';
import type { Kind } from './kinds.ts';

/** Only what belongs to a list's items is kept of them. */
const itemKeys = {
  funding: ['source', 'amount_vnd'],
  evidence: ['kind', 'caption', 'sha256', 'consent'],
} as const;

const canonicalItem = (item: unknown, keys: readonly string[]): unknown =>
  typeof item === 'object' && item !== null
    ? Object.fromEntries(keys.map((key) => [key, (item as Values)[key] ?? null]))
    : item;

const canonicalTag = (tag: unknown): unknown =>
  typeof tag === 'string' && tag.length <= longestTag ? (parseText(tag) ?? '') : tag;

const canonicalValue = (field: Field, value: unknown): unknown => {
  if (isEmpty(value)) return emptyValue(field);
  if (Array.isArray(value) && (field.type === 'funding' || field.type === 'evidence'))
    return value.map((item) => canonicalItem(item, itemKeys[field.type as keyof typeof itemKeys]));
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
