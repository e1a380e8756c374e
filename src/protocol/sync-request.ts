import * as z from 'zod/mini';

/** At most so many changes a request; a longer queue goes in several. */
export const maxChanges = 1000;

/** At most so many records an answer. */
export const maxPage = 1000;

/** Caps on a request body: on the wire, and inflated (each line of a body in lines). */
export const maxWireBytes = 256 * 1024;
export const maxInflatedBytes = 1024 * 1024;

/** At most so many lines a body; more than the wire holds of lines that are worth it. */
export const maxLines = 64;

/** A body with a line for each piece: the first is the request, the others hold more changes. Each is gzipped by itself. */
export const linesType = 'application/x-ndjson';

/**
 * `POST /api/v1/sync`: what I have done since you last confirmed, and how far I have read. `cursor` maps a feed's
 * number to the last sequence read from it; `scope` is the version of the scope that I hold. Changes are parsed one
 * by one, so that a bad one blocks nobody.
 */
export const syncRequestSchema = z.object({
  v: z.int(),
  schema: z.int(),
  epoch: z.nullable(z.string()),
  cursor: z.record(z.string(), z.int()),
  /**
   * Where the last reading that came to its end stood. Pages of one reading move the cursor, but what moved past a
   * page's end while it was read has not been sent: so it is from here that "new" counts.
   */
  since: z.optional(z.record(z.string(), z.int())),
  scope: z.nullable(z.string()),
  /** How many records an answer should have at the most: few on a slow link, so that a cut costs little. */
  page: z.optional(z.int().check(z.positive())),
  /**
   * The last change that was confirmed to this writer. A server that has nothing new can say so without a word, and one
   * that has taken in more tells what became of it.
   */
  at: z.optional(z.int().check(z.nonnegative())),
  /** The highest number that this store has given out. A server that has a higher one knows that the store is not the one it was. */
  last: z.optional(z.int().check(z.nonnegative())),
  /** The lowest confirmed change that is kept until a backup holds it; absent when none is. */
  kept: z.optional(z.int().check(z.positive())),
  /** After a restore of the server: the lowest change that this writer still has. What lies below is gone. */
  from: z.optional(z.int().check(z.positive())),
  /** Now and then: what the reader holds of feeds that she has read to the end, to be compared. */
  audit: z.optional(z.array(z.object({ feed: z.int(), records: z.int(), sum: z.int() }))),
  changes: z.array(z.unknown()).check(z.maxLength(maxChanges)),
  /** The phone's clock when it sent this, to notice a wrong one. */
  now: z.string(),
});

/** A further line of a request. */
export const moreChangesSchema = z.object({ changes: z.array(z.unknown()).check(z.maxLength(maxChanges)) });

export type SyncRequest = z.infer<typeof syncRequestSchema>;
