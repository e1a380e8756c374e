import { maxPage } from '../../protocol/sync-request.ts';

/**
 * How much is sent and asked for at once. What is under way when a link is cut was for nothing, so a request takes a
 * few seconds at the speed that was last measured: little on a bad link, everything at once on a good one.
 */
export type Pace = {
  /** Bytes a request may have on the wire. */
  readonly budget: number;
  /** What a change took on the wire last time, in bytes. */
  readonly perChange: number;
};

/** Before anything was measured: two seconds at 50 kbit/s. */
export const firstPace: Pace = { budget: 12_000, perChange: 150 };

const least = 3_000;
const most = 200_000;
const secondsAtOnce = 3;

/** After a request that came through: as much as the link carries in a while, at most twice as much as before. */
export const afterSuccess = (pace: Pace, changes: number, bytes: number, ms: number): Pace => {
  const perChange = changes < 10 ? pace.perChange : bytes / changes;
  // A small request says how long the way is and not how wide.
  if (bytes < pace.budget / 2) return { ...pace, perChange };
  const carried = (bytes / Math.max(ms, 1)) * 1000 * secondsAtOnce;
  return { perChange, budget: Math.round(Math.min(most, pace.budget * 2, Math.max(least, carried))) };
};

/** After one that did not: half as much. */
export const afterFailure = (pace: Pace): Pace => ({ ...pace, budget: Math.max(least, pace.budget / 2) });

/** How many changes fit. */
export const changesAtOnce = ({ budget, perChange }: Pace): number =>
  Math.max(1, Math.floor(budget / perChange));

/** A record as it comes down takes some 80 bytes. Twice a budget's worth: what has come down is cut at a page as well. */
const perRecord = 40;
const leastRecords = 50;

/** How many records an answer should have at the most; links are seldom slower down than up. */
export const recordsAtOnce = ({ budget }: Pace): number =>
  Math.min(maxPage, Math.max(leastRecords, Math.floor(budget / perRecord)));
