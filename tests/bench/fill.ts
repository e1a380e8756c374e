import { join } from 'node:path';
import { databaseFile } from '../../src/server/config.ts';
import { generatedYear } from '../../src/server/demo/generate.ts';
import { loadDemo } from '../../src/server/demo/load.ts';
import { openSqlite } from '../../src/server/sql/open.ts';
import { fillUnit } from '../support/fill.ts';

/** A demo in which one commune has so many years of activities more. */
export const fillDemo = async (dataDir: string, code: string, years: number): Promise<void> => {
  const db = await openSqlite(databaseFile(join(dataDir)));
  await loadDemo(db);
  await fillUnit(db, `ctv.${code}`, code, (years - 1) * generatedYear(code, 1).length);
  await db.destroy();
};
