import { expect, test } from 'vitest';
import { writeMeta } from '../../src/device/device.ts';
import { readDraft } from '../../src/device/drafts.ts';
import { save, saveAll } from '../../src/device/save.ts';
import { activity } from '../support/activity.ts';
import { testPhone } from '../support/phone.ts';
import { testNow, testServer } from '../support/server.ts';
import type { TestServer } from '../support/server.ts';

const days = (n: number): Date => new Date(testNow.getTime() + n * 86_400_000);
const audits = (sent: readonly string[]): number => sent.filter((body) => body.includes('"audit"')).length;

test('a record that a phone has silently lost is back a day later', async () => {
  const server = await testServer();
  const xa = await testPhone(server, 'xa1');
  const id = await xa.write(activity());
  await xa.write(activity({ title: 'Một việc khác' }));
  await xa.sync();
  await xa.sync();
  await xa.device.store.record.delete(id);
  await xa.sync();
  expect(await xa.view(id), 'within the day nobody looks').toBe(null);
  xa.setNow(days(2));
  await xa.sync();
  expect((await xa.view(id))?.fields).toEqual(activity());
  expect(await xa.device.store.record.count()).toBe(2);
});

test('a record that the server does not have any more, and no phone can give it, is gone a day later, once and for all', async () => {
  const server = await testServer();
  const [xa, officer] = [await testPhone(server, 'xa1'), await testPhone(server, 'huyen1')];
  const [lost, kept] = [await xa.write(activity()), await xa.write(activity({ title: 'Một việc khác' }))];
  await xa.sync();
  await officer.sync();
  // A copy put back by hand, in which the one is not: the feed goes on counting from where that copy stood.
  await server.db.deleteFrom('record').where('id', '=', lost).execute();
  officer.setNow(days(2));
  await officer.sync();
  expect(await officer.view(lost)).toBe(null);
  expect((await officer.view(kept))?.fields['title']).toBe('Một việc khác');
  const asked = officer.sent.length;
  officer.setNow(days(4));
  await officer.sync();
  expect(officer.sent.length - asked, 'and the feed is not read again every day').toBe(2);
});

/** The server as it was before anybody had handed anything in, put back by the book; the author's phone is lost as well. */
const putBackEmpty = async ({ db }: TestServer): Promise<void> => {
  await db.deleteFrom('record').execute();
  await db.deleteFrom('change').execute();
  await db.updateTable('feed').set({ seq: 0 }).execute();
  await db.updateTable('writer').set({ last_seq: 0 }).execute();
  await db.updateTable('meta').set({ value: 'put back' }).where('key', '=', 'epoch').execute();
};

test('a decision on a record that a restored server lacks does not keep that record on the phone', async () => {
  const server = await testServer();
  const [xa, officer] = [await testPhone(server, 'xa1'), await testPhone(server, 'huyen1')];
  const id = await xa.write(activity());
  await xa.sync();
  await officer.sync();
  await save(officer.device, id, { do: 'approve' });
  await putBackEmpty(server);
  await officer.sync();
  expect(await officer.view(id)).toBe(null);
  expect(await officer.device.store.notice.toArray(), 'and she is told').toMatchObject([
    { of: id, code: 'E_NO_RECORD' },
  ]);
});

test('a record whose later words a restored server has lost stays whole on the phone, also when nobody may read', async () => {
  const server = await testServer();
  const { db } = server;
  const xa = await testPhone(server, 'xa1');
  const id = await xa.write(activity());
  await xa.sync();
  const tables = ['record', 'change', 'feed', 'writer'] as const;
  await db
    .updateTable('writer')
    .set((e) => ({ backed_seq: e.ref('last_seq') }))
    .execute();
  const copy = new Map<string, object[]>();
  for (const table of tables) copy.set(table, await db.selectFrom(table).selectAll().execute());
  xa.setNow(new Date(testNow.getTime() + 1000));
  await xa.edit(id, { title: 'Sửa sau khi sao lưu' });
  await xa.sync();
  for (const table of ['change', 'record'] as const) await db.deleteFrom(table).execute();
  for (const table of ['record', 'change'] as const)
    for (const row of copy.get(table) ?? [])
      await db
        .insertInto(table)
        .values(row as never)
        .execute();
  await db.updateTable('feed').set({ seq: 1 }).where('seq', '>', 1).execute();
  await db.updateTable('writer').set({ last_seq: 1 }).where('id', '=', xa.device.writer).execute();
  await db.updateTable('meta').set({ value: 'put back' }).where('key', '=', 'epoch').execute();
  await db.deleteFrom('session').execute();
  await xa.sync();
  expect((await xa.view(id))?.fields).toEqual(activity({ title: 'Sửa sau khi sao lưu' }));
  await xa.signInAgain();
  await xa.sync();
  expect((await xa.view(id))?.fields).toEqual(activity({ title: 'Sửa sau khi sao lưu' }));
});

