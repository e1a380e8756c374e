import { beforeEach, describe, expect, test } from 'vitest';
import { readMeta, readSealedMeta, writeMeta } from '../../src/device/device.ts';
import { readDraft } from '../../src/device/drafts.ts';
import { boxChange, openChange } from '../../src/device/store/record-box.ts';
import { firstPace } from '../../src/device/sync/pace.ts';
import { receive } from '../../src/device/sync/receive.ts';
import { nothingNew } from '../../src/protocol/packed-sync.ts';
import type { SyncRequest } from '../../src/protocol/sync-request.ts';
import { activity } from '../support/activity.ts';
import { testPhone } from '../support/phone.ts';
import type { TestPhone } from '../support/phone.ts';
import { testServer } from '../support/server.ts';
import type { TestServer } from '../support/server.ts';

const changes = 20;

let server: TestServer;
let phone: TestPhone;
let ids: string[];

/** How many changes each request held, without those that only compare what is held. */
const lengths = ({ sent } = phone): number[] =>
  sent
    .map((request) => JSON.parse(request) as SyncRequest)
    .filter(({ audit }) => audit === undefined)
    .map((request) => request.changes.length);

const held = async (): Promise<number> =>
  (await server.db.selectFrom('record').select('id').execute()).length;

beforeEach(async () => {
  server = await testServer();
  phone = await testPhone(server, 'xa1');
  await writeMeta(phone.device.store, 'pace', { ...firstPace, budget: 3000, perChange: 600 });
  ids = [];
  for (let i = 0; i < changes; i++) ids.push(await phone.write(activity({ title: `Tọa đàm thôn ${i}` })));
});

describe('when a request is cut in its middle', () => {
  test('the pieces that had arrived are on the server', async () => {
    phone.link.now = 'requestCut';
    expect(await phone.sync()).toBe(false);
    expect(await held()).toBe(5);
    expect(await phone.device.store.outbox.count(), 'nothing is confirmed yet').toBe(changes);
  });
  test('only what had not arrived is sent again, and everything is there once', async () => {
    phone.link.now = 'requestCut';
    await phone.sync();
    phone.link.now = 'up';
    expect(await phone.sync()).toBe(true);
    expect(lengths().slice(0, 2)).toEqual([changes, 0]);
    expect(lengths().reduce((sum, n) => sum + n)).toBe(changes + changes - 5);
    expect(await held()).toBe(changes);
    expect(await phone.device.store.outbox.count()).toBe(0);
    for (const [i, id] of ids.entries())
      expect((await phone.view(id))?.fields).toEqual(activity({ title: `Tọa đàm thôn ${i}` }));
  });
  test('after it one piece goes at a time', async () => {
    phone.link.now = 'requestCut';
    await phone.sync();
    expect(await readMeta(phone.device.store, 'pace')).toMatchObject({ pieces: 1 });
    phone.link.now = 'up';
    await phone.sync();
    expect(Math.max(...lengths().slice(1)), 'and no more than was one piece before').toBeLessThanOrEqual(5);
  });
});

describe('what was taken in without an answer', () => {
  beforeEach(async () => {
    server.setNow(new Date('2019-10-01T00:00:00Z'));
    await phone.edit(ids[3] ?? '', { start_date: '2019-09-30', end_date: '2019-09-30' });
    phone.link.now = 'answerLost';
    await phone.sync();
    phone.link.now = 'up';
  });
  test('is asked for and not sent again; what was refused of it comes back into its form', async () => {
    expect(await phone.sync()).toBe(true);
    expect(lengths()).toEqual([changes + 1, 0]);
    expect(await phone.device.store.outbox.count()).toBe(0);
    expect(await readDraft(phone.device, ids[0] ?? '')).toMatchObject({ refused: true });
    expect((await phone.view(ids[3] ?? ''))?.fields['title']).toBeUndefined();
  });
  test('is not asked for where it is only a piece', async () => {
    const other = await testPhone(server, 'xa2');
    await other.write(activity({ start_date: '2019-09-01', end_date: '2019-09-01' }));
    other.link.now = 'answerLost';
    await other.sync();
    other.link.now = 'up';
    expect(await other.sync()).toBe(true);
    expect(lengths(other)).toEqual([1, 1]);
  });
});

test('what another has changed meanwhile stands over words that were taken in without an answer', async () => {
  phone.link.now = 'answerLost';
  await phone.sync();
  const other = await testPhone(server, 'xa1b');
  await other.sync();
  await other.edit(ids[2] ?? '', { title: 'Tên mà chị khác đã sửa' });
  await other.sync();
  phone.link.now = 'up';
  expect(await phone.sync()).toBe(true);
  expect(lengths()).toEqual([changes, 0]);
  expect((await phone.view(ids[2] ?? ''))?.fields).toEqual(activity({ title: 'Tên mà chị khác đã sửa' }));
  expect((await phone.view(ids[4] ?? ''))?.fields).toEqual(activity({ title: 'Tọa đàm thôn 4' }));
});

test('what another store has handed in under the same numbers is not taken for this one’s', async () => {
  phone.link.now = 'answerLost';
  await phone.sync();
  const { device } = phone;
  const row = await device.store.outbox.get(7);
  const { seq: _, ...change } = await openChange(device, row ?? expect.fail());
  const box = await boxChange(device, { ...change, made: '2019-12-30T08:00:00Z' });
  await device.store.outbox.update(7, { box });
  phone.link.now = 'up';
  expect(await phone.sync()).toBe(false);
  expect((await readMeta(device.store, 'status'))?.reason).toBe('forked');
  expect(await device.store.outbox.count(), 'nothing is thrown away').toBe(changes);
});

test('a run that comes late decides nothing that another run has taken in', async () => {
  const server = await testServer();
  const [xa, colleague] = [await testPhone(server, 'xa1'), await testPhone(server, 'xa1b')];
  const id = await xa.write(activity());
  const rows = await xa.device.store.outbox.toArray();
  const sent = await Promise.all(rows.map((row) => openChange(xa.device, row)));
  await xa.sync();
  await colleague.sync();
  await colleague.edit(id, { title: 'Tên của đồng nghiệp' });
  await colleague.sync();
  await xa.sync();
  const scope = await readSealedMeta(xa.device, 'scope');
  if (scope === null) throw new Error('no scope');
  // Two windows of a browser without locks: the other one had sent the same, and its answer comes only now.
  const asked = JSON.parse(xa.sent.at(-1) ?? '') as SyncRequest;
  await receive(xa.device, scope, sent, { ...nothingNew(asked), upto: 1 });
  expect((await xa.view(id))?.fields['title']).toBe('Tên của đồng nghiệp');
});
