import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { serve } from '@hono/node-server';
import type { ServerType } from '@hono/node-server';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { recordId } from '../../src/domain/record-id.ts';
import { signInResponseSchema } from '../../src/protocol/sign-in.ts';
import type { SignInResponse } from '../../src/protocol/sign-in.ts';
import { syncResponseSchema } from '../../src/protocol/sync-response.ts';
import { photoStore } from '../../src/server/blobs/photo-store.ts';
import { createApp } from '../../src/server/app.ts';
import { loadDemo } from '../../src/server/demo/load.ts';
import { openSqlite } from '../../src/server/sql/open.ts';
import { testNow } from '../support/server.ts';

/** The examples of docs/protocol.md, run as they stand there, in order. */

const page = readFileSync('docs/protocol.md', 'utf8');
const example = (name: string): string => {
  const found = new RegExp(`\`\`\`sh example=${name}\n([\\s\\S]*?)\`\`\``).exec(page)?.[1];
  if (found === undefined) throw new Error(`docs/protocol.md has no example ${name}`);
  return found;
};

const shell = promisify(execFile);
const run = async (name: string, env: Record<string, string>): Promise<unknown> => {
  const { stdout } = await shell('sh', ['-c', example(name)], {
    env: { PATH: process.env['PATH'] ?? '', ...env },
  });
  return JSON.parse(stdout);
};

const withCurl = test.skipIf(spawnSync('curl', ['--version']).error !== undefined);

let server: ServerType;
let URL: string;
let signedIn: SignInResponse;

beforeAll(async () => {
  const db = await openSqlite(':memory:');
  await loadDemo(db);
  const photos = photoStore(mkdtempSync(join(tmpdir(), 'binh-dang-photos-')));
  const log = pino({ level: 'silent' });
  const app = createApp({ db, photos, now: () => testNow, log, version: '0', demo: null });
  await new Promise<void>((resolve) => {
    server = serve({ fetch: app.fetch, port: 0 }, ({ port }) => {
      URL = `http://localhost:${port}`;
      resolve();
    });
  });
}, 60_000);
afterAll(() => server.close());

withCurl('sign-in answers as described', async () => {
  signedIn = signInResponseSchema.parse(await run('sign-in', { URL }));
  expect(signedIn.scope.me.role).toBe('collaborator');
});

withCurl('sync takes the change and answers as described', async () => {
  const answer = syncResponseSchema.parse(
    await run('sync', {
      URL,
      CREDENTIAL: signedIn.writer.credential,
      SESSION: signedIn.session,
      EPOCH: signedIn.epoch,
      RECORD: recordId(signedIn.writer.number, 1),
      UNIT: signedIn.scope.me.unit,
    }),
  );
  expect(answer).toMatchObject({ upto: 1, verdicts: [], signIn: false });
  const mine = answer.records.find(({ id }) => id === recordId(signedIn.writer.number, 1));
  expect(mine).toMatchObject({ state: 'submitted', fields: { hamlets: [] } });
});
