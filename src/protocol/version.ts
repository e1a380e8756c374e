/**
 * The wire version, with its history. A server answers every version from `oldestServed` on, and old phones can
 * always hand in their work.
 *
 * 1: changes as JSON objects, records by feed, verdicts for exceptions only. For clients of others.
 * 2: the same in columns (`packed-sync.ts`). What our own phones speak.
 */
export const wireVersion = 2;
export const oldestServed = 1;

/** The version of the record declarations: 1 has the activity log, 2 classes and models too. */
export const schemaVersion = 2;
