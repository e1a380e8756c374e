import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readSealedMeta } from '../../src/device/device.ts';
import { save } from '../../src/device/save.ts';
import { backup, restore } from '../../src/server/admin/backup.ts';
import { databaseFile } from '../../src/server/config.ts';
import { epochOf } from '../../src/server/feed/put-back.ts';
import { getMeta, openSqlite, setMeta } from '../../src/server/sql/open.ts';
import { touchDirectory } from '../../src/server/units/directory.ts';
import { activity } from '../support/activity.ts';
import { clientOf, saving } from '../support/client.ts';
import { testPhone } from '../support/phone.ts';
import type { TestPhone } from '../support/phone.ts';
import type { SignInResponse } from '../../src/protocol/sign-in.ts';
import { fillTestServer, pin, putBackEmpty, serverOn, testNow, testServer } from '../support/server.ts';
import type { TestServer } from '../support/server.ts';

const folder = (): string => mkdtempSync(join(tmpdir(), 'binh-dang-backup-'));

/** A server in a folder, as a phone's link sees it: which one answers can be changed. */
const inFolder = async (dir: string): Promise<{ -readonly [K in keyof TestServer]: TestServer[K] }> => {
  const db = await openSqlite(databaseFile(dir));
  return { ...serverOn(db) };
};

/** By hand: the files as they were, with the epoch as it was. */
const copyFiles = (from: string, to: string): void => {
  for (const part of ['', '-wal', '-shm']) {
    rmSync(databaseFile(to) + part, { force: true });
    if (existsSync(databaseFile(from) + part))
      copyFileSync(databaseFile(from) + part, databaseFile(to) + part);
  }
};

test('a server that was put back gets from the phones what it lacks, and its readers see all of it', async () => {
  const [dir, copy, fresh] = [folder(), folder(), folder()];
  const server = await inFolder(dir);
  await fillTestServer(server.db);
  mkdirSync(join(dir, 'photos'));
  writeFileSync(join(dir, 'photos', 'a.jpg'), 'a');
  const xa = await testPhone(server, 'xa1');
  const huyen = await testPhone(server, 'huyen1');
  const before = await xa.write(activity({ title: 'Trước khi sao lưu' }));
  await xa.sync();
  await backup(server.db, copy, dir);
  await xa.sync();
  expect(await xa.device.store.sent.count(), 'a backup holds it').toBe(0);

  const after = await xa.write(activity({ title: 'Sau khi sao lưu' }));
  await xa.edit(before, { title: 'Đã sửa sau khi sao lưu' });
  await xa.sync();
  await huyen.sync();
  expect(await xa.device.store.sent.count(), 'no backup holds these').toBe(2);
  await server.db.destroy();

  await restore(copy, fresh);
  expect(existsSync(join(fresh, 'photos', 'a.jpg'))).toBe(true);
  Object.assign(server, await inFolder(fresh));
  await huyen.sync();
  expect(await huyen.view(after), 'the officer sees what the server has').toBe(null);
  expect(await xa.sync()).toBe(true);
  await huyen.sync();
  for (const phone of [xa, huyen]) {
    expect((await phone.view(after))?.fields['title']).toBe('Sau khi sao lưu');
    expect((await phone.view(before))?.fields['title']).toBe('Đã sửa sau khi sao lưu');
  }
  await server.db.destroy();
});

test('a copy that is put back by hand a second time loses nothing either', async () => {
  const [dir, copy, early] = [folder(), folder(), folder()];
  const server = await inFolder(dir);
  await fillTestServer(server.db);
  const xa = await testPhone(server, 'xa1');
  await backup(server.db, copy, dir);
  await server.db.destroy();
  copyFiles(dir, early);
  const putBack = async (): Promise<void> => {
    await server.db.destroy();
    copyFiles(early, dir);
    Object.assign(server, await inFolder(dir));
    await xa.signInAgain();
  };
  Object.assign(server, await inFolder(dir));
  const titles = ['Việc thứ nhất', 'Việc thứ hai', 'Việc thứ ba'];
  for (const title of titles) {
    await xa.write(activity({ title }));
    await xa.sync();
    await putBack();
  }
  expect(await xa.sync()).toBe(true);
  const held = await server.db.selectFrom('record').select('fields_json').execute();
  expect(held.map((row) => (JSON.parse(row.fields_json) as { title: string }).title)).toEqual(titles);
  await server.db.destroy();
});

