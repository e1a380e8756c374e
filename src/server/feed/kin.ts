import { reportOf } from '../../domain/apply.ts';
import type { RecordState } from '../../domain/change.ts';
import { parentOf } from '../../domain/records/kinds.ts';
import type { Db } from '../sql/open.ts';
import type { Incoming } from './incoming.ts';
import { fromRow } from './stored-record.ts';
import type { StoredRecord } from './stored-record.ts';

/** The records that a batch's records belong to, and what else belongs to those, as far as their author reads them. */
export const readKin = async (
  tx: Db,
  incoming: readonly Incoming[],
  held: ReadonlyMap<string, StoredRecord>,
  readable: (record: RecordState) => boolean,
): Promise<Map<string, StoredRecord>> => {
  const named = incoming.flatMap(({ change }) =>
    change?.do === 'save' ? (parentOf(change.kind, change.patch) ?? []) : [],
  );
  const known = [...held.values()].flatMap(({ record }) => parentOf(record.kind, record.fields) ?? []);
  // What a report has locked is opened only together with it.
  const reports = [...held.values()].flatMap(({ record }) => reportOf(record) ?? []);
  const parents = [...new Set([...named, ...known, ...reports])];
  if (parents.length === 0) return new Map();
  const rows = await tx
    .selectFrom('record')
    .selectAll()
    .where((e) => e.or([e('id', 'in', parents), e('parent', 'in', parents)]))
    .execute();
  return new Map(
    rows
      .map(fromRow)
      .filter(({ record }) => readable(record))
      .map((stored) => [stored.record.id, stored]),
  );
};
