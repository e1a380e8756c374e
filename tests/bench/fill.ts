import { join } from 'node:path';
import { canonical } from '../../src/domain/records/canonical.ts';
import { recordId } from '../../src/domain/record-id.ts';
import { databaseFile } from '../../src/server/config.ts';
import { generatedYear } from '../../src/server/demo/generate.ts';
import { loadDemo } from '../../src/server/demo/load.ts';
import { push } from '../../src/server/feed/push.ts';
import { openSqlite } from '../../src/server/sql/open.ts';
import { addWriter } from '../support/writer.ts';
import { directoryHolder } from '../../src/server/units/directory.ts';

const batch = 50;

/** A demo in which one commune has so many activities more, handed in by the ordinary road. */
export const fillDemo = async (dataDir: string, code: string, records: number): Promise<void> => {
  const db = await openSqlite(databaseFile(join(dataDir)));
  await loadDemo(db);
  const directory = await directoryHolder(db).get();
  const account = [...directory.accounts.values()].find(({ login }) => login === `ctv.${code}`);
  if (account === undefined) throw new Error(`the demo has no collaborator of ${code}`);
  const writer = await addWriter(db, account.account);
  const now = (): Date => new Date('2019-12-31T12:00:00Z');
  const parts = { db, directory, now, onPoison: () => undefined };
  let seq = 0;
  for (let seed = 1; seq < records; seed++) {
    const changes = generatedYear(code, seed).map(({ values }) => ({
      seq: ++seq,
      record: recordId(writer, seq),
      base: 0,
      made: now().toISOString(),
      do: 'save',
      kind: 'activity',
      unit: account.unit,
      patch: canonical('activity', { ...values, title: `${String(values['title'])}, lần ${seq}` }),
    }));
    for (let at = 0; at < changes.length; at += batch)
      await push(parts, writer, account, changes.slice(at, at + batch));
  }
  await db.destroy();
};
