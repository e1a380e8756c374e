import type { Hono } from 'hono';
import { pino } from 'pino';
import { vietnamDay } from '../domain/typed/date.ts';
import packageJson from '../../package.json' with { type: 'json' };
import { createApp } from './app.ts';
import { StartError, databaseFile, refuseForeignFile } from './config.ts';
import type { Config } from './config.ts';
import { demoPeople, isDemo, loadDemo, readShift, setToday } from './demo/load.ts';
import { photoStore } from './blobs/photo-store.ts';
import { eraseOldRosters } from './feed/retention.ts';
import { bringFactsUpToDate } from './report/facts.ts';
import { dueOnce } from './reminders/due.ts';
import { wake } from './reminders/wake.ts';
import type { Waking } from './reminders/wake.ts';
import { openSqlite } from './sql/open.ts';
import type { Db } from './sql/open.ts';
import { directoryHolder } from './units/directory.ts';

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
  const waking = {
    subject: config.publicUrl?.startsWith('https:') ? config.publicUrl : 'mailto:binh-dang@localhost',
    post: (url: string, headers: Record<string, string>) =>
      fetch(url, { method: 'POST', headers, signal: AbortSignal.timeout(pushTimeoutMs) }),
  };
  if (!demo) remindDaily(db, clock, waking);
  const app = createApp({
    db,
    photos: photoStore(config.dataDir),
    now: clock,
    log: pino({ level: config.logLevel }),
    version: packageJson.version,
    waking,
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

const pushTimeoutMs = 10_000;
const hourMs = 3_600_000;
/** From this hour on (in Vietnam) people are reminded; a server that was off then does it when it is on again. */
const morning = 7;

/** Looks every hour whether the day's reminders are due. */
const remindDaily = (db: Db, now: () => Date, waking: Omit<Waking, 'db'>): void => {
  const directory = directoryHolder(db);
  const remind = async (): Promise<void> => {
    const hour = (now().getUTCHours() + 7) % 24;
    if (hour < morning) return;
    await wake({ db, ...waking }, await dueOnce(db, await directory.get(), vietnamDay(now())));
  };
  setInterval(() => void remind().catch(() => undefined), hourMs).unref();
};

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
