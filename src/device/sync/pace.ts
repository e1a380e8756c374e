import { maxChanges, maxPage, maxWireBytes } from '../../protocol/sync-request.ts';

/**
 * How much is sent and asked for at once. What is under way when a link is cut was for nothing, so it goes in pieces
 * that take a few seconds at the speed that was last measured: small ones on a bad link, everything at once on a good
 * one. The server takes each piece in as it arrives, so several go in one request and nobody waits for an answer between.
 */
export type Pace = {
  /** Bytes a piece may have on the wire. */
  readonly budget: number;
  /** What a change took on the wire last time, in bytes. */
  readonly perChange: number;
  /** So many pieces a request. */
  readonly pieces: number;
};

/** About half a minute. Then she sees that something has arrived. */
const mostPieces = 8;

/** Before anything was measured: two seconds a piece at 50 kbit/s. */
export const firstPace: Pace = { budget: 12_000, perChange: 150, pieces: mostPieces };

const least = 3_000;
const most = 200_000;
const secondsAPiece = 2.4;

/** After a request that came through: as much as the link carries in a while, at most twice as much as before. */
export const afterSuccess = (pace: Pace, changes: number, bytes: number, ms: number): Pace => {
  const perChange = changes < 10 ? pace.perChange : bytes / changes;
  // A small request says how long the way is and not how wide.
  const pieces = Math.min(mostPieces, pace.pieces * 2);
  if (bytes < pace.budget / 2) return { ...pace, perChange, pieces };
  const carried = (bytes / Math.max(ms, 1)) * 1000 * secondsAPiece;
  return { perChange, pieces, budget: Math.round(Math.min(most, pace.budget * 2, Math.max(least, carried))) };
};

/** After one that did not: half as much, and in one piece, for there are networks that pass nothing on before all of it is there. */
export const afterFailure = (pace: Pace): Pace => ({
  ...pace,
  budget: Math.max(least, pace.budget / 2),
  pieces: 1,
});

/** How many changes fit into a piece. */
export const changesAPiece = ({ budget, perChange }: Pace): number =>
  Math.max(1, Math.floor(budget / perChange));

/** The share of what a server takes at once that is used: the next changes may be longer than the last ones were. */
const share = 0.75;

/** How many changes fit into a request. */
export const changesAtOnce = (pace: Pace): number =>
  Math.min(
    maxChanges,
    changesAPiece(pace) * pace.pieces,
    Math.max(1, Math.floor((maxWireBytes * share) / pace.perChange)),
  );

/** A record as it comes down takes some 80 bytes. Twice a budget's worth: what has come down is cut at a page as well. */
const perRecord = 40;
const leastRecords = 50;

/** How many records an answer should have at the most; links are seldom slower down than up. */
export const recordsAtOnce = ({ budget }: Pace): number =>
  Math.min(maxPage, Math.max(leastRecords, Math.floor(budget / perRecord)));
