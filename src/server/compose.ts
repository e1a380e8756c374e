import type { Hono } from 'hono';
import { pino } from 'pino';
import packageJson from '../../package.json' with { type: 'json' };
import { createApp } from './app.ts';
import { StartError, databaseFile, refuseForeignFile } from './config.ts';
import type { Config } from './config.ts';
import { demoPeople, isDemo, loadDemo, readShift, setToday } from './demo/load.ts';
import { photoStore } from './blobs/photo-store.ts';
import { eraseOldRosters } from './feed/retention.ts';
import { bringFactsUpToDate } from './report/facts.ts';
import { openSqlite } from './sql/open.ts';
import type { Db } from './sql/open.ts';

/** Opens the database of a configuration and puts the parts of the server together on it. */
export const compose = async (config: Config): Promise<{ app: Hono; db: Db; demo: boolean }> => {
  const file = databaseFile(config.dataDir);
  refuseForeignFile(file);
  const db = await openSqlite(file);
  await bringFactsUpToDate(db);
  await prepareDemo(db, config);
  const demo = await isDemo(db);
  let shift = demo ? await readShift(db) : 0;
  const clock = (): Date => new Date(Date.now() + shift);
  await keepRosterTerm(db, clock, config.rosterMonths);
  const app = createApp({
    db,
    photos: photoStore(config.dataDir),
    now: clock,
    log: pino({ level: config.logLevel }),
    version: packageJson.version,
    demo: demo
      ? {
          people: demoPeople,
          setToday: async (day) => {
            shift = await setToday(db, day);
          },
        }
      : null,
  });
  return { app, db, demo };
};

const dayMs = 86_400_000;

/** Rosters whose term is over lose their names at the start and once a day. */
const keepRosterTerm = async (db: Db, now: () => Date, months: number): Promise<void> => {
  await eraseOldRosters(db, now(), months);
  const again = setInterval(() => void eraseOldRosters(db, now(), months).catch(() => undefined), dayMs);
  again.unref();
};

/** An empty folder gets the demo, unless this is a production server: that one refuses a folder which holds a demo. */
const prepareDemo = async (db: Db, { production, dataDir }: Config): Promise<void> => {
  if (production && (await isDemo(db)))
    throw new StartError(
      `The data folder ${dataDir} holds a demo; a production server needs a folder of its own (DATA_DIR).`,
    );
  const anyUnit = await db.selectFrom('unit').select('id').executeTakeFirst();
  if (production || anyUnit !== undefined) return;
  console.log('Loading the demo (once, a few seconds)…');
  await loadDemo(db);
};
