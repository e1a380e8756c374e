import type { Deed } from '../../domain/change.ts';
import type { Values } from '../../domain/records/field.ts';
import type { Db } from '../sql/open.ts';
import { note, verdictOf } from './batch.ts';
import type { PushResult } from './batch.ts';
import { digestOf, digestOfText } from './digest.ts';

/** What became of changes that were taken in without their author having heard of it, and the digest of their digests. */
export type Recalled = Pick<PushResult, 'upto' | 'verdicts' | 'believed' | 'created' | 'repeated'> & {
  readonly digest: string;
};

/** More than a phone hands in at once; one that has more to hear of sends it again. */
const most = 2000;

/**
 * Tells a writer again of her changes above one and up to another, as when they were new, without her having to send
 * them once more: a cut costs her what was on its way and no more. Null when there are none or not all of them are known.
 */
export const recall = async (
  db: Db,
  writer: number,
  above: number,
  upto: number,
): Promise<Recalled | null> => {
  if (upto <= above || upto - above > most) return null;
  const rows = await db
    .selectFrom('change')
    .select([
      'seq',
      'record',
      'base',
      'made',
      'rev',
      'digest',
      'verdict',
      'code',
      'findings_json',
      'deed_json',
    ])
    .where('writer', '=', writer)
    .where('seq', '>', above)
    .where('seq', '<=', upto)
    .orderBy('seq')
    .execute();
  if (rows.length !== upto - above) return null;
  const applied = rows.filter(({ verdict }) => verdict === 'applied');
  const firsts = await firstRevs(
    db,
    applied.map(({ record }) => record),
  );
  const believed = new Map<string, Values>();
  const created = new Set<string>();
  for (const { seq, record, base, made, rev, digest, deed_json } of applied) {
    const change = { seq, record, base, made, ...(JSON.parse(deed_json) as Deed) };
    // What is kept is canonical. Where she sent something else, what holds comes back to her as news.
    if (digestOf(change) !== digest) continue;
    if (firsts.get(record) === rev) created.add(record);
    note(believed, change);
  }
  return {
    upto,
    verdicts: rows.flatMap((row) => verdictOf(row.seq, row)),
    believed,
    created,
    repeated: new Set(applied.map(({ record }) => record)),
    digest: digestOfText(rows.map(({ digest }) => digest).join('')),
  };
};

/** The revision with which each record began. */
const firstRevs = async (db: Db, ids: readonly string[]): Promise<Map<string, number>> => {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('record')
    .select(['id', (e) => e.fn<number>('json_extract', ['events_json', e.val('$[0].rev')]).as('rev')])
    .where('id', 'in', [...new Set(ids)])
    .execute();
  return new Map(rows.map(({ id, rev }) => [id, rev]));
};
