import { getRequestListener } from '@hono/node-server';
import { compose } from './compose.ts';
import { readConfig } from './config.ts';

/** The API for `npm run dev`, inside Vite's server. */
const { app } = await compose(readConfig(process.env));

export const devListener = getRequestListener(app.fetch);