test('a copy put back by hand is noticed by the first phone that knows of more, and who read it meanwhile reads again', async () => {
  const [dir, early] = [folder(), folder()];
  const server = await inFolder(dir);
  await fillTestServer(server.db);
  const xa = await testPhone(server, 'xa1');
  const colleague = await testPhone(server, 'xa1b');
  const huyen = await testPhone(server, 'huyen1');
  const id = await xa.write(activity());
  await xa.sync();
  await huyen.sync();
  await server.db.destroy();
  copyFiles(dir, early);
  Object.assign(server, await inFolder(dir));
  await save(huyen.device, id, { do: 'return', note: 'Xem lại', marks: [] });
  await huyen.sync();
  await colleague.sync();
  await server.db.destroy();
  copyFiles(early, dir);
  Object.assign(server, await inFolder(dir));
  // The number of the return is given to something else, and the colleague has read that number.
  await xa.edit(id, { venue: 'Nhà văn hóa thôn 7' });
  await xa.sync();
  await xa.edit(id, { title: 'Tên khác' });
  await xa.sync();
  await colleague.sync();
  expect((await colleague.view(id))?.fields['venue']).toBe(activity()['venue']);
  expect(await huyen.sync()).toBe(true);
  for (const phone of [colleague, xa, huyen]) {
    await phone.sync();
    expect((await phone.view(id))?.fields).toEqual(
      activity({ venue: 'Nhà văn hóa thôn 7', title: 'Tên khác' }),
    );
  }
  await server.db.destroy();
});

test.each([
  ['and everybody reads again', '1970-01-01'],
  ['and she does, where a new epoch has begun a short while ago', testNow.toISOString()],
])(
  'who has read further than a copy goes that was put back by hand gives it away at once, %s',
  async (_, since) => {
    const server = await testServer();
    const [xa, colleague] = [await testPhone(server, 'xa1'), await testPhone(server, 'xa1b')];
    const epoch = (await getMeta(server.db, 'epoch')) ?? '';
    const lost = await colleague.write(activity());
    await colleague.sync();
    await xa.sync();
    await putBackEmpty(server);
    await setMeta(server.db, 'epoch', epoch);
    await setMeta(server.db, 'epoch_since', since);
    // As much as moves the end of the feed past what she has read.
    const ids = [await xa.write(activity()), await xa.write(activity())];
    await xa.sync();
    // Without a new epoch that feed is read anew the next time.
    await xa.sync();
    expect(await xa.view(lost)).toBe(null);
    for (const id of ids) expect((await xa.view(id))?.events.map(({ rev }) => rev > 0)).toEqual([true]);
    expect((await getMeta(server.db, 'epoch')) === epoch).toBe(since !== '1970-01-01');
  },
);

test('nobody learns how far a feed goes that is not hers to read', async () => {
  const server = await testServer();
  const [xa, stranger] = [await clientOf(server, 'xa1'), await clientOf(server, 'xa2')];
  const { cursor } = await xa.sync([saving(xa, 1, activity())]);
  const beyond = Object.fromEntries(Object.keys(cursor).map((feed) => [feed, 99]));
  const { epoch } = await stranger.sync([], { cursor: beyond });
  expect(epoch).toBe(stranger.epoch);
});

test('a client that counts wrongly makes everybody read again four times a day at the most, and once where it stands', async () => {
  const server = await testServer();
  const xa = await testPhone(server, 'xa1');
  await xa.write(activity());
  await xa.sync();
  const epochs = new Set<string>();
  const ask = async (at: number): Promise<void> => {
    const epoch = await epochOf(server.db, xa.device.writer, { at, epoch: [...epochs].at(-1) ?? null }, now);
    epochs.add(epoch);
  };
  let now = testNow;
  await ask(1);
  for (const hours of [1, 3, 5, 7, 13]) {
    now = new Date(testNow.getTime() + hours * 3_600_000);
    await ask(99);
    await ask(100);
  }
  expect([...epochs]).toHaveLength(2);
  await server.db.updateTable('writer').set({ last_seq: 2 }).where('id', '=', xa.device.writer).execute();
  await ask(99);
  expect([...epochs]).toHaveLength(3);
  await server.db.destroy();
});

test('an epoch that it never had begins one new epoch, however many phones come with it, and whenever', async () => {
  const server = await testServer();
  const [xa, other] = [await testPhone(server, 'xa1'), await testPhone(server, 'xa2')];
  const said = (phone: TestPhone, now: Date): Promise<string> =>
    epochOf(server.db, phone.device.writer, { at: 0, epoch: 'lost0000' }, now);
  const first = await said(xa, testNow);
  expect(await said(other, new Date(testNow.getTime() + 86_400_000))).toBe(first);
});

test('what a restored server takes after all is no longer shown as refused', async () => {
  const [dir, copy, fresh] = [folder(), folder(), folder()];
  const server = await inFolder(dir);
  await fillTestServer(server.db);
  const xa = await testPhone(server, 'xa1');
  await backup(server.db, copy, dir);
  await server.db.updateTable('account').set({ unit: 'c2' }).where('login', '=', 'xa1').execute();
  await touchDirectory(server.db);
  const id = await xa.write(activity());
  await xa.sync();
  expect((await xa.device.store.notice.toArray()).map(({ code }) => code)).toEqual(['E_UNIT_MOVED']);
  await server.db.destroy();
  await restore(copy, fresh);
  Object.assign(server, await inFolder(fresh));
  await xa.signInAgain();
  expect(await xa.sync()).toBe(true);
  expect((await xa.view(id))?.rev).toBeGreaterThan(0);
  expect(await xa.device.store.notice.count()).toBe(0);
  await server.db.destroy();
});

