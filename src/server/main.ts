import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { serve } from '@hono/node-server';
import { compose } from './compose.ts';
import { StartError, readConfig } from './config.ts';
import { serveApp } from './http/static-files.ts';
import { welcome } from './welcome.ts';

/** The composition root: reads the configuration, puts the parts together and listens. */
const start = async (): Promise<void> => {
  const config = readConfig(process.env);
  const built = fileURLToPath(new URL('../app', import.meta.url));
  if (!existsSync(join(built, 'index.html')))
    throw new StartError('The app is not built yet; run: npm run build');
  const { app, db, demo } = await compose(config);
  serveApp(app, built);
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

const stop = (error: unknown): never => {
  console.error(error instanceof StartError ? error.message : error);
  process.exit(1);
};

await start().catch(stop);
