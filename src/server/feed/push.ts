import { can } from '../../domain/access.ts';
import { Problem } from '../../domain/problem.ts';
import type { RecordState } from '../../domain/change.ts';
import type { Values } from '../../domain/records/field.ts';
import { keepFacts } from '../report/facts.ts';
import type { Db } from '../sql/open.ts';
import { placesOf, touchDirectory } from '../units/directory.ts';
import type { Account, Directory } from '../units/directory.ts';
import { feedOf, newBatch, noFeed, repeat, resultOf, take } from './batch.ts';
import type { Batch, Known, PushParts, PushResult } from './batch.ts';
import { giveCodes } from './codes.ts';
import { readChanges } from './incoming.ts';
import { readKin } from './kin.ts';
import type { Incoming } from './incoming.ts';
import { fromRow, toRow } from './stored-record.ts';
import type { StoredRecord } from './stored-record.ts';

/** Records that a writer may not read do not exist for her: neither what she sends nor what she is told reaches them. */
const readableTo =
  (author: Account, directory: Directory) =>
  (record: RecordState): boolean =>
    can(author, 'read', record, placesOf(directory));

const readRecords = async (
  db: Db,
  ids: readonly string[],
  readable: (record: RecordState) => boolean,
): Promise<Map<string, StoredRecord>> => {
  if (ids.length === 0) return new Map();
  const rows = await db.selectFrom('record').selectAll().where('id', 'in', ids).execute();
  return new Map(
    rows
      .map(fromRow)
      .filter(({ record }) => readable(record))
      .map((stored) => [stored.record.id, stored]),
  );
};

const takenIds = async (
  tx: Db,
  ids: readonly string[],
  held: ReadonlyMap<string, StoredRecord>,
): Promise<Set<string>> => {
  const unknown = ids.filter((id) => !held.has(id));
  if (unknown.length === 0) return new Set();
  const rows = await tx.selectFrom('record').select('id').where('id', 'in', unknown).execute();
  return new Set(rows.map(({ id }) => id));
};

/** So many changes a transaction: what is written is durable piece by piece, and nobody waits long for a counter. */
const changesAtOnce = 50;

/** Takes all changes of a request in, a piece at a time. */
export const pushAll = async (
  parts: PushParts,
  writer: number,
  author: Account,
  raw: readonly unknown[],
): Promise<PushResult> => {
  let all = await push(parts, writer, author, raw.slice(0, changesAtOnce));
  for (let at = changesAtOnce; at < raw.length; at += changesAtOnce) {
    const next = await push(parts, writer, author, raw.slice(at, at + changesAtOnce));
    all = together(all, next);
  }
  return all;
};

/**
 * A store that has given out fewer numbers than the server has from it was emptied or put back: its next numbers and ids
 * would be those of other changes. Nothing is taken from it, or words would be written over each other.
 */
export const refuseFork = async (db: Db, writer: number, last: number): Promise<void> => {
  const { last_seq } = await db
    .selectFrom('writer')
    .select('last_seq')
    .where('id', '=', writer)
    .executeTakeFirstOrThrow();
  if (last_seq > last) throw new Problem('P_FORK');
};

/** After a restore: the changes before this one are neither here nor on the writer's phone any more. */
export const skipTo = async (db: Db, writer: number, from: number): Promise<void> => {
  await db
    .updateTable('writer')
    .set({ last_seq: from - 1 })
    .where('id', '=', writer)
    .where('last_seq', '<', from - 1)
    .execute();
};

const merged = (a: ReadonlyMap<string, Values>, b: ReadonlyMap<string, Values>): Map<string, Values> => {
  const both = new Map(a);
  for (const [id, values] of b) both.set(id, { ...both.get(id), ...values });
  return both;
};

/** What two pushes did, the second after the first. */
export const together = (a: PushResult, b: PushResult): PushResult => ({
  upto: b.upto,
  backed: b.backed,
  verdicts: [...a.verdicts, ...b.verdicts],
  applied: a.applied + b.applied,
  created: new Set([...a.created, ...b.created]),
  believed: merged(a.believed, b.believed),
  repeated: new Set([...a.repeated, ...b.repeated]),
});

