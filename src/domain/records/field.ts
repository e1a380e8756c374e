import type { Code, ListName } from './lists.ts';

/** P0 public after approval, P1 internal (author, unit, reviewers), P2 named roles only. */
export type Privacy = 'P0' | 'P1' | 'P2';

export type FundingLine = { source: Code<'fund_source'>; amount_vnd: number };
export type Evidence = { kind: 'photo'; caption: string | null; sha256: string; consent: boolean };

/** The value a field of each type holds. Empty is null (or an empty list), never zero. */
export type ValueOfType = {
  text: string | null;
  longText: string | null;
  choice: string | null;
  choices: string[];
  tags: string[];
  tasks: string[];
  date: string | null;
  count: number | null;
  campaign: number | null;
  funding: FundingLine[];
  evidence: Evidence[];
};
export type FieldType = keyof ValueOfType;

/** Any record's content, read by field name. */
export type Values = Readonly<Record<string, unknown>>;

/**
 * One field of a record kind: the single declaration that form, checks, wire and record screen read.
 * `group` names the fields that a rule binds together and that therefore merge as one.
 */
export type Field = {
  readonly type: FieldType;
  readonly privacy: Privacy;
  readonly section: string;
  readonly group?: string;
  readonly list?: ListName;
  readonly min?: number;
  readonly max?: number;
  readonly required?: (values: Values) => boolean;
  readonly shown?: (values: Values) => boolean;
  /** The code for an empty required value, where it is not E_REQUIRED. */
  readonly whenMissing?: FindingCode;
  /** Asked for only when the person opens "more". */
  readonly optional?: boolean;
};

export type Fields = Readonly<Record<string, Field>>;

export type ValuesOf<F extends Fields> = { [K in keyof F]: ValueOfType[F[K]['type']] };

/** What a check may find. E_ stops submitting, W_ is pointed out and stays with the record. Codes are never reused. */
export type FindingCode =
  | 'E_REQUIRED'
  | 'E_TEXT_SHORT'
  | 'E_TEXT_LONG'
  | 'E_ENUM'
  | 'E_TOO_MANY'
  | 'E_DATE_INVALID'
  | 'E_DATE_FUTURE'
  | 'E_DATE_TOO_OLD'
  | 'E_DATE_ORDER'
  | 'E_COUNT_TYPE'
  | 'E_SUM_MISMATCH'
  | 'E_FEMALE_GT_TOTAL'
  | 'E_MALE_GT_TOTAL'
  | 'E_SUBGROUP_GT_TOTAL'
  | 'E_AGE_SUM'
  | 'E_BROADCAST_MINUTES'
  | 'E_BROADCAST_FEATURES'
  | 'E_FUND_AMOUNT'
  | 'E_FUND_DUP'
  | 'E_FUND_NONE'
  | 'E_PARTNER_IS_HOST'
  | 'E_OUTSIDE_CAMPAIGN'
  | 'E_UNIT_INVALID'
  | 'E_VALUE_TYPE'
  | 'E_FIELD_UNKNOWN'
  | 'W_PII_SUSPECT'
  | 'W_VENUE_PRIVATE'
  | 'W_UNKNOWN_SEX_HIGH'
  | 'W_LONG_DURATION'
  | 'W_BROADCAST_MANY';

export type Finding = { readonly field: string; readonly code: FindingCode; readonly n?: number };

export const isError = (finding: Finding): boolean => finding.code.startsWith('E_');

const listTypes: readonly FieldType[] = ['choices', 'tags', 'tasks', 'funding', 'evidence'];

/** The empty value of a field: an empty list or null. */
export const emptyValue = (field: Field): unknown => (listTypes.includes(field.type) ? [] : null);

export const isEmpty = (value: unknown): boolean =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);

export const longestTag = 100;

/** The list a choice is made from; a declaration without one is a mistake of ours. */
export const listOf = (field: Field): ListName => {
  if (field.list === undefined) throw new Error('a choice without a list');
  return field.list;
};

/** Longer than any spelling of an allowed text can be, decomposed letters included. */
export const isFarTooLong = (field: Field, text: string): boolean => text.length > 4 * (field.max ?? 2000);

/** The group a field merges with: its own name unless a rule binds it to others. */
export const groupOf = (fields: Fields, name: string): string => fields[name]?.group ?? name;
