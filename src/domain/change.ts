import type { Values } from './records/field.ts';
import type { Kind } from './records/kinds.ts';

export type ReviewState = 'submitted' | 'returned' | 'approved' | 'locked' | 'void';

/** What a change does to its record. A decision is a change like any other and travels the same road. */
export type Deed =
  | {
      readonly do: 'save';
      readonly kind: Kind;
      readonly unit: string;
      readonly patch: Values;
      /** What the author answers to the reviewer's comment, with a resubmission. */
      readonly answer?: string;
    }
  | { readonly do: 'approve' }
  | {
      readonly do: 'return';
      readonly note: string;
      readonly marks: readonly string[];
      /** What is to be looked at in a marked field, by its name. */
      readonly remarks?: Remarks;
    }
  | { readonly do: 'void'; readonly note: string }
  /** It was counted in a report that is handed in, and stays as it is. */
  | { readonly do: 'lock'; readonly report: string; readonly tile: string };

/** By the names of fields. */
export type Remarks = Readonly<Record<string, string>>;

/**
 * One thing a person did to one record. `seq` counts a writer's changes without gaps; `base` is the record revision
 * she saw (0 for a new record); `made` is her phone's time, which is data and orders nothing.
 */
export type Change = {
  readonly seq: number;
  readonly record: string;
  readonly base: number;
  readonly made: string;
} & Deed;

/** What happened to a record, in the order in which the server took it. */
export type RecordEvent = {
  readonly rev: number;
  readonly at: string;
  readonly made: string;
  readonly by: number;
  /** `erase`: the server has taken the names out of a roster whose term is over. */
  readonly do: Deed['do'] | 'erase';
  readonly fields?: readonly string[];
  readonly note?: string;
  readonly marks?: readonly string[];
  readonly remarks?: Remarks;
  /** The values that a later arrival replaced although its author had not seen them. */
  readonly overwrote?: Values;
  /** The fields whose conflict this save, made with both values in sight, has settled. */
  readonly settles?: readonly string[];
  /** The report in which it was locked, and the tile in which it counts there. */
  readonly report?: string;
  readonly tile?: string;
  /** It came too late and was not applied; it is kept to be seen. */
  readonly lost?: boolean;
};

export type Comment = {
  readonly note: string;
  readonly marks: readonly string[];
  readonly remarks?: Remarks;
  readonly by: number;
  readonly at: string;
};

/** A record as the server holds it. `rev` moves with every change, `edited` with its content, `decided` with its review. */
export type RecordState = {
  readonly id: string;
  /** The human code (TH-…, MH-…) that the server gives at receipt, to the kinds that have one. */
  readonly code: string | null;
  readonly kind: Kind;
  readonly unit: string;
  readonly rev: number;
  readonly edited: number;
  readonly decided: number;
  readonly authors: readonly number[];
  readonly state: ReviewState;
  readonly fields: Values;
  readonly comment: Comment | null;
  /** What the reviewer last saw of the fields that have changed since. */
  readonly since: Values;
  readonly events: readonly RecordEvent[];
};

export type VerdictCode =
  | 'E_INVALID'
  | 'E_CONFLICT'
  | 'E_RECORD_ID'
  | 'E_NO_RECORD'
  | 'E_KIND'
  | 'E_UNIT_MOVED'
  | 'E_NOT_YOURS'
  | 'E_OWN_RECORD'
  | 'E_NOT_OPEN'
  | 'E_MOVED_ON'
  | 'E_DECIDED'
  | 'E_NOTE_REQUIRED'
  | 'E_NO_REPORT'
  | 'E_ACCOUNT_CLOSED'
  | 'E_FORK'
  | 'E_INTERNAL';
