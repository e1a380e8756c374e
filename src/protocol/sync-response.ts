import * as z from 'zod/mini';
import { kindNames } from '../domain/records/kinds.ts';
import { eventSchema, remarksSchema } from './change.ts';
import { scopeSchema } from './scope.ts';

const values = z.record(z.string(), z.unknown());

/** A change that did not simply hold, and why. Changes not named here up to `upto` were applied. */
export const verdictSchema = z.object({
  seq: z.int(),
  verdict: z.enum(['rejected', 'late', 'parked']),
  code: z.string(),
  findings: z.optional(
    z.array(
      z.object({
        field: z.string(),
        code: z.string(),
        n: z.optional(z.number()),
        row: z.optional(z.number()),
      }),
    ),
  ),
});

export type Verdict = z.infer<typeof verdictSchema>;

/**
 * A record as it stands now. `fields` and `events` hold what is new since the reader's cursor, without what she wrote
 * herself in this very request; with `whole` they replace whatever she has.
 */
export const recordRowSchema = z.object({
  feed: z.int(),
  id: z.string(),
  code: z.nullable(z.string()),
  kind: z.enum(kindNames),
  unit: z.string(),
  rev: z.int(),
  edited: z.int(),
  decided: z.int(),
  authors: z.array(z.int()),
  state: z.enum(['submitted', 'returned', 'approved', 'locked', 'void']),
  comment: z.nullable(
    z.object({
      note: z.string(),
      marks: z.array(z.string()),
      remarks: z.optional(remarksSchema),
      by: z.int(),
      at: z.string(),
    }),
  ),
  since: values,
  fields: values,
  events: z.array(eventSchema),
  whole: z.boolean(),
});

export type RecordRow = z.infer<typeof recordRowSchema>;

/**
 * The answer to a sync. Every change up to `upto` is decided and durable. `cursor` is where to read on; `drop` lists
 * feeds that are no longer the reader's; `more` asks her to come back at once. `signIn`: the work was taken in, but
 * to read, the person must sign in again.
 */
export const syncResponseSchema = z.object({
  v: z.int(),
  epoch: z.string(),
  now: z.string(),
  upto: z.int(),
  /** Changes up to this one are in a backup; what lies above, the phone keeps a while. */
  backed: z.optional(z.int()),
  /**
   * Over the changes above the last confirmed or repeated one, up to `upto`, which this answer decides as well: the
   * digest of their digests. They are this writer's only if hers give the same.
   */
  recalled: z.optional(z.string()),
  verdicts: z.array(verdictSchema),
  cursor: z.record(z.string(), z.int()),
  drop: z.array(z.int()),
  records: z.array(recordRowSchema),
  more: z.boolean(),
  signIn: z.boolean(),
  scope: z.nullable(scopeSchema),
});

export type SyncResponse = z.infer<typeof syncResponseSchema>;
