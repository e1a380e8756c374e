/**
 * An audit finds what a reading has silently missed: reader and server add up the same numbers about the records of a
 * feed, and where the sums differ the feed is read anew.
 */
export type Audit = { readonly feed: number; readonly records: number; readonly sum: number };

const prime = 16_777_619;
const start = 2_166_136_261;

type Counted = { readonly id: string; readonly history: number };

/** FNV-1a: 32 bits, so a miss stays unseen once in four thousand million times. */
const hashOf = (text: string): number => {
  let hash = start;
  for (const char of text) hash = Math.imul(hash ^ char.charCodeAt(0), prime);
  return hash >>> 0;
};

/**
 * A record's whole history as it is added up: under which number and when the server took each change, for a copy put back
 * by hand counts anew from old numbers, and what came last may come last again.
 */
export const historyOf = (events: readonly { readonly rev: number; readonly at: string }[]): number =>
  hashOf(events.map(({ rev, at }) => `${rev}:${at}`).join());

/** The audit of one feed's records; their order does not matter. */
export const auditOf = (feed: number, rows: readonly Counted[]): Audit => ({
  feed,
  records: rows.length,
  sum: rows.reduce((sum, row) => (sum + hashOf(`${row.id}:${row.history}`)) % 2 ** 32, 0),
});
