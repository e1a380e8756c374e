import { serveStatic } from '@hono/node-server/serve-static';
import type { Hono } from 'hono';

const isHashed = /\/assets\//;
const isWorker = /sw\.js(\.(br|gz))?$/;

/** The built app: hashed files for ever, everything else asked for anew each time; any other address is the app's. */
export const serveApp = (app: Hono, root: string): void => {
  const onFound = (path: string, c: { header: (name: string, value: string) => void }): void => {
    c.header('Cache-Control', isHashed.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache');
    if (isWorker.test(path)) c.header('Service-Worker-Allowed', '/');
  };
  app.use('*', serveStatic({ root, precompressed: true, onFound }));
  app.get('/assets/*', (c) => c.notFound());
  app.get('*', serveStatic({ root, path: 'index.html', precompressed: true, onFound }));
};
