import { expect, test } from 'vitest';
import { writeMeta } from '../../src/device/device.ts';
import { saveAll } from '../../src/device/save.ts';
import { activity } from '../support/activity.ts';
import { testPhone } from '../support/phone.ts';
import type { TestPhone } from '../support/phone.ts';
import { testNow, testServer } from '../support/server.ts';

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

/** A phone that holds a record of a feed in which the server has nothing, two days after both were read to their end. */
const withEmptyFeed = async (): Promise<readonly [TestPhone, string]> => {
  const server = await testServer();
  const xa = await testPhone(server, 'xa1');
  const id = await xa.write(activity());
  await xa.sync();
  await server.db.deleteFrom('record').execute();
  await server.db.updateTable('feed').set({ seq: 0 }).execute();
  await writeMeta(xa.device.store, 'cursor', {});
  await writeMeta(xa.device.store, 'since', {});
  xa.setNow(days(2));
  return [xa, id];
};

test('a feed in which the server has nothing is compared as well', async () => {
  const [xa, id] = await withEmptyFeed();
  await xa.sync();
  expect(await xa.view(id)).toBe(null);
});

test('a phone that has everything is compared once a day and reads nothing again', async () => {
  const server = await testServer();
  const xa = await testPhone(server, 'xa1');
  await xa.write(activity());
  for (let i = 0; i < 4; i++) await xa.sync();
  expect(audits(xa.sent), 'nothing can be missing yet').toBe(0);
  const rows = await xa.device.store.record.toArray();
  for (const day of [2, 2, 3.5]) {
    xa.setNow(days(day));
    await xa.sync();
  }
  expect(audits(xa.sent)).toBe(2);
  expect(await xa.device.store.record.toArray()).toEqual(rows);
});

test('a record that ends as the server has it, and was otherwise before, is read again', async () => {
  const server = await testServer();
  const xa = await testPhone(server, 'xa1');
  const id = await xa.write(activity());
  await xa.sync();
  await xa.edit(id, { title: 'Tên khác' });
  await xa.sync();
  // As a copy that was put back by hand may have it, of which no phone could tell.
  const events = (await xa.view(id))?.events ?? [];
  const others = events.map((event, i) => (i === 0 ? { ...event, at: '2019-12-01T00:00:00.000Z' } : event));
  const events_json = JSON.stringify(others);
  await server.db.updateTable('record').set({ events_json }).where('id', '=', id).execute();
  xa.setNow(days(2));
  await xa.sync();
  expect((await xa.view(id))?.events).toEqual(others);
});

test('a feed that was found wanting is not compared again in the same run, whatever still waits for it', async () => {
  const [xa, id] = await withEmptyFeed();
  const deed = { do: 'save', kind: 'activity', unit: 'c1', patch: { title: 'Còn đợi' } } as const;
  await saveAll(xa.device, [{ record: id, deed }], { holdMs: 8000 });
  const before = xa.sent.length;
  await xa.sync();
  expect(audits(xa.sent.slice(before))).toBe(1);
});
