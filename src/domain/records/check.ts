import { looksPersonal } from '../privacy/suspect.ts';
import { isTask } from '../guideline/tasks-2019.ts';
import { activityRules } from './activity-rules.ts';
import { isIsoDate } from '../typed/date.ts';
import { lengthOf } from '../typed/text.ts';
import { emptyValue, isEmpty, isError, isFarTooLong, longestTag } from './field.ts';
import type { Evidence, Field, Fields, Finding, FindingCode, Values } from './field.ts';
import { figuresRules } from './figures.ts';
import { kinds } from './kinds.ts';
import type { Kind } from './kinds.ts';
import { modelPeriodRules, modelRules, modelStatusRules, modelSupportRules } from './model-rules.ts';
import { planRules } from './plan.ts';
import type { Relatives, Rule } from './rule.ts';
import { rosterRules, trainingRules } from './training-rules.ts';

/**
 * What a check must know besides the record: today (ISO), whether its unit exists on a date, what it hangs on, and the tasks
 * that the province’s guidelines have added to those of 2019.
 */
export type CheckContext = {
  readonly today: string;
  readonly unitIsValid: (onDate: string | null) => boolean;
  readonly relatives?: Relatives | undefined;
  readonly tasks?: readonly string[] | undefined;
};

const longestCaption = 200;
const largestCount = 99_999_999;
const largestAmount = 9_999_999_999_999;

type Found = { code: FindingCode; n?: number; row?: number };

type Look = (value: never, field: Field, context: CheckContext) => Found[];

const when = (wrong: boolean, code: FindingCode, n?: number): Found[] =>
  wrong ? [n === undefined ? { code } : { code, n }] : [];

const hasLetter = /[\p{L}\p{N}]/u;
const phoneNumber = /^\+?(?:[ .-]?\d){3,15}$/u;