test('a feed in which the server has nothing is compared as well', async () => {
  const server = await testServer();
  const xa = await testPhone(server, 'xa1');
  const id = await xa.write(activity());
  await xa.sync();
  await server.db.deleteFrom('record').execute();
  await server.db.updateTable('feed').set({ seq: 0 }).execute();
  await writeMeta(xa.device.store, 'cursor', {});
  await writeMeta(xa.device.store, 'since', {});
  xa.setNow(days(2));
  await xa.sync();
  expect(await xa.view(id)).toBe(null);
});

test('a phone that has everything is compared once a day and reads nothing again', async () => {
  const server = await testServer();
  const xa = await testPhone(server, 'xa1');
  await xa.write(activity());
  for (let i = 0; i < 4; i++) await xa.sync();
  expect(audits(xa.sent)).toBe(1);
  const rows = await xa.device.store.record.toArray();
  for (const day of [2, 2, 3.5]) {
    xa.setNow(days(day));
    await xa.sync();
  }
  expect(audits(xa.sent)).toBe(3);
  expect(await xa.device.store.record.toArray()).toEqual(rows);
});

test('a record that was begun while nobody was signed in stays whole when a restored server has lost what came later', async () => {
  const server = await testServer();
  const { db } = server;
  const xa = await testPhone(server, 'xa1');
  await db.deleteFrom('session').execute();
  const id = await xa.write(activity());
  await xa.sync();
  await xa.device.store.sent.clear();
  xa.setNow(new Date(testNow.getTime() + 1000));
  await xa.edit(id, { title: 'Sửa sau khi sao lưu' });
  await xa.sync();
  await db.updateTable('writer').set({ last_seq: 1 }).where('id', '=', xa.device.writer).execute();
  await db.deleteFrom('change').where('seq', '=', 2).execute();
  await db.updateTable('meta').set({ value: 'put back' }).where('key', '=', 'epoch').execute();
  await xa.sync();
  expect((await xa.view(id))?.fields).toEqual(activity({ title: 'Sửa sau khi sao lưu' }));
});

test('an edit of a record whose beginning no server and no phone has any more goes back into its form, whole', async () => {
  const server = await testServer();
  const xa = await testPhone(server, 'xa1');
  const id = await xa.write(activity());
  await xa.sync();
  await xa.sync();
  await xa.device.store.sent.clear();
  await xa.edit(id, { title: 'Sửa sau đó' });
  await putBackEmpty(server);
  await xa.sync();
  expect(await xa.view(id)).toBe(null);
  expect((await readDraft(xa.device, id))?.typed).toMatchObject({
    title: 'Sửa sau đó',
    venue: activity()['venue'],
  });
  expect(await xa.device.store.notice.toArray()).toMatchObject([{ of: id, code: 'E_NO_RECORD' }]);
});

test('a feed that was found wanting is not compared again in the same run, whatever still waits for it', async () => {
  const server = await testServer();
  const xa = await testPhone(server, 'xa1');
  const id = await xa.write(activity());
  await xa.sync();
  await server.db.deleteFrom('record').execute();
  await server.db.updateTable('feed').set({ seq: 0 }).execute();
  await writeMeta(xa.device.store, 'cursor', {});
  await writeMeta(xa.device.store, 'since', {});
  xa.setNow(days(2));
  const deed = { do: 'save', kind: 'activity', unit: 'c1', patch: { title: 'Còn đợi' } } as const;
  await saveAll(xa.device, [{ record: id, deed }], { holdMs: 8000 });
  const before = xa.sent.length;
  await xa.sync();
  expect(audits(xa.sent.slice(before))).toBe(1);
});
