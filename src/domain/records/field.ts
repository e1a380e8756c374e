import type { FiguresListName } from './figures-lists.ts';
import type { ListName } from './lists.ts';
import type { ModelListName } from './model-lists.ts';
import type { TrainingListName } from './training-lists.ts';

/** Every code list; each kind's own lists stand in a file that is fetched with its form. */
export type AnyListName = ListName | TrainingListName | ModelListName | FiguresListName;

/** P0 public after approval, P1 internal (author, unit, reviewers), P2 named roles only. */
export type Privacy = 'P0' | 'P1' | 'P2';

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
  /** A number with a fraction, such as hours or marks. */
  decimal: number | null;
  /** Whole đồng. */
  money: number | null;
  bool: boolean | null;
  campaign: number | null;
  /** Lines of the same columns. */
  rows: Values[];
  /** Which sessions a trainee was present at. */
  ticks: boolean[];
  evidence: Evidence[];
  /** The id of the record that this one belongs to. */
  link: string | null;
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
  readonly list?: AnyListName;
  readonly codes?: readonly string[];
  readonly min?: number;
  readonly max?: number;
  readonly required?: (values: Values) => boolean;
  readonly shown?: (values: Values) => boolean;
  /** The code for an empty required value, where it is not E_REQUIRED. */
  readonly whenMissing?: FindingCode;
  /** Asked for only when the person opens "more". */
  readonly optional?: boolean;
  /** Never asked for: the app fills it in. */
  readonly hidden?: boolean;
  /** What a cell holds whose column is not shown in its row; null without this. */
  readonly whenHidden?: unknown;
  /** What a new form begins with, as it would be typed. */
  readonly initial?: unknown;
  /** Dates: not after today; not before the year in which such a thing can have been. */
  readonly past?: boolean;
  readonly since?: number;
  /** A number that is a name, such as a year: written without dots. */
  readonly plain?: boolean;
  /** Text: a published telephone number, and nothing else. */
  readonly phone?: boolean;
  /** Rows: their columns, which of these together must not repeat, and the codes for that and for a bad cell. */
  readonly columns?: Fields;
  readonly unique?: readonly string[];
  readonly whenTwice?: FindingCode;
  readonly whenWrong?: FindingCode;
  /** Differs each time: not carried over when a record is written after the model of another. */
  readonly fresh?: boolean;
  /** Often the same: what was entered before is offered. */
  readonly remember?: boolean;
  /** Judged by the reviewing officer, never by the author. */
  readonly by?: 'reviewer';
};

export type Fields = Readonly<Record<string, Field>>;

/** The value of a field, with the columns of its rows where it has some. */
type ValueOf<F extends Field> = F extends { type: 'rows'; columns: infer C extends Fields }
  ? ValuesOf<C>[]
  : ValueOfType[F['type']];

export type ValuesOf<F extends Fields> = { [K in keyof F]: ValueOf<F[K]> };

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
  | 'E_NUMBER_RANGE'
  | 'E_PHONE'
  | 'E_CATEGORY_SUM'
  | 'E_CATEGORY_DUP'
  | 'E_SESSION_DATE'
  | 'E_SESSION_DUP'
  | 'E_SESSION_COUNT'
  | 'E_CERT_GT_TOTAL'
  | 'E_ROSTER_SUM'
  | 'E_ROSTER_TICKS'
  | 'E_BOARD_GT_MEMBERS'
  | 'E_SHELTER_LOCATION'
  | 'E_SHELTER_NAME'
  | 'E_SHELTER_PHOTO'
  | 'E_NOT_TOP_RATED'
  | 'E_STATUS_BEFORE_START'
  | 'E_PERIOD_SHORT'
  | 'E_PERIOD_OVERLAP'
  | 'E_SUPPORT_NO_PERSON'
  | 'E_SUPPORT_FEW'
  | 'E_NO_PARENT'
  | 'E_AUDIENCE'
  | 'E_TWICE'
  | 'E_PHOTO_CONSENT'
  | 'E_PII_SUSPECT'
  | 'E_VALUE_TYPE'
  | 'E_FIELD_UNKNOWN'
  | 'W_PII_SUSPECT'
  | 'W_VENUE_PRIVATE'
  | 'W_UNKNOWN_SEX_HIGH'
  | 'W_LONG_DURATION'
  | 'W_BROADCAST_MANY'
  | 'W_MORE_THAN_INVITED'
  | 'W_ROSTER_DUP'
  | 'W_START_BEFORE_DECISION'
  | 'W_PERIOD_BEFORE_START'
  | 'W_DUPLICATE';

/** One thing found: the field, in which of its rows (from 0) when it has rows, and a number that the message names. */
export type Finding = {
  readonly field: string;
  readonly code: FindingCode;
  readonly n?: number;
  readonly row?: number;
};

export const isError = (finding: Finding): boolean => finding.code.startsWith('E_');

const listTypes: readonly FieldType[] = ['choices', 'tags', 'tasks', 'rows', 'ticks', 'evidence'];

/** The empty value of a field: an empty list or null. */
export const emptyValue = (field: Field): unknown => (listTypes.includes(field.type) ? [] : null);

export const isEmpty = (value: unknown): boolean =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);

export const longestTag = 100;

/** Longer than any spelling of an allowed text can be, decomposed letters included. */
export const isFarTooLong = (field: Field, text: string): boolean => text.length > 4 * (field.max ?? 2000);

/** The group a field merges with: its own name unless a rule binds it to others. */
export const groupOf = (fields: Fields, name: string): string => fields[name]?.group ?? name;
