import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { runSync } from '../../src/device/sync/run.ts';
import { httpLink } from '../../src/device/sync/transport.ts';
import { activity } from '../support/activity.ts';
import { noPhotos, testPhone } from '../support/phone.ts';
import type { TestPhone } from '../support/phone.ts';
import { testNow, testServer } from '../support/server.ts';
import type { TestServer } from '../support/server.ts';

let server: TestServer;
let phone: TestPhone;
let other: TestPhone;
/** What went over the network, and what it was answered with. */
let asked: string[];
/** What stands between phone and server answers instead. */
let between: (() => Promise<Response>) | null;

beforeEach(async () => {
  server = await testServer();
  phone = await testPhone(server, 'xa1');
  other = await testPhone(server, 'xa1b');
  asked = [];
  between = null;
  vi.stubGlobal('navigator', { onLine: true });
  vi.stubGlobal('fetch', async (address: string, init: RequestInit) => {
    const response = between === null ? await server.app.request(address, init) : await between();
    asked.push(`${init.method ?? 'GET'} ${response.status}`);
    return response;
  });
});
afterEach(() => {
  vi.unstubAllGlobals();
});

const sync = (of: TestPhone): Promise<boolean> => runSync(of.device, { ...httpLink, photos: noPhotos });

/** Has something of her own, is up to date, and looks again. */
const settled = async (): Promise<void> => {
  await phone.write(activity());
  await sync(phone);
  await sync(phone);
  asked.splice(0);
};

test('soon after an answer a phone only glances, and is told that nothing is new', async () => {
  await settled();
  expect(await sync(phone)).toBe(true);
  expect(asked).toEqual(['GET 204']);
});

test('what another has written meanwhile is asked for in full at once', async () => {
  await settled();
  const id = await other.write(activity({ title: 'Họp tổ truyền thông' }));
  await other.sync();
  await sync(phone);
  expect(asked).toEqual(['GET 200', 'POST 200']);
  expect((await phone.view(id))?.fields['title']).toBe('Họp tổ truyền thông');
});

test('what she has written is handed in without a glance', async () => {
  await settled();
  await phone.write(activity());
  await sync(phone);
  expect(asked).toEqual(['POST 200']);
});

test('that a backup holds her work by now is news', async () => {
  await settled();
  await server.db.updateTable('writer').set({ backed_seq: 1 }).execute();
  await sync(phone);
  expect(asked).toEqual(['GET 200', 'POST 200']);
  expect(await phone.device.store.sent.count()).toBe(0);
  asked.splice(0);
  await sync(phone);
  expect(asked).toEqual(['GET 204']);
});

test('a unit, a right or a person that changed is news', async () => {
  await settled();
  await server.db.updateTable('account').set({ name: 'Tên khác' }).where('login', '=', 'xa1').execute();
  await server.db.updateTable('meta').set({ value: 'moved' }).where('key', '=', 'directory').execute();
  await sync(phone);
  expect(asked).toEqual(['GET 200', 'POST 200']);
});

test('a server that was put back is asked in full', async () => {
  await settled();
  await server.db.updateTable('meta').set({ value: 'another' }).where('key', '=', 'epoch').execute();
  await sync(phone);
  expect(asked.slice(0, 2)).toEqual(['GET 200', 'POST 200']);
});

test('a copy of a store that is behind is asked in full, and found out', async () => {
  await settled();
  await server.db.updateTable('writer').set({ last_seq: 5 }).where('id', '=', phone.device.writer).execute();
  expect(await sync(phone)).toBe(false);
  expect(asked).toEqual(['GET 200', 'POST 409']);
});

test('a revoked phone is not told that all is well', async () => {
  await settled();
  await server.db.updateTable('writer').set({ revoked: 1 }).where('id', '=', phone.device.writer).execute();
  expect(await sync(phone)).toBe(false);
  expect(asked).toEqual(['GET 200', 'POST 401']);
});

test('glances do not follow each other for ever: the clock is compared every ten minutes', async () => {
  await settled();
  for (let minute = 1; minute <= 11; minute++) {
    const time = new Date(testNow.getTime() + minute * 60_000);
    phone.setNow(time);
    server.setNow(time);
    await sync(phone);
  }
  expect(asked.filter((what) => what.startsWith('POST'))).toEqual(['POST 204']);
});

test('a glance that fails says nothing about how much gets through', async () => {
  await settled();
  const pace = await phone.device.store.meta.get('pace');
  between = () => Promise.reject(new TypeError('fetch failed'));
  await sync(phone);
  expect(await phone.device.store.meta.get('pace')).toEqual(pace);
});

test('after a session has ended she still hands in, and is asked to sign in', async () => {
  await settled();
  await server.db.deleteFrom('session').execute();
  expect(await sync(phone)).toBe(false);
  expect(asked).toEqual(['GET 401', 'POST 200']);
});

test('a sign-in page of a café is not taken for an answer', async () => {
  await settled();
  between = () => Promise.resolve(new Response('<html>Chào mừng</html>'));
  expect(await sync(phone)).toBe(false);
  expect(asked).toEqual(['GET 200', 'POST 200']);
});

test('without a network a glance is the only try', async () => {
  await settled();
  let tries = 0;
  between = () => {
    tries += 1;
    return Promise.reject(new TypeError('fetch failed'));
  };
  expect(await sync(phone)).toBe(false);
  expect(tries).toBe(1);
});

test('later, and with a clock that is wrong, all is asked in full', async () => {
  await settled();
  phone.setNow(new Date(testNow.getTime() + 700_000));
  await sync(phone);
  expect(asked).toEqual(['POST 200']);
  asked.splice(0);
  await sync(phone);
  expect(asked).toEqual(['POST 200']);
});

test('the office sees that a phone was there when it has only glanced', async () => {
  await settled();
  const later = new Date(testNow.getTime() + 60_000);
  server.setNow(later);
  await sync(phone);
  const { last_contact } = await server.db
    .selectFrom('writer')
    .select('last_contact')
    .where('id', '=', phone.device.writer)
    .executeTakeFirstOrThrow();
  expect(last_contact).toBe(later.toISOString());
});
