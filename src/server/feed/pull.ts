import type { RecordEvent } from '../../domain/change.ts';
import { sameValue } from '../../domain/records/canonical.ts';
import { auditOf, historyOf } from '../../protocol/audit.ts';
import type { Audit } from '../../protocol/audit.ts';
import { maxPage } from '../../protocol/sync-request.ts';
import type { SyncRequest } from '../../protocol/sync-request.ts';
import type { RecordRow } from '../../protocol/sync-response.ts';
import { auditedSince, isKnownIn, locksSince } from '../../protocol/version.ts';
import type { Db } from '../sql/open.ts';
import type { PushResult } from './batch.ts';
import { fromRow } from './stored-record.ts';
import type { StoredRecord } from './stored-record.ts';

/** How far a reader has read each feed. */
export type Cursor = Readonly<Record<string, number>>;

export type PullResult = {
  readonly records: readonly RecordRow[];
  readonly cursor: Cursor;
  readonly drop: readonly number[];
  readonly more: boolean;
};

/** Records a page where the reader does not say, and characters a page; a page is what a reader commits at once. */
const pageSize = 200;
const pageChars = 2_000_000;

/** What this very request said; compared with what is read now, for somebody may have written over it. */
type Own = Pick<PushResult, 'created' | 'believed' | 'repeated'>;

/**
 * How much is asked for, what the phone already holds, which records it knows, and of which feeds (`beyond`) it has read more than
 * there was before it handed anything in: their end was given by a server that has been put back since, so they are read anew.
 */
type Asked = Pick<SyncRequest, 'page' | 'audit' | 'schema'> & { readonly beyond: readonly number[] };

/**
 * What has changed in a reader's feeds since her cursor, as the state of records, oldest change first. Only fields
 * newer than her last reading that came to its end (`since`) travel, and never the echo of what this very request said.
 */
export const pull = async (
  db: Db,
  feeds: readonly number[],
  cursor: Cursor,
  since: Cursor,
  own: Own,
  { page = pageSize, audit: audits = [], schema, beyond }: Asked,
): Promise<PullResult> => {
  // What she has just handed in comes back as little more than its number, and only now: it does not fill the page.
  const size = Math.min(page, maxPage) + own.believed.size;
  const readable = new Set(feeds);
  const foreign = Object.keys(cursor)
    .map(Number)
    .filter((feed) => !readable.has(feed));
  return db.transaction().execute(async (tx) => {
    const all = await feedsAt(tx, feeds);
    const ahead = all.filter(({ id, seq }) => seq > (cursor[id] ?? 0) && !beyond.includes(id));
    const drop = [...foreign, ...beyond, ...(await missedFeeds(tx, all, cursor, audits, schema))];
    const repeated = await readRepeated(tx, own.repeated, all);
    const records: RecordRow[] = [];
    const reached: Record<string, number> = {};
    let chars = 0;
    const page = (more: boolean): PullResult => {
      const told = new Set(records.map(({ id }) => id));
      const left = repeated.filter(({ record }) => !told.has(record.id));
      const corrections = left.flatMap((stored) => correctionOf(knownTo(schema, stored), cursor, own));
      return { records: [...records, ...corrections], cursor: reached, drop, more };
    };
    for (const { id, seq } of ahead) {
      const after = cursor[id] ?? 0;
      const rows = await readFeed(tx, id, after, size + 1);
      for (const stored of rows) {
        if (records.length > 0 && (records.length >= size || chars >= pageChars)) return page(true);
        reached[id] = stored.record.rev;
        if (!isKnownIn(schema, stored.record.kind)) continue;
        const row = rowOf(knownTo(schema, stored), Math.min(after, since[id] ?? 0), own);
        chars += JSON.stringify(row).length;
        records.push(row);
      }
      // Kinds that her phone does not know may fill what was read, and more lies behind them.
      if (rows.length > size) return page(true);
      reached[id] = seq;
    }
    return page(false);
  });
};

type FeedAt = { readonly id: number; readonly seq: number };

/** The feeds that a reader has read to their end and does not hold as they are. Each is compared once, however often it is named. */
const missedFeeds = async (
  tx: Db,
  all: readonly FeedAt[],
  cursor: Cursor,
  audits: readonly Audit[],
  schema: number,
): Promise<number[]> => {
  const missed: number[] = [];
  for (const audit of new Map(audits.map((one) => [one.feed, one])).values()) {
    const isRead = all.some(({ id, seq }) => id === audit.feed && seq === (cursor[id] ?? 0));
    if (isRead && !(await agrees(tx, audit, schema))) missed.push(audit.feed);
  }
  return missed;
};

