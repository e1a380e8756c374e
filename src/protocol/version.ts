import type { Kind } from '../domain/records/kinds.ts';

/**
 * The wire version, with its history. A server answers every version from `oldestServed` on, and old phones can
 * always hand in their work.
 *
 * 1: changes as JSON objects, records by feed, verdicts for exceptions only. For clients of others.
 * 2: the same in columns (`packed-sync.ts`).
 * 3: a request may come in several lines, each of which is durable once it has arrived; and what was taken in without
 *    its author having heard of it is told again without being sent again. What our own phones speak.
 */
export const wireVersion = 3;
export const oldestServed = 1;

/** From this version on, an answer decides everything up to `upto`, also what the request did not repeat. */
export const recallsSince = 3;

/**
 * The version of the record declarations: 1 has the activity log, 2 classes and models too, 3 plans, answers and
 * remarks, 4 reports that lock what they count, typed figures and guidelines, 5 whole histories in the daily audit.
 */
export const schemaVersion = 5;

/** From this version on, phones add up for the daily audit what the server does. */
export const auditedSince = 5;

const since: Partial<Record<Kind, number>> = { plan: 3, figures: 4, report: 4, guideline: 4 };

/** Whether a phone that knows the records of a version can hold a kind; others wait until it is renewed. */
export const isKnownIn = (schema: number, kind: Kind): boolean => (since[kind] ?? 1) <= schema;

/** From this version on, a phone knows that a report locks what it counts. */
export const locksSince = 4;