test('a phone whose numbers no server knows any more goes on counting and loses nothing that waits', async () => {
  const server = await inFolder(folder());
  await fillTestServer(server.db);
  const xa = await testPhone(server, 'xa1');
  await xa.write(activity({ title: 'Mất rồi' }));
  await xa.sync();
  await xa.device.store.sent.clear();
  const id = await xa.write(activity({ title: 'Còn đợi' }));
  // The same people and phones, and nothing of their work.
  await server.db.deleteFrom('change').execute();
  await server.db.deleteFrom('record').execute();
  await server.db.updateTable('writer').set({ last_seq: 0 }).execute();
  expect(await xa.sync()).toBe(true);
  expect((await xa.view(id))?.rev).toBeGreaterThan(0);
  expect(await xa.device.store.outbox.count()).toBe(0);
  await server.db.destroy();
});

test.each([
  ['by the book', restore],
  ['by hand', (from: string, to: string) => Promise.resolve(copyFiles(from, to))],
])(
  'a phone that first signed in after the copy was made that is put back %s keeps its number, and hands in all it had',
  async (_how, putBack) => {
    const [dir, copy, fresh] = [folder(), folder(), folder()];
    const server = await inFolder(dir);
    await fillTestServer(server.db);
    await testPhone(server, 'xa1');
    await backup(server.db, copy, dir);
    const xa = await testPhone(server, 'xa1b');
    const confirmed = await xa.write(activity({ title: 'Đã gửi' }));
    await xa.sync();
    const waiting = await xa.write(activity({ title: 'Còn đợi' }));
    await server.db.destroy();

    await putBack(copy, fresh);
    Object.assign(server, await inFolder(fresh));
    const other = await testPhone(server, 'xa1');
    expect(other.device.writer, 'nobody else gets it').toBeGreaterThan(xa.device.writer + 1000);
    expect(await xa.sync(), 'the server does not know her').toBe(false);
    expect((await xa.signInAgain()).writer.number).toBe(xa.device.writer);
    expect(await xa.sync()).toBe(true);
    await other.sync();
    for (const id of [confirmed, waiting]) expect(await other.view(id)).not.toBe(null);
    await server.db.destroy();
  },
);

test('a copy made before anybody had signed in gives no number that a phone has since', async () => {
  const [dir, copy, fresh] = [folder(), folder(), folder()];
  const server = await inFolder(dir);
  await fillTestServer(server.db);
  await backup(server.db, copy, dir);
  const given: number[] = [];
  for (const login of ['xa1', 'xa2', 'xa3']) given.push(await signedInWith(server, login, ''));
  await server.db.destroy();
  await restore(copy, fresh);
  Object.assign(server, await inFolder(fresh));
  expect(given).not.toContain(await signedInWith(server, 'xa1b', ''));
  await server.db.destroy();
});

const signedInWith = async (server: TestServer, login: string, writer: string): Promise<number> => {
  const body = JSON.stringify({ login, pin, device: 'test', writer });
  const response = await server.app.request('/api/v1/sign-in', { method: 'POST', body });
  return ((await response.json()) as SignInResponse).writer.number;
};

test('a number that was not given to this phone is not had for the asking', async () => {
  const server = await testServer();
  const xa = await testPhone(server, 'xa1');
  const { writer } = xa.device;
  for (const wrong of [`${writer}.khac`, '4000000000.la', '0.la', '-3.la', '1.5.la', `${writer + 1}.`])
    expect(await signedInWith(server, 'xa1b', wrong), wrong).toBeGreaterThan(writer);
  expect(await signedInWith(server, 'xa1b', '4000000000.la')).toBeLessThan(writer + 100);
  await server.db.destroy();
});

test('a number that a restored server has not heard of is had by nobody but whom it was given to', async () => {
  const server = await testServer();
  const xa = await testPhone(server, 'xa1');
  const { writer } = xa.device;
  const { credential } = (await readSealedMeta(xa.device, 'keys')) ?? { credential: '' };
  await server.db.deleteFrom('session').execute();
  await server.db.deleteFrom('writer').where('id', '=', writer).execute();
  const altered = credential.replace(/.$/, (last) => (last === 'A' ? 'Q' : 'A'));
  for (const [login, asked] of [
    ['xa1', `${writer}.khac`],
    ['xa1', altered],
    ['xa1', credential.replace(`${writer}.`, `${writer + 7}.`)],
    ['xa1b', credential],
  ] as const)
    expect(await signedInWith(server, login, asked), asked).not.toBe(writer);
  expect(await signedInWith(server, 'xa1', credential)).toBe(writer);
  await server.db.destroy();
});

test('a restore never writes over a database, and says when there is no backup', async () => {
  const [dir, empty] = [folder(), folder()];
  const db = await openSqlite(databaseFile(dir));
  await db.destroy();
  await expect(restore(dir, dir)).rejects.toThrow('holds a database already');
  await expect(restore(empty, folder())).rejects.toThrow('no backup');
});
