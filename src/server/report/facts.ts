import { readsFeed } from '../../domain/access.ts';
import type { RecordState } from '../../domain/change.ts';
import { audiences, audienceOf } from '../../domain/records/kinds.ts';
import { factOf } from '../../domain/report/fact.ts';
import type { Fact } from '../../domain/report/fact.ts';
import { fromRow } from '../feed/stored-record.ts';
import { getMeta, setMeta } from '../sql/open.ts';
import type { Db } from '../sql/open.ts';
import type { Tables } from '../sql/tables.ts';
import { placesOf } from '../units/directory.ts';
import type { Account, Directory } from '../units/directory.ts';

/**
 * What counts of every record, beside it: a province’s board and reports are summed from these without opening a hundred
 * thousand bodies. Written in the transaction that writes the record.
 */

/** Moves when what a fact holds changes; then all of them are made anew at the start. */
const shape = '1';

const rowOf = (record: RecordState): Tables['fact'] | null => {
  const fact = factOf(record);
  if (fact === null) return null;
  const { id, unit, ...rest } = fact;
  return {
    record: id,
    unit,
    audience: audienceOf(record.kind, record.fields),
    fact_json: JSON.stringify(rest),
  };
};

/** Keeps what counts of records; within the transaction that stores them. */
export const keepFacts = async (tx: Db, records: readonly RecordState[]): Promise<void> => {
  for (const record of records) {
    const row = rowOf(record);
    if (row === null) continue;
    await tx
      .insertInto('fact')
      .values(row)
      .onConflict((conflict) => conflict.column('record').doUpdateSet(row))
      .execute();
  }
};

const atOnce = 500;

/** Makes the facts anew when they are of an older shape, or not there yet. */
export const bringFactsUpToDate = async (db: Db): Promise<void> => {
  if ((await getMeta(db, 'facts')) === shape) return;
  await db.transaction().execute(async (tx) => {
    await tx.deleteFrom('fact').execute();
    for (let after = ''; ;) {
      const rows = await tx
        .selectFrom('record')
        .selectAll()
        .where('id', '>', after)
        .orderBy('id')
        .limit(atOnce)
        .execute();
      await keepFacts(
        tx,
        rows.map((row) => fromRow(row).record),
      );
      if (rows.length < atOnce) break;
      after = rows.at(-1)?.id ?? '';
    }
    await setMeta(tx, 'facts', shape);
  });
};

/** The facts of some units that a person may read. */
export const factsFor = async (
  db: Db,
  who: Account,
  directory: Directory,
  units: readonly string[],
): Promise<Fact[]> => {
  const places = placesOf(directory);
  const readable = new Set(
    units.flatMap((unit) =>
      audiences
        .filter((audience) => readsFeed(who, unit, audience, places))
        .map((audience) => `${unit} ${audience}`),
    ),
  );
  const rows = await db.selectFrom('fact').selectAll().where('unit', 'in', units).execute();
  return rows
    .filter(({ unit, audience }) => readable.has(`${unit} ${audience}`))
    .map(({ record, unit, fact_json }) => ({
      id: record,
      unit,
      ...(JSON.parse(fact_json) as Omit<Fact, 'id' | 'unit'>),
    }));
};