/**
 * Takes a piece of a writer's changes in, in one transaction: all of it is durable when this returns, or none of it happened.
 *
 * The first statement moves the counters of the feeds it will write, lowest number first. Whoever holds a counter
 * commits before the next one gets it, so sequence order is commit order and no reader's cursor can jump over a
 * change that is still on its way (a plain sequence lost 14 % of the rows in a measured race).
 */
export const push = async (
  parts: PushParts,
  writer: number,
  author: Account,
  raw: readonly unknown[],
): Promise<PushResult> => {
  const incoming = readChanges(raw);
  // A lock is judged together with its report.
  const ids = incoming.flatMap(({ change }) =>
    change === null ? [] : change.do === 'lock' ? [change.record, change.report] : [change.record],
  );
  const readable = readableTo(author, parts.directory);
  const before = await readRecords(parts.db, ids, readable);
  const feeds = incoming.map(({ change }) => feedOf(change, before, parts.directory, author));
  return parts.db.transaction().execute(async (tx) => {
    const revs = await takeSequences(tx, feeds);
    const { last_seq, backed_seq } = await tx
      .updateTable('writer')
      .set({
        last_contact: parts.now().toISOString(),
        ...(parts.schema === undefined ? {} : { schema: parts.schema }),
      })
      .where('id', '=', writer)
      .returning(['last_seq', 'backed_seq'])
      .executeTakeFirstOrThrow();
    // Read again under the counters' locks: somebody may have committed between the first look and now.
    const held = await readRecords(tx, ids, readable);
    const taken = await takenIds(tx, ids, held);
    const kin = await readKin(tx, incoming, held, readable);
    const batch = newBatch(parts, writer, author, last_seq, held, revs, taken, kin);
    const known = await knownChanges(tx, writer, incoming);
    for (const item of incoming) {
      if (item.seq <= last_seq) repeat(batch, item, known.get(item.seq));
      else if (item.seq === batch.upto + 1 && parts.isOutdated !== true) take(batch, item);
      else break;
    }
    await giveCodes(tx, parts.directory, batch);
    await store(tx, batch);
    await tx.updateTable('writer').set({ last_seq: batch.upto }).where('id', '=', writer).execute();
    return { ...resultOf(batch), backed: backed_seq };
  });
};

/**
 * Moves the counter of each feed that the batch may write by the size of the batch, and returns the revisions to hand
 * out. Some stay unused: which feed a change ends in is known for sure only once those before it are taken.
 */
const takeSequences = async (tx: Db, feeds: readonly number[]): Promise<Map<number, number[]>> => {
  const wanted = new Set(feeds.filter((feed) => feed !== noFeed));
  const n = feeds.length;
  const revs = new Map<number, number[]>();
  for (const feed of [...wanted].sort((a, b) => a - b)) {
    const { seq } = await tx
      .updateTable('feed')
      .set((e) => ({ seq: e('seq', '+', n) }))
      .where('id', '=', feed)
      .returning('seq')
      .executeTakeFirstOrThrow();
    revs.set(
      feed,
      Array.from({ length: n }, (_, i) => seq - n + 1 + i),
    );
  }
  return revs;
};

const knownChanges = async (
  tx: Db,
  writer: number,
  incoming: readonly Incoming[],
): Promise<Map<number, Known>> => {
  if (incoming.length === 0) return new Map();
  const rows = await tx
    .selectFrom('change')
    .select(['seq', 'digest', 'verdict', 'code', 'findings_json'])
    .where('writer', '=', writer)
    .where(
      'seq',
      'in',
      incoming.map((item) => item.seq),
    )
    .execute();
  return new Map(rows.map((row) => [row.seq, row]));
};

const store = async (tx: Db, batch: Batch): Promise<void> => {
  const rows = [...batch.dirty].map((id) => toRow(batch.held.get(id) as StoredRecord));
  for (const row of rows)
    await tx
      .insertInto('record')
      .values(row)
      .onConflict((conflict) => conflict.columns(['feed', 'id']).doUpdateSet(row))
      .execute();
  await keepFacts(
    tx,
    [...batch.dirty].map((id) => (batch.held.get(id) as StoredRecord).record),
  );
  // A guideline may add tasks that records are checked against; a report closes what it counts for the units below.
  if (rows.some(({ kind }) => kind === 'guideline' || kind === 'report')) await touchDirectory(tx);
  if (batch.changes.length > 0) await tx.insertInto('change').values(batch.changes).execute();
};
