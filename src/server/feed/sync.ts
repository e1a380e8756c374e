import { Problem } from '../../domain/problem.ts';
import type { SyncRequest } from '../../protocol/sync-request.ts';
import type { SyncResponse } from '../../protocol/sync-response.ts';
import { oldestServed, recallsSince, wireVersion } from '../../protocol/version.ts';
import type { Db } from '../sql/open.ts';
import type { Account, Directory, DirectoryHolder } from '../units/directory.ts';
import { feedsOf, scopeOf } from '../units/scope.ts';
import { pull } from './pull.ts';
import type { PullResult } from './pull.ts';
import { pushAll, refuseFork, skipTo, together } from './push.ts';
import { epochOf, feedsBeyond } from './put-back.ts';
import { recall } from './recall.ts';
import type { PushParts, PushResult } from './batch.ts';

export type SyncParts = {
  readonly db: Db;
  readonly directory: DirectoryHolder;
  readonly now: () => Date;
  readonly onPoison: PushParts['onPoison'];
  readonly count: (what: 'applied' | 'rejected' | 'late' | 'parked' | 'pulled', n: number) => void;
};

export type Caller = { readonly writer: number; readonly author: Account; readonly reader: Account | null };

const nothing: PullResult = { records: [], cursor: {}, drop: [], more: false };

/**
 * One round trip: takes the writer's changes in, a piece at a time as they arrive, then tells the reader what is new.
 * When the rest of a request never comes, the pieces that did are durable; she hears of them the next time.
 */
export const sync = async (
  parts: SyncParts,
  caller: Caller,
  request: SyncRequest,
  pieces: AsyncIterable<readonly unknown[]>,
): Promise<SyncResponse> => {
  if (request.v < oldestServed || request.v > wireVersion)
    throw new Problem('P_VERSION', { oldest: oldestServed, newest: wireVersion });
  if (request.last !== undefined) await refuseFork(parts.db, caller.writer, request.last);
  const beyond = await feedsBeyond(
    parts.db,
    feedIdsOf(caller.reader, await parts.directory.get()),
    request.cursor,
  );
  const epoch = await epochOf(parts.db, caller.writer, { ...request, beyond }, parts.now());
  // A request that was on its way while the server was put back is said again by whoever starts over, or is told nothing.
  const isOutdated = request.epoch !== epoch;
  if (request.from !== undefined && !isOutdated) await skipTo(parts.db, caller.writer, request.from);
  const taken = await takeIn({ ...parts, isOutdated }, caller, request, pieces);
  countOutcome(parts, taken);
  const recalled =
    request.v >= recallsSince && request.at !== undefined
      ? await recall(parts.db, caller.writer, Math.max(request.at, taken.last), taken.upto)
      : null;
  const pushed = recalled === null ? taken : together(taken, { ...taken, applied: 0, ...recalled });
  const directory = await parts.directory.get();
  // A body may take minutes, and rights that ended meanwhile have ended.
  const reader = caller.reader === null ? null : asNow(caller.reader, directory);
  // A cursor of another epoch belongs to a server that was restored since: it is read from the start.
  const same = request.epoch === epoch;
  const cursor = same ? request.cursor : {};
  const since = same ? (request.since ?? {}) : {};
  const feeds = feedIdsOf(reader, directory);
  const asked = { ...request, beyond: same ? beyond : [] };
  const pulled = reader === null ? nothing : await pull(parts.db, feeds, cursor, since, pushed, asked);
  parts.count('pulled', pulled.records.length);
  const scope = reader === null ? null : scopeOf(reader, directory);
  return {
    v: request.v,
    epoch,
    now: parts.now().toISOString(),
    upto: pushed.upto,
    ...(isBackupNews(request, pushed) ? { backed: pushed.backed } : {}),
    ...(recalled === null ? {} : { recalled: recalled.digest }),
    verdicts: [...pushed.verdicts],
    cursor: { ...pulled.cursor },
    drop: [...pulled.drop],
    records: [...pulled.records],
    more: pulled.more,
    signIn: reader === null,
    scope: scope === null || scope.version === request.scope ? null : scope,
  };
};

/** The same person as she stands now; nobody where her account was closed. */
const asNow = ({ account }: Account, { accounts }: Directory): Account | null => {
  const held = accounts.get(account);
  return held?.active === true ? held : null;
};

const feedIdsOf = (reader: Account | null, directory: Directory): number[] =>
  reader === null ? [] : feedsOf(reader, directory).map(({ id }) => id);

/** Everything that the writer hands in, and the number of the last of it that came with this request. */
const takeIn = async (
  parts: SyncParts & Pick<PushParts, 'isOutdated'>,
  { writer, author }: Caller,
  { last, schema }: SyncRequest,
  pieces: AsyncIterable<readonly unknown[]>,
): Promise<PushResult & { readonly last: number }> => {
  let all: PushResult | null = null;
  let lastSent = 0;
  for await (const changes of pieces) {
    // A guideline or a report in the piece before may have changed it.
    const directory = await parts.directory.get();
    const about = { ...parts, directory, refusesForks: last !== undefined, schema };
    const next = await pushAll(about, writer, directory.accounts.get(author.account) ?? author, changes);
    all = all === null ? next : together(all, next);
    lastSent = (changes.at(-1) as { seq?: number } | undefined)?.seq ?? lastSent;
  }
  return { ...(all as PushResult), last: lastSent };
};

/** A writer who keeps nothing that a backup holds need not be told of it. */
const isBackupNews = ({ v, kept = Infinity }: SyncRequest, { backed }: PushResult): boolean =>
  v === 1 ? backed > 0 : kept <= backed;

const countOutcome = ({ count }: SyncParts, { applied, verdicts }: PushResult): void => {
  for (const { verdict } of verdicts) count(verdict, 1);
  count('applied', applied);
};
