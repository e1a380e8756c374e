import { looksPersonal } from '../privacy/suspect.ts';
import { isTask } from '../guideline/tasks-2019.ts';
import { activityRules } from './activity-rules.ts';
import type { Activity } from './activity.ts';
import { isIsoDate } from '../typed/date.ts';
import { lengthOf } from '../typed/text.ts';
import { emptyValue, isEmpty, isError, isFarTooLong, listOf, longestTag } from './field.ts';
import type { Evidence, Field, Finding, FindingCode, FundingLine, Values } from './field.ts';
import { kinds } from './kinds.ts';
import type { Kind } from './kinds.ts';
import { isCode } from './lists.ts';

/** What a check must know besides the record: today (ISO) and whether its unit exists on a date. */
export type CheckContext = {
  readonly today: string;
  readonly unitIsValid: (onDate: string | null) => boolean;
};

const longestCaption = 200;
const largestCount = 99_999_999;
const largestAmount = 9_999_999_999_999;

type Look = (value: never, field: Field, context: CheckContext) => { code: FindingCode; n?: number }[];

const when = (wrong: boolean, code: FindingCode, n?: number): { code: FindingCode; n?: number }[] =>
  wrong ? [n === undefined ? { code } : { code, n }] : [];

const hasLetter = /[\p{L}\p{N}]/u;

const lookAtText: Look = (value: unknown, field) => {
  if (typeof value !== 'string') return [{ code: 'E_VALUE_TYPE' }];
  if (isFarTooLong(field, value)) return [{ code: 'E_TEXT_LONG', n: field.max }];
  const length = lengthOf(value.normalize('NFC').trim());
  return [
    ...when(
      length < (field.min ?? 0) || ((field.min ?? 0) > 0 && !hasLetter.test(value)),
      'E_TEXT_SHORT',
      field.min,
    ),
    ...when(length > (field.max ?? Infinity), 'E_TEXT_LONG', field.max),
    ...when(looksPersonal(value), 'W_PII_SUSPECT'),
  ];
};

const lookAtCodes: Look = (value: unknown, field) => {
  if (!Array.isArray(value)) return [{ code: 'E_VALUE_TYPE' }];
  const known = (code: unknown): boolean =>
    field.type === 'tasks' ? isTask(code) : isCode(listOf(field), code);
  return [
    ...when(!value.every(known) || new Set(value).size !== value.length, 'E_ENUM'),
    ...when(value.length > (field.max ?? Infinity), 'E_TOO_MANY', field.max),
  ];
};

const lookAtTags: Look = (value: unknown, field) => {
  if (
    !Array.isArray(value) ||
    !value.every((tag): tag is string => typeof tag === 'string' && tag.trim() !== '')
  )
    return [{ code: 'E_VALUE_TYPE' }];
  return [
    ...when(value.length > (field.max ?? Infinity), 'E_TOO_MANY', field.max),
    ...when(
      value.some((tag) => tag.length > longestTag),
      'E_TEXT_LONG',
      longestTag,
    ),
    ...when(
      value.some((tag) => tag.length <= longestTag && looksPersonal(tag)),
      'W_PII_SUSPECT',
    ),
  ];
};

const lookAtDate: Look = (value: unknown, _field, { today }) => {
  if (!isIsoDate(value)) return [{ code: 'E_DATE_INVALID' }];
  const oldest = `${Number(today.slice(0, 4)) - 1}-01-01`;
  return when(value < oldest, 'E_DATE_TOO_OLD', Number(today.slice(0, 4)) - 1);
};

const lookAtCount: Look = (value: unknown, field) =>
  when(
    typeof value !== 'number' || !Number.isInteger(value) || value < (field.min ?? 0) || value > largestCount,
    'E_COUNT_TYPE',
    field.min ?? 0,
  );

