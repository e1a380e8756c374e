import { pack, unpack } from './pack.ts';
import { maxChanges, maxPage } from './sync-request.ts';
import type { SyncRequest } from './sync-request.ts';
import type { SyncResponse } from './sync-response.ts';

/**
 * How a sync travels between our own ends, from wire version 2 on: changes, records and cursors in columns. A client
 * that would rather send plain JSON says version 1.
 */
const packedFrom = 2;

type Cursor = Readonly<Record<string, number>>;
type Wire = Readonly<Record<string, unknown>>;

const packCursor = (cursor: Cursor): unknown =>
  pack(Object.entries(cursor).map(([feed, seq]) => ({ feed: Number(feed), seq })));

const unpackCursor = (table: unknown): Record<string, number> =>
  Object.fromEntries(unpack(table, maxFeeds).map(({ feed, seq }) => [String(feed), seq as number]));

/** A province of thousands of units, with a feed for each audience. */
const maxFeeds = 20_000;

const same = (a: Cursor, b: Cursor): boolean =>
  Object.keys(a).length === Object.keys(b).length &&
  Object.entries(a).every(([feed, seq]) => b[feed] === seq);

/** What is sent: `since` only where it is not the cursor, and nothing that is empty. */
export const packRequest = ({ changes, cursor, since, audit, ...rest }: SyncRequest): Wire => ({
  ...rest,
  ...(audit === undefined ? {} : { a: pack(audit) }),
  c: packCursor(cursor),
  ...(since === undefined || same(since, cursor) ? {} : { s: packCursor(since) }),
  ...(changes.length === 0 ? {} : { p: pack(changes as Wire[]) }),
});

/** The lines of a request of which each takes so many of the changes, packed when they are asked for; one when there are none. */
export function* packLines(request: SyncRequest, pieces: readonly number[]): Generator<Wire> {
  let at = pieces[0] ?? 0;
  yield packRequest({ ...request, changes: request.changes.slice(0, at) });
  for (const length of pieces.slice(1))
    yield { p: pack(request.changes.slice(at, (at += length)) as Wire[]) };
}

/** A further line of a request, as the server works with it. Throws `NotPacked`. */
export const unpackMore = (line: unknown): unknown =>
  typeof line === 'object' && line !== null && 'p' in line ? { changes: unpack(line.p, maxChanges) } : line;

/** A request as the server works with it, from either version. Throws `NotPacked`. */
export const unpackRequest = (body: unknown): unknown => {
  if (typeof body !== 'object' || body === null || !('c' in body)) return body;
  const { a, c, s, p, ...rest } = body as Wire;
  const cursor = unpackCursor(c);
  return {
    ...rest,
    ...(a === undefined ? {} : { audit: unpack(a, maxFeeds) }),
    cursor,
    since: s === undefined ? cursor : unpackCursor(s),
    changes: p === undefined ? [] : unpack(p, maxChanges),
  };
};

/** A clock that is further off is told so. */
export const toleranceMs = 60_000;

/** Whether an answer says only that all is as the asker knows it: then 204 and no body says so. */
export const isNothingNew = (request: SyncRequest, answer: SyncResponse): boolean =>
  request.v >= packedFrom &&
  request.at === answer.upto &&
  request.epoch === answer.epoch &&
  request.changes.length === 0 &&
  request.audit === undefined &&
  answer.records.length === 0 &&
  answer.drop.length === 0 &&
  answer.scope === null &&
  answer.backed === undefined &&
  !answer.more &&
  !answer.signIn &&
  // A clock that is wrong is to be told.
  Math.abs(Date.parse(answer.now) - Date.parse(request.now)) < toleranceMs &&
  Object.entries(answer.cursor).every(([feed, seq]) => request.cursor[feed] === seq);

/** The answer that a 204 stands for. */
export const nothingNew = (request: SyncRequest): SyncResponse => ({
  v: request.v,
  epoch: request.epoch ?? '',
  now: request.now,
  upto: request.at ?? 0,
  verdicts: [],
  cursor: {},
  drop: [],
  records: [],
  more: false,
  signIn: false,
  scope: null,
});

/** What is answered to a client that spoke this version. */
export const packResponse = (v: number, { records, cursor, verdicts, drop, ...rest }: SyncResponse): Wire =>
  v < packedFrom
    ? { records, cursor, verdicts, drop, ...rest }
    : {
        ...rest,
        c: packCursor(cursor),
        ...(verdicts.length === 0 ? {} : { verdicts }),
        ...(drop.length === 0 ? {} : { drop }),
        ...(records.length === 0 ? {} : { p: pack(records) }),
      };

/** An answer as the phone works with it. Throws `NotPacked`. */
export const unpackResponse = (body: unknown): unknown => {
  if (typeof body !== 'object' || body === null || !('c' in body)) return body;
  const { c, p, ...rest } = body as Wire;
  return {
    verdicts: [],
    drop: [],
    ...rest,
    cursor: unpackCursor(c),
    records: p === undefined ? [] : unpack(p, mostRecords, mostValues),
  };
};

/** What a phone takes from its own server at once: a page, and besides what it has handed in itself. */
const mostRecords = 4 * maxPage;
const mostValues = 5_000_000;
