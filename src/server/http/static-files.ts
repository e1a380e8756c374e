import { serveStatic } from '@hono/node-server/serve-static';
import type { Context, Hono } from 'hono';

/** The built app: hashed files for ever, everything else asked for anew each time; any other address is the app's. */
export const serveApp = (app: Hono, root: string): void => {
  const onFound = (_file: string, c: Context): void => {
    c.header(
      'Cache-Control',
      c.req.path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
    );
  };
  app.use('*', serveStatic({ root, precompressed: true, onFound }));
  app.get('/assets/*', (c) => c.notFound());
  app.get('*', serveStatic({ root, path: 'index.html', precompressed: true, onFound }));
};
