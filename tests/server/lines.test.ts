import { gzipSync } from 'node:zlib';
import { beforeEach, expect, test } from 'vitest';
import { unpackResponse } from '../../src/protocol/packed-sync.ts';
import { linesType } from '../../src/protocol/sync-request.ts';
import type { SyncResponse } from '../../src/protocol/sync-response.ts';
import { activity } from '../support/activity.ts';
import { clientOf, saving } from '../support/client.ts';
import type { Client } from '../support/client.ts';
import { testServer } from '../support/server.ts';
import type { TestServer } from '../support/server.ts';

let server: TestServer;
let client: Client;

beforeEach(async () => {
  server = await testServer();
  client = await clientOf(server, 'xa1');
});

const piece = (from: number, to: number): object[] =>
  Array.from({ length: to - from + 1 }, (_, i) => saving(client, from + i, activity()));

const first = (changes: object[]): object => ({
  v: 3,
  schema: 1,
  epoch: client.epoch,
  cursor: {},
  scope: null,
  at: 0,
  changes,
  now: '2019-12-31T12:00:00Z',
});

const line = (body: object): Uint8Array => gzipSync(`${JSON.stringify(body)}\n`);

const post = async (bytes: Uint8Array): Promise<Response> =>
  server.app.request('/api/v1/sync', {
    method: 'POST',
    headers: { ...client.headers, 'Content-Type': linesType, 'Content-Encoding': 'gzip' },
    body: new Uint8Array(bytes),
  });

const held = async (): Promise<number> =>
  (await server.db.selectFrom('record').select('id').execute()).length;

test('all lines are one request with one answer', async () => {
  const body = Buffer.concat([line(first(piece(1, 3))), line({ changes: piece(4, 5) })]);
  const response = await post(body);
  expect(await response.json()).toMatchObject({ upto: 5 });
  expect(await held()).toBe(5);
});

test('wherever the bytes end, the lines before the end are durable and the rest is nothing', async () => {
  const lines = [line(first(piece(1, 3))), line({ changes: piece(4, 5) })];
  const [one = new Uint8Array(), two = new Uint8Array()] = lines;
  for (const cut of [one.length, one.length + 1, one.length + 40, one.length + two.length - 12]) {
    const response = await post(Buffer.concat(lines).subarray(0, cut));
    expect([200, 400]).toContain(response.status);
    expect(await held()).toBe(3);
  }
  expect((await post(one.subarray(0, one.length / 2))).status).toBe(400);
});

test('a line that cannot be read, or is none, is refused, and those before it stand', async () => {
  const bad = [gzipSync('{"changes": 5}\n'), gzipSync('cà phê\n')];
  for (const [i, wrong] of bad.entries()) {
    const response = await post(Buffer.concat([line(first(piece(i + 1, i + 1))), wrong]));
    expect(response.status).toBe(400);
    expect(await held()).toBe(i + 1);
  }
});

test('what is no gzip is refused', async () => {
  expect((await post(Buffer.concat([line(first([])), Buffer.from('no gzip at all')]))).status).toBe(400);
});

test('neither a line, nor all of them, nor their number can be without end', async () => {
  const long = gzipSync(Buffer.alloc(3_000_000, ' '));
  expect((await post(Buffer.concat([line(first([])), long]))).status).toBe(413);
  expect((await post(gzipSync(Buffer.alloc(60_000_000)))).status).toBe(413);
  const many = Array.from({ length: 100 }, () => line({ changes: [] }));
  expect((await post(Buffer.concat([line(first([])), ...many]))).status).toBe(413);
});

test('what became of changes that are not repeated is told, to those who speak of it', async () => {
  await client.sync([saving(client, 1, activity()), saving(client, 2, { title: 'x' }), ...piece(3, 4)]);
  const ask = { epoch: client.epoch, at: 1 };
  const told = await client.sync([], { ...ask, v: 3 });
  expect(told).toMatchObject({ upto: 4, recalled: expect.stringMatching(/^[\w-]{22}$/) as string });
  expect(told.verdicts).toMatchObject([{ seq: 2, verdict: 'rejected' }]);
  const older = await client.sync([], { ...ask, v: 2 });
  expect(older.recalled).toBeUndefined();
});

test('what is told again is no news to its author, but for what she wrote in another form than is kept', async () => {
  const title = 'Tọa đàm về bình đẳng giới';
  await client.sync([
    saving(client, 1, activity()),
    saving(client, 2, { ...activity(), title: title.normalize('NFD') }),
  ]);
  const body = { ...first([]), epoch: client.epoch, scope: client.scope.version };
  const { records } = unpackResponse(await (await post(line(body))).json()) as SyncResponse;
  expect(records).toMatchObject([
    { id: client.id(1), whole: false, fields: {} },
    { id: client.id(2), whole: true, fields: { title } },
  ]);
  expect(records[0]?.fields).toEqual({});
});
