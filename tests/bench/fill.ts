import { join } from 'node:path';
import { databaseFile } from '../../src/server/config.ts';
import { loadDemo } from '../../src/server/demo/load.ts';
import { openSqlite } from '../../src/server/sql/open.ts';
import { fillUnit } from '../support/fill.ts';

/** A demo in which one commune has so many activities more. */
export const fillDemo = async (dataDir: string, code: string, records: number): Promise<void> => {
  const db = await openSqlite(databaseFile(join(dataDir)));
  await loadDemo(db);
  await fillUnit(db, `ctv.${code}`, code, records);
  await db.destroy();
};