const lookAtText: Look = (value: unknown, field) => {
  if (typeof value !== 'string') return [{ code: 'E_VALUE_TYPE' }];
  if (isFarTooLong(field, value)) return [{ code: 'E_TEXT_LONG', n: field.max }];
  if (field.phone) return when(!phoneNumber.test(value.normalize('NFKC').trim()), 'E_PHONE');
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

const lookAtCodes: Look = (value: unknown, field, { tasks }) => {
  if (!Array.isArray(value)) return [{ code: 'E_VALUE_TYPE' }];
  const known = (code: unknown): boolean =>
    field.type === 'tasks' ? isTask(code, tasks) : (field.codes ?? []).includes(code as string);
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

const lookAtDate: Look = (value: unknown, { since, past }, { today }) => {
  if (!isIsoDate(value)) return [{ code: 'E_DATE_INVALID' }];
  const oldest = since ?? Number(today.slice(0, 4)) - 1;
  return [
    ...when(value < `${oldest}-01-01`, 'E_DATE_TOO_OLD', oldest),
    ...when(past === true && value > today, 'E_DATE_FUTURE'),
  ];
};

const isWhole = (value: unknown): value is number => typeof value === 'number' && Number.isInteger(value);

const lookAtCount: Look = (value: unknown, { min = 0, max }) => {
  if (!isWhole(value) || value < min || value > largestCount) return [{ code: 'E_COUNT_TYPE', n: min }];
  return when(value > (max ?? largestCount), 'E_NUMBER_RANGE', max);
};

const lookAtDecimal: Look = (value: unknown, { min = 0, max = largestCount }) =>
  when(typeof value !== 'number' || !(value >= min && value <= max), 'E_NUMBER_RANGE', max);

const lookAtMoney: Look = (value: unknown) =>
  when(!isWhole(value) || value < 0 || value > largestAmount, 'E_FUND_AMOUNT');

/** Each cell by its column's type; what is wrong is named by its row, under the rows' own code where they have one. */
const lookAtRows: Look = (value: unknown, field, context) => {
  if (!Array.isArray(value) || !value.every((row) => typeof row === 'object' && row !== null))
    return [{ code: 'E_VALUE_TYPE' }];
  const rows = value as Values[];
  if (rows.length > (field.max ?? 100)) return [{ code: 'E_TOO_MANY', n: field.max }];
  const unique = (row: Values): string => JSON.stringify((field.unique ?? []).map((name) => row[name]));
  const seen = new Set<string>();
  return rows.flatMap((row, i): Found[] => {
    const key = unique(row);
    const twice = field.unique !== undefined && seen.has(key);
    seen.add(key);
    const cells = Object.entries(field.columns ?? {}).flatMap(([name, column]) =>
      (column.shown?.(row) ?? true) ? lookAtCell(column, row, name, context) : [],
    );
    const [first] = cells;
    const code = first?.code === 'E_ENUM' ? 'E_ENUM' : (field.whenWrong ?? first?.code);
    return [
      ...(first === undefined || code === undefined ? [] : [{ ...first, code, row: i }]),
      ...(twice && cells.length === 0 ? [{ code: field.whenTwice ?? 'E_VALUE_TYPE', row: i }] : []),
    ];
  });
};

const lookAtCell = (column: Field, row: Values, name: string, context: CheckContext): Found[] => {
  const value = row[name];
  if (isEmpty(value)) return when(column.required?.(row) ?? false, 'E_REQUIRED');
  return looks[column.type](value as never, column, context);
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
  return [
    ...when(value.length > (field.max ?? Infinity), 'E_TOO_MANY', field.max),
    ...when(!(value as Evidence[]).every(({ consent }) => consent), 'E_PHOTO_CONSENT'),
    ...when(
      (value as Evidence[]).some(({ caption }) => caption !== null && looksPersonal(caption)),
      'W_PII_SUSPECT',
    ),
  ];
};

const looks: Record<Field['type'], Look> = {
  text: lookAtText,
  longText: lookAtText,
  choice: (value: unknown, { codes = [] }) => when(!codes.includes(value as string), 'E_ENUM'),
  choices: lookAtCodes,
  tasks: lookAtCodes,
  tags: lookAtTags,
  date: lookAtDate,
  count: lookAtCount,
  campaign: (value: unknown) => when(!Number.isInteger(value), 'E_VALUE_TYPE'),
  decimal: lookAtDecimal,
  money: lookAtMoney,
  bool: (value: unknown) => when(typeof value !== 'boolean', 'E_VALUE_TYPE'),
  rows: lookAtRows,
  ticks: (value: unknown) =>
    when(
      !Array.isArray(value) || value.length > 100 || !value.every((v) => typeof v === 'boolean'),
      'E_VALUE_TYPE',
    ),
  evidence: lookAtEvidence,
  link: (value: unknown) => when(typeof value !== 'string' || value.length > 60, 'E_VALUE_TYPE'),
};

/** Each kind's rules across fields. */
const rules: Readonly<Record<Kind, readonly Rule<never>[]>> = {
  activity: activityRules,
  training: trainingRules,
  roster: rosterRules,
  model: modelRules,
  model_status: modelStatusRules,
  model_period: modelPeriodRules,
  model_support: modelSupportRules,
  plan: planRules,
  figures: figuresRules,
  report: [],
  guideline: [],
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
  const { fields, startDate, strict } = kinds[kind];
  const asked = Object.entries(fields).filter(([, field]) => field.shown?.(values) ?? true);
  const own = asked.flatMap(([name, field]) => checkField(name, field, values, context));
  const broken = new Set(own.filter(isError).map((finding) => finding.field));
  const sound = (...names: string[]): boolean => !names.some((name) => broken.has(name));
  const start = startDate === null ? null : values[startDate];
  const onDate = startDate !== null && isIsoDate(start) && sound(startDate) ? start : null;
  const whole = completed(fields, values);
  const tied = rules[kind].flatMap((rule) => rule(whole as never, sound, context.relatives));
  const found: Finding[] = [
    ...own,
    ...tied,
    ...(context.unitIsValid(onDate) ? [] : [{ field: 'unit', code: 'E_UNIT_INVALID' } as const]),
  ];
  return strict ? found.map(stopPersonal) : found;
};

const stopPersonal = (finding: Finding): Finding =>
  finding.code === 'W_PII_SUSPECT' ? { ...finding, code: 'E_PII_SUSPECT' } : finding;

/** Rules read every field, so what is absent or no list where a list belongs becomes its empty value first. */
const completed = (fields: Fields, values: Values): Values =>
  Object.fromEntries(
    Object.entries(fields).map(([name, field]) => {
      const empty = emptyValue(field);
      const value = values[name];
      return [name, isEmpty(value) || Array.isArray(empty) !== Array.isArray(value) ? empty : value];
    }),
  );