const lookAtFunding: Look = (value: unknown) => {
  if (!Array.isArray(value) || !value.every((line) => typeof line === 'object' && line !== null))
    return [{ code: 'E_VALUE_TYPE' }];
  const lines = value as FundingLine[];
  const whole = (n: unknown): boolean =>
    typeof n === 'number' && Number.isInteger(n) && n >= 0 && n <= largestAmount;
  const free = lines.find((line) => line.source === 'khong_kinh_phi');
  return [
    ...when(!lines.every((line) => isCode('fund_source', line.source)), 'E_ENUM'),
    ...when(!lines.every((line) => whole(line.amount_vnd)), 'E_FUND_AMOUNT'),
    ...when(new Set(lines.map((line) => line.source)).size !== lines.length, 'E_FUND_DUP'),
    ...when(free !== undefined && (lines.length > 1 || free.amount_vnd !== 0), 'E_FUND_NONE'),
  ];
};

const lookAtEvidence: Look = (value: unknown, field) => {
  const sound = (item: Partial<Evidence> | null): boolean =>
    item?.kind === 'photo' &&
    typeof item.sha256 === 'string' &&
    /^[0-9a-f]{64}$/.test(item.sha256) &&
    typeof item.consent === 'boolean' &&
    (item.caption === null || (typeof item.caption === 'string' && item.caption.length <= longestCaption));
  if (!Array.isArray(value) || !(value as (Partial<Evidence> | null)[]).every(sound))
    return [{ code: 'E_VALUE_TYPE' }];
  return when(value.length > (field.max ?? Infinity), 'E_TOO_MANY', field.max);
};

const looks: Record<Field['type'], Look> = {
  text: lookAtText,
  longText: lookAtText,
  choice: (value: unknown, field) => when(!isCode(listOf(field), value), 'E_ENUM'),
  choices: lookAtCodes,
  tasks: lookAtCodes,
  tags: lookAtTags,
  date: lookAtDate,
  count: lookAtCount,
  campaign: (value: unknown) => when(!Number.isInteger(value), 'E_VALUE_TYPE'),
  funding: lookAtFunding,
  evidence: lookAtEvidence,
};

/** Each kind's rules across fields; `sound` tells whether fields are free of errors of their own. */
const rules: Record<Kind, (values: Values, sound: (...names: string[]) => boolean) => Finding[]> = {
  activity: (values, sound) => activityRules.flatMap((rule) => rule(values as Activity, sound)),
};

const checkField = (name: string, field: Field, values: Values, context: CheckContext): Finding[] => {
  const value = values[name];
  if (isEmpty(value)) {
    const missing = field.required?.(values) ?? false;
    return when(missing, field.whenMissing ?? 'E_REQUIRED').map((finding) => ({ field: name, ...finding }));
  }
  return looks[field.type](value as never, field, context).map((finding) => ({ field: name, ...finding }));
};

/**
 * All that is wrong (E_) or doubtful (W_) about a record's content. The same on the phone and on the server; a record
 * without an E_ finding may be submitted.
 */
export const check = (kind: Kind, values: Values, context: CheckContext): Finding[] => {
  const { fields, startDate } = kinds[kind];
  const own = Object.entries(fields).flatMap(([name, field]) => checkField(name, field, values, context));
  const broken = new Set(own.filter(isError).map((finding) => finding.field));
  const sound = (...names: string[]): boolean => !names.some((name) => broken.has(name));
  const start = values[startDate];
  const future = isIsoDate(start) && start > context.today;
  const onDate = isIsoDate(start) && sound(startDate) ? start : null;
  return [
    ...own,
    ...(future ? [{ field: startDate, code: 'E_DATE_FUTURE' } as const] : []),
    ...rules[kind](completed(kind, values), sound),
    ...(context.unitIsValid(onDate) ? [] : [{ field: 'unit', code: 'E_UNIT_INVALID' } as const]),
  ];
};

/** Rules read every field, so what is absent or no list where a list belongs becomes its empty value first. */
const completed = (kind: Kind, values: Values): Values =>
  Object.fromEntries(
    Object.entries(kinds[kind].fields).map(([name, field]) => {
      const empty = emptyValue(field);
      const value = values[name];
      return [name, isEmpty(value) || Array.isArray(empty) !== Array.isArray(value) ? empty : value];
    }),
  );
