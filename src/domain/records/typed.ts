import { suggestedCampaign } from '../campaign.ts';
import { parseDate } from '../typed/date.ts';
import { parseCount, parseDecimal, parseMoney } from '../typed/number.ts';
import { canonical } from './canonical.ts';
import { emptyValue, isEmpty } from './field.ts';
import type { Field, Fields, Finding, FindingCode, Values } from './field.ts';
import { showDate, showDecimal, showNumber } from '../typed/show.ts';
import { kinds } from './kinds.ts';
import type { Kind } from './kinds.ts';

/** Everything that stands in a form, as it was typed. */
export type Typed = Readonly<Record<string, unknown>>;

/** Totals that the form adds up by itself, from the parts that were typed. */
const totalOf: Readonly<Record<string, readonly string[]>> = {
  participants_total: ['participants_male', 'participants_female', 'participants_unknown'],
  members_total: ['members_male', 'members_female'],
};

/** The parts that a total is made of, or undefined when the field is typed. */
export const partsOf = (fields: Fields, name: string): readonly string[] | undefined =>
  name in fields ? totalOf[name]?.filter((part) => part in fields) : undefined;

type Read = { readonly value: unknown; readonly code?: FindingCode };

/** One value as typed; `code` when it cannot be read. */
const readOne = (field: Field, typed: unknown, today: string): Read => {
  const text = String(typed);
  switch (field.type) {
    case 'date':
      return orCode(parseDate(text, today), 'E_DATE_INVALID');
    case 'count':
      return orCode(parseCount(text)?.value, 'E_COUNT_TYPE');
    case 'decimal':
      return orCode(parseDecimal(text), 'E_NUMBER_RANGE');
    case 'money':
      return orCode(parseMoney(text)?.value, 'E_FUND_AMOUNT');
    default:
      return { value: typed };
  }
};

const orCode = (value: unknown, code: FindingCode): Read =>
  value === undefined ? { value: null, code } : { value };

/** A form being read: its values, what could not be read, and at which line of the form each row stands. */
export type ReadForm = {
  readonly values: Record<string, unknown>;
  readonly unread: Finding[];
  readonly lines: Readonly<Record<string, readonly number[]>>;
};

/** Lines in which nothing was typed are none. */
const isBlank = (columns: Fields, line: Values): boolean =>
  Object.entries(columns).every(([name, column]) => column.type === 'ticks' || isEmpty(line[name]));

const readRows = (
  field: Field,
  typed: readonly Values[],
  today: string,
): { value: unknown; lines: number[]; wrong: { code: FindingCode; row: number }[] } => {
  const columns = field.columns ?? {};
  const lines = typed.flatMap((line, i) => (isBlank(columns, line) ? [] : [i]));
  const wrong: { code: FindingCode; row: number }[] = [];
  const value = lines.map((i) => {
    const line = typed[i] as Values;
    const cells = Object.entries(columns).map(([name, column]) => {
      if (!(column.shown?.(line) ?? true)) return [name, column.whenHidden ?? null];
      const { value, code } = isEmpty(line[name])
        ? { value: emptyValue(column) }
        : readOne(column, line[name], today);
      if (code !== undefined) wrong.push({ code: field.whenWrong ?? code, row: i });
      return [name, value];
    });
    return Object.fromEntries(cells) as Values;
  });
  return { value, lines, wrong };
};

/**
 * Reads a form: the record's values in canonical form, and what could not be read. Totals that the form shows as a
 * sum are added up; a campaign the person has not touched follows from the dates.
 */
export const readTyped = (kind: Kind, typed: Typed, today: string): ReadForm => {
  const { fields, startDate, endDate } = kinds[kind];
  const unread: Finding[] = [];
  const values: Record<string, unknown> = {};
  const lines: Record<string, readonly number[]> = {};
  for (const [name, field] of Object.entries(fields)) {
    const shown = field.shown?.(typed) ?? true;
    if (isEmpty(typed[name])) values[name] = emptyValue(field);
    else if (field.type === 'rows') {
      const read = readRows(field, typed[name] as Values[], today);
      [values[name], lines[name]] = [read.value, read.lines];
      if (shown) unread.push(...read.wrong.slice(0, 20).map((wrong) => ({ field: name, ...wrong })));
    } else {
      const { value, code } = readOne(field, typed[name], today);
      values[name] = value;
      if (code !== undefined && shown) unread.push({ field: name, code, n: numberIn(field, code) });
    }
  }
  for (const name of Object.keys(fields)) {
    const parts = partsOf(fields, name);
    if (parts !== undefined) values[name] = sum(parts.map((part) => values[part]));
  }
  if (typed['campaign_year'] === undefined && 'campaign_year' in fields)
    values['campaign_year'] = suggestedCampaign(
      text(startDate === null ? null : values[startDate]),
      text(endDate === null ? null : values[endDate]),
      text(values['form']),
    );
  return { values: canonical(kind, values), unread, lines };
};

/** The number that a message about an unreadable value names: the smallest count, the largest mark. */
const numberIn = ({ min = 0, max }: Field, code: FindingCode): number | undefined =>
  code === 'E_NUMBER_RANGE' ? max : min;

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
  if (field.type === 'campaign' || field.type === 'bool') return value ?? null;
  if (isEmpty(value)) return emptyValue(field) ?? '';
  switch (field.type) {
    case 'rows':
      return (value as Values[]).map((line) =>
        Object.fromEntries(
          Object.entries(field.columns ?? {}).map(([name, column]) => [
            name,
            (column.shown?.(line) ?? true) ? showTyped(column, line[name]) : '',
          ]),
        ),
      );
    case 'date':
      return showDate(value as string);
    case 'count':
    case 'money':
      return field.plain ? String(value) : showNumber(value as number);
    case 'decimal':
      return showDecimal(value as number);
    default:
      return value;
  }
};
