import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { serve } from '@hono/node-server';
import { pino } from 'pino';
import { createApp } from './app.ts';
import { StartError, databaseFile, readConfig, refuseForeignFile } from './config.ts';
import type { Config } from './config.ts';
import { demoPeople, isDemo, loadDemo, readShift, setToday } from './demo/load.ts';
import { serveApp } from './http/static-files.ts';
import { openSqlite } from './sql/open.ts';
import type { Db } from './sql/open.ts';
import { welcome } from './welcome.ts';

/** The composition root: reads the configuration, opens the database, puts the parts together and listens. */
const start = async (): Promise<void> => {
  const config = readConfig(process.env);
  const file = databaseFile(config.dataDir);
  refuseForeignFile(file);
  const db = await openSqlite(file);
  await prepareDemo(db, config);
  const demo = await isDemo(db);
  let shift = demo ? await readShift(db) : 0;

  const app = createApp({
    db,
    now: () => new Date(Date.now() + shift),
    log: pino({ level: config.logLevel }),
    version: packageVersion(),
    demo: demo
      ? {
          people: demoPeople,
          setToday: async (day) => {
            shift = await setToday(db, day);
          },
        }
      : null,
  });
  serveApp(app, fileURLToPath(new URL('../app', import.meta.url)));

  const server = serve({ fetch: app.fetch, port: config.port }, ({ port }) =>
    console.log(welcome(config, port, demo)),
  );
  server.on('error', (error: NodeJS.ErrnoException) => {
    const taken = error.code === 'EADDRINUSE';
    stop(
      new StartError(
        taken ? `Port ${config.port} is in use by another program; choose another with PORT.` : error.message,
      ),
    );
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => server.close(() => void db.destroy().then(() => process.exit(0))));
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

const packageVersion = (): string =>
  (JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string })
    .version;

const stop = (error: unknown): never => {
  console.error(error instanceof StartError ? error.message : error);
  process.exit(1);
};

await start().catch(stop);
