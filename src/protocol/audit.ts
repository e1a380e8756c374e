/**
 * An audit finds what a reading has silently missed: reader and server add up the same numbers about the records of a
 * feed, and where the sums differ the feed is read anew.
 */
export type Audit = { readonly feed: number; readonly records: number; readonly sum: number };

const prime = 16_777_619;
const start = 2_166_136_261;

/** A record as it is added up. `at`: when the server took its last change; a copy put back by hand counts anew from old numbers. */
type Counted = { readonly id: string; readonly rev: number; readonly at: string };

/** FNV-1a over id, revision and time: 32 bits, so a miss stays unseen once in four thousand million times. */
const mark = ({ id, rev, at }: Counted): number => {
  let hash = start;
  for (const char of `${id}:${rev}:${at}`) hash = Math.imul(hash ^ char.charCodeAt(0), prime);
  return hash >>> 0;
};

/** The audit of one feed's records; their order does not matter. */
export const auditOf = (feed: number, rows: readonly Counted[]): Audit => ({
  feed,
  records: rows.length,
  sum: rows.reduce((sum, row) => (sum + mark(row)) % 2 ** 32, 0),
});
