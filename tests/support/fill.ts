import { canonical } from '../../src/domain/records/canonical.ts';
import { recordId } from '../../src/domain/record-id.ts';
import { generatedYear } from '../../src/server/demo/generate.ts';
import { push } from '../../src/server/feed/push.ts';
import type { Db } from '../../src/server/sql/open.ts';
import { directoryHolder } from '../../src/server/units/directory.ts';
import { addWriter } from './writer.ts';

const batch = 50;

/** So many activities more from one person of a demo, handed in by the ordinary road; returns their ids. */
export const fillUnit = async (db: Db, login: string, code: string, records: number): Promise<string[]> => {
  const directory = await directoryHolder(db).get();
  const account = [...directory.accounts.values()].find((one) => one.login === login);
  if (account === undefined) throw new Error(`nobody is called ${login}`);
  const writer = await addWriter(db, account.account);
  const now = (): Date => new Date('2019-12-31T12:00:00Z');
  const parts = { db, directory, now, onPoison: () => undefined };
  const values = Array.from({ length: Math.ceil(records / generatedYear(code, 1).length) }, (_, i) =>
    generatedYear(code, i + 1),
  )
    .flat()
    .slice(0, records);
  const changes = values.map(({ values: fields }, i) => ({
    seq: i + 1,
    record: recordId(writer, i + 1),
    base: 0,
    made: now().toISOString(),
    do: 'save',
    kind: 'activity',
    unit: account.unit,
    patch: canonical('activity', { ...fields, title: `${String(fields['title'])}, lần ${i + 1}` }),
  }));
  for (let at = 0; at < changes.length; at += batch)
    await push(parts, writer, account, changes.slice(at, at + batch));
  return changes.map(({ record }) => record);
};
