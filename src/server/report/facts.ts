import type { Window } from '../../domain/campaign.ts';
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
const shape = '2';

const rowOf = (record: RecordState): Tables['fact'] | null => {
  const fact = factOf(record);
  if (fact === null) return null;
  const { id, unit, kind, to, received } = fact;
  const audience = audienceOf(record.kind, record.fields);
  // The columns are for asking; reading takes the JSON alone, since a row's time goes by its columns.
  return { record: id, unit, audience, kind, last_day: to, received, fact_json: JSON.stringify(fact) };
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

/** The facts of some units that a person may read; `days` narrows them to windows, but for models, which have no end. */
export const factsFor = async (
  db: Db,
  who: Account,
  directory: Directory,
  units: readonly string[],
  days?: readonly Window[],
): Promise<Fact[]> => {
  const isReadable = readableBy(who, directory, units);
  const rows = await db
    .selectFrom('fact')
    .select(['unit', 'audience', 'fact_json'])
    .where('unit', 'in', units)
    .$if(days !== undefined, (query) =>
      query.where((e) =>
        e.or([
          e('kind', 'in', ['model', 'model_status']),
          ...(days ?? []).map(({ from, to }) => e.between('last_day', from, to)),
        ]),
      ),
    )
    .execute();
  return rows.filter(isReadable).map(({ fact_json }) => JSON.parse(fact_json) as Fact);
};

/** When the server last took something of each unit’s that a person may read (ISO). */
export const lastReceived = async (
  db: Db,
  who: Account,
  directory: Directory,
  units: readonly string[],
): Promise<ReadonlyMap<string, string>> => {
  const isReadable = readableBy(who, directory, units);
  const rows = await db
    .selectFrom('fact')
    .select((e) => ['unit', 'audience', e.fn.max('received').as('received')])
    .where('unit', 'in', units)
    .groupBy(['unit', 'audience'])
    .execute();
  const last = new Map<string, string>();
  for (const row of rows) {
    if (row.received === null || !isReadable(row)) continue;
    if (row.received > (last.get(row.unit) ?? '')) last.set(row.unit, row.received);
  }
  return last;
};

const readableBy = (
  who: Account,
  directory: Directory,
  units: readonly string[],
): ((row: Pick<Tables['fact'], 'unit' | 'audience'>) => boolean) => {
  const places = placesOf(directory);
  const readable = new Set(
    units.flatMap((unit) =>
      audiences
        .filter((audience) => readsFeed(who, unit, audience, places))
        .map((audience) => `${unit} ${audience}`),
    ),
  );
  return ({ unit, audience }) => readable.has(`${unit} ${audience}`);
};
