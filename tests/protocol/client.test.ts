import { spawn, spawnSync } from 'node:child_process';
import { createInterface } from 'node:readline';
import { serve } from '@hono/node-server';
import type { ServerType } from '@hono/node-server';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RecordState } from '../../src/domain/change.ts';
import { fromRow } from '../../src/server/feed/stored-record.ts';
import { pin, putBackEmpty, testServer } from '../support/server.ts';
import type { TestServer } from '../support/server.ts';

/** A client in another language, which knows of the protocol only what docs/protocol.md says. */

const hasPython = spawnSync('python3', ['--version']).status === 0;

/** What the three clients hold, and how many of their changes wait. */
type Standing = {
  readonly held: readonly Readonly<Record<string, RecordState>>[];
  readonly waiting: readonly number[];
};
type Played = Standing & { readonly met: object; readonly settled: object; readonly refused: object[] };

const recordsOf = async ({ db }: TestServer): Promise<RecordState[]> =>
  (await db.selectFrom('record').selectAll().execute()).map((row) => fromRow(row).record);

/** All of them hold what the server holds, and nothing waits. */
const agree = ({ held, waiting }: Standing, records: readonly RecordState[]): void => {
  for (const mine of held)
    expect(Object.values(mine)).toMatchObject(
      records.map(({ id, fields, state, events }) => ({ id, fields, state, events })),
    );
  expect(waiting).toEqual([0, 0, 0]);
};

describe.skipIf(!hasPython)('a client written from the page alone', () => {
  let listener: ServerType;
  let played: Played;
  let after: Standing;
  let records: RecordState[];
  let recordsAfter: RecordState[];

  beforeAll(async () => {
    const server = await testServer();
    const url = await new Promise<string>((resolve) => {
      listener = serve({ fetch: server.app.fetch, port: 0 }, ({ port }) =>
        resolve(`http://localhost:${port}`),
      );
    });
    const python = spawn('python3', ['tests/protocol/client.py', url, pin], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const lines = createInterface({ input: python.stdout })[Symbol.asyncIterator]();
    const next = async <T>(): Promise<T> => JSON.parse(String((await lines.next()).value)) as T;
    played = await next<Played>();
    records = await recordsOf(server);
    await putBackEmpty(server);
    python.stdin.end('\n');
    after = await next<Standing>();
    recordsAfter = await recordsOf(server);
  }, 60_000);
  afterAll(() => listener.close());

  test('hands in once what it says twice, and holds what the server holds', () => {
    expect(records).toHaveLength(1);
    agree(played, records);
  });
  test('meets a conflict, with both values in the history, and settles it', () => {
    expect(played.met).toMatchObject({
      title: 'Tên của người thứ hai',
      event: { fields: ['title'], overwrote: { title: 'Tên của người thứ nhất' } },
    });
    expect(played.settled).toMatchObject({ settles: ['title'] });
  });
  test('is told which of its changes came too late and which can never hold', () => {
    expect(played.refused).toMatchObject([
      { verdict: 'late', code: 'E_NOT_OPEN' },
      { verdict: 'rejected', code: 'E_INVALID', findings: [{ field: 'title', code: 'E_REQUIRED' }] },
    ]);
  });
  test('gives back what a server lacks that was put back from a backup', () => {
    expect(recordsAfter.map(({ id }) => id)).toEqual(records.map(({ id }) => id));
    agree(after, recordsAfter);
  });
});
