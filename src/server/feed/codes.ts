import { randomInt } from 'node:crypto';
import type { RecordState } from '../../domain/change.ts';
import { kinds } from '../../domain/records/kinds.ts';
import { isShelter } from '../../domain/records/model.ts';
import { ancestors } from '../../domain/unit.ts';
import type { Db } from '../sql/open.ts';
import type { Directory } from '../units/directory.ts';
import type { Batch } from './batch.ts';
import type { StoredRecord } from './stored-record.ts';

/** Gives the records that a batch created the codes by which people call them: TH-18073-2019-01, MH-18073-02. */
export const giveCodes = async (tx: Db, directory: Directory, batch: Batch): Promise<void> => {
  for (const id of batch.created) {
    const stored = batch.held.get(id) as StoredRecord;
    const prefix = prefixOf(stored.record, directory);
    if (prefix === null) continue;
    const number = await (isShelter(stored.record.fields) ? freeNumber : nextNumber)(tx, prefix);
    const code = `${prefix}${String(number).padStart(2, '0')}`;
    batch.held.set(id, { ...stored, record: { ...stored.record, code } });
  }
};

/** A shelter's code carries the unit above, never the commune: it must not tell where to look. */
const prefixOf = ({ kind, unit, fields }: RecordState, { tree }: Directory): string | null => {
  const { code, startDate } = kinds[kind];
  if (code === undefined) return null;
  if (kind === 'model' && isShelter(fields))
    return `${code}-${(ancestors(tree, unit)[0] ?? tree.get(unit))?.code ?? ''}-TL`;
  const year = kind === 'training' ? `${String(fields[startDate ?? '']).slice(0, 4)}-` : '';
  return `${code}-${tree.get(unit)?.code ?? ''}-${year}`;
};

/** Drawn, not counted: from the numbers of its own shelters a commune would see how many its neighbours have. */
const freeNumber = async (tx: Db, prefix: string): Promise<number> => {
  for (let above = 1000; ; above += 100) {
    const drawn = randomInt(100, above);
    const free = await tx
      .insertInto('code_number')
      .values({ prefix: `${prefix}${drawn}`, last: drawn })
      .onConflict((conflict) => conflict.doNothing())
      .returning('last')
      .executeTakeFirst();
    if (free !== undefined) return drawn;
  }
};

const nextNumber = async (tx: Db, prefix: string): Promise<number> => {
  const { last } = await tx
    .insertInto('code_number')
    .values({ prefix, last: 1 })
    .onConflict((conflict) =>
      conflict.column('prefix').doUpdateSet((e) => ({ last: e('code_number.last', '+', 1) })),
    )
    .returning('last')
    .executeTakeFirstOrThrow();
  return last;
};
