import { suggestedCampaign } from '../campaign.ts';
import { parseDate, showDate } from '../typed/date.ts';
import { parseCount, parseMoney, showNumber } from '../typed/number.ts';
import { canonical } from './canonical.ts';
import { emptyValue, isEmpty } from './field.ts';
import type { Field, Finding, FundingLine, Values } from './field.ts';
import { kinds } from './kinds.ts';
import type { Kind } from './kinds.ts';

/** A funding line as it stands in the form. */
export type TypedFunding = { readonly source: string; readonly amount: string };

/** Everything that stands in a form, as it was typed. */
export type Typed = Readonly<Record<string, unknown>>;

/** A total that the form adds up by itself, from the parts that were typed. */
const totalOf = {
  participants_total: ['participants_male', 'participants_female', 'participants_unknown'],
} as const;

const readFunding = (typed: readonly TypedFunding[]): { value: unknown; bad: boolean } => {
  const lines = typed
    .filter((line) => line.source !== '' || line.amount.trim() !== '')
    .map((line) => ({ source: line.source, amount_vnd: amountOf(line) }));
  return { value: lines, bad: lines.some((line) => line.amount_vnd === undefined) };
};

/** A line without an amount is wrong, but "no cost" has none, whatever was typed before it was chosen. */
const amountOf = (line: TypedFunding): number | undefined => {
  if (line.source === 'khong_kinh_phi') return 0;
  return parseMoney(line.amount)?.value ?? undefined;
};

/** One field's value as typed; `code` when it cannot be read. */
const readField = (
  field: Field,
  typed: unknown,
  today: string,
): { value: unknown; code?: Finding['code'] } => {
  if (isEmpty(typed)) return { value: emptyValue(field) };
  if (field.type === 'date') {
    const date = parseDate(String(typed), today);
    return date === undefined ? { value: null, code: 'E_DATE_INVALID' } : { value: date };
  }
  if (field.type === 'count') {
    const count = parseCount(String(typed));
    return count === undefined ? { value: null, code: 'E_COUNT_TYPE' } : { value: count.value };
  }
  if (field.type === 'funding') {
    const { value, bad } = readFunding(typed as TypedFunding[]);
    return bad ? { value, code: 'E_FUND_AMOUNT' } : { value };
  }
  return { value: typed };
};

/**
 * Reads a form: the record's values in canonical form, and what could not be read. Totals that the form shows as a
 * sum are added up; a campaign the person has not touched follows from the dates.
 */
export const readTyped = (
  kind: Kind,
  typed: Typed,
  today: string,
): { values: Record<string, unknown>; unread: Finding[] } => {
  const { fields, startDate, endDate } = kinds[kind];
  const unread: Finding[] = [];
  const values: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(fields)) {
    const { value, code } = readField(field, typed[name], today);
    values[name] = value;
    if (code !== undefined && (field.shown?.(typed) ?? true))
      unread.push({ field: name, code, n: field.min ?? 0 });
  }
  for (const [total, parts] of Object.entries(totalOf))
    if (total in fields) values[total] = sum(parts.map((part) => values[part]));
  if (typed['campaign_year'] === undefined && 'campaign_year' in fields)
    values['campaign_year'] = suggestedCampaign(
      text(values[startDate]),
      text(values[endDate]),
      text(values['form']),
    );
  return { values: canonical(kind, values), unread };
};

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** The sum of the parts that were given; null when none was. */
const sum = (parts: readonly unknown[]): number | null => {
  const given = parts.filter((part): part is number => typeof part === 'number');
  return given.length === 0 ? null : given.reduce((all, part) => all + part, 0);
};

/** A record's values as they stand in a form that opens it. */
export const toTyped = (kind: Kind, values: Values): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(kinds[kind].fields)
      .filter(([name]) => !(name in totalOf))
      .map(([name, field]) => [name, showTyped(field, values[name])]),
  );

const showTyped = (field: Field, value: unknown): unknown => {
  if (field.type === 'funding')
    return ((value ?? []) as FundingLine[]).map((line): TypedFunding => ({
      source: line.source,
      amount: line.source === 'khong_kinh_phi' ? '' : showNumber(line.amount_vnd),
    }));
  if (field.type === 'campaign') return value ?? null;
  if (isEmpty(value)) return emptyValue(field) ?? '';
  if (field.type === 'date') return showDate(value as string);
  return field.type === 'count' ? showNumber(value as number) : value;
};