/** Whether a reader holds exactly the records that a feed has, of the kinds that her phone knows. */
const agrees = async (tx: Db, { feed, records, sum }: Audit, schema: number): Promise<boolean> => {
  // Older phones add up something else; to read all of it every day would cost them more than it finds.
  if (schema < auditedSince) return true;
  const rows = await tx
    .selectFrom('record')
    .select(['id', 'kind', 'events_json'])
    .where('feed', '=', feed)
    .execute();
  const truth = auditOf(
    feed,
    rows
      .filter(({ kind }) => isKnownIn(schema, kind))
      .map(({ id, events_json }) => ({ id, history: historyOf(JSON.parse(events_json) as RecordEvent[]) })),
  );
  return truth.records === records && truth.sum === sum;
};

/** Records of which she repeats what was taken in before, as far as she may read them. */
const readRepeated = async (
  tx: Db,
  repeated: ReadonlySet<string>,
  all: readonly FeedAt[],
): Promise<StoredRecord[]> => {
  if (repeated.size === 0 || all.length === 0) return [];
  const feeds = all.map(({ id }) => id);
  const rows = await tx
    .selectFrom('record')
    .selectAll()
    .where('id', 'in', [...repeated])
    .where('feed', 'in', feeds)
    .execute();
  return rows.map(fromRow);
};

/** How far each of these feeds goes. */
export const feedsAt = (tx: Db, feeds: readonly number[]): Promise<FeedAt[]> =>
  feeds.length === 0
    ? Promise.resolve([])
    : tx.selectFrom('feed').select(['id', 'seq']).where('id', 'in', feeds).orderBy('id').execute();

const readFeed = async (tx: Db, feed: number, after: number, limit: number): Promise<StoredRecord[]> => {
  const rows = await tx
    .selectFrom('record')
    .selectAll()
    .where('feed', '=', feed)
    .where('seq', '>', after)
    .orderBy('seq')
    .limit(limit)
    .execute();
  return rows.map(fromRow);
};

/** A phone from before reports locked anything sees the state and not the event, which it could not read. */
const knownTo = (schema: number, stored: StoredRecord): StoredRecord =>
  schema >= locksSince
    ? stored
    : {
        ...stored,
        record: { ...stored.record, events: stored.record.events.filter((event) => event.do !== 'lock') },
      };

/**
 * She repeats what was taken in before, and has read on meanwhile: where she is, her own words stand last now, whatever holds here. So
 * she is told of them once more, as of the last revision that she has read. What she has not read yet comes in its turn.
 */
const correctionOf = (stored: StoredRecord, cursor: Cursor, own: Own): RecordRow[] => {
  const { feed, record } = stored;
  const read = cursor[feed] ?? 0;
  return read === 0 ? [] : [{ ...rowOf(stored, record.rev, own), rev: Math.min(record.rev, read) }];
};

const rowOf = ({ feed, record, touches }: StoredRecord, after: number, own: Own): RecordRow => {
  const createdAt = record.events[0]?.rev ?? 0;
  const whole = createdAt > after && !own.created.has(record.id);
  const believed = own.believed.get(record.id) ?? {};
  // What she said in this request, she holds: only where the server holds something else is it news, however old.
  const isNews = (name: string): boolean =>
    whole ||
    (name in believed ? !sameValue(record.fields[name], believed[name]) : (touches[name]?.[0] ?? 0) > after);
  const { fields, events, ...rest } = record;
  return {
    feed,
    ...rest,
    authors: [...rest.authors],
    comment: rest.comment === null ? null : { ...rest.comment, marks: [...rest.comment.marks] },
    since: { ...rest.since },
    fields: Object.fromEntries(Object.entries(fields).filter(([name]) => isNews(name))),
    events: events
      .filter((event) => event.rev > after)
      .map((event) => ({
        ...event,
        fields: event.fields && [...event.fields],
        marks: event.marks && [...event.marks],
        remarks: event.remarks && { ...event.remarks },
        overwrote: event.overwrote && { ...event.overwrote },
        settles: event.settles && [...event.settles],
      })),
    whole,
  };
};
