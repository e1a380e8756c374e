import { expect, test } from 'vitest';
import { isWhole, noteStore, unsentIn } from '../../src/device/canary.ts';
import type { Canary } from '../../src/device/canary.ts';
import { newStatus, readMeta, writeMeta } from '../../src/device/device.ts';
import { takeBack } from '../../src/device/take-back.ts';
import { activity } from '../support/activity.ts';
import { testPhone } from '../support/phone.ts';
import type { TestPhone } from '../support/phone.ts';
import { testServer } from '../support/server.ts';

/** A place beside the database. */
const beside = (): Canary => {
  const notes = new Map<number, string>();
  return {
    read: (writer) => notes.get(writer) ?? null,
    write: (writer, text) => void notes.set(writer, text),
  };
};

const lost = async ({ device: { store } }: TestPhone): Promise<number | undefined> =>
  (await readMeta(store, 'status'))?.lost;

test('a store that stands where it was noted, or further, is whole; so is one that nothing was noted of', async () => {
  const xa = await testPhone(await testServer(), 'xa1');
  const canary = beside();
  expect(await isWhole(canary, xa.device)).toBe(true);
  await xa.write(activity());
  await noteStore(canary, xa.device);
  expect(await isWhole(canary, xa.device)).toBe(true);
  await xa.write(activity());
  await xa.sync();
  expect(await isWhole(canary, xa.device)).toBe(true);
});

test('a store that was emptied is noticed, told of with what had waited, and hands nothing in any more', async () => {
  const xa = await testPhone(await testServer(), 'xa1');
  const canary = beside();
  await xa.write(activity());
  await xa.write(activity());
  await noteStore(canary, xa.device);
  expect(unsentIn(canary.read(xa.device.writer))).toBe(2);
  for (const table of xa.device.store.tables) await table.clear();
  expect(await isWhole(canary, xa.device)).toBe(false);
  expect(await readMeta(xa.device.store, 'status')).toMatchObject({ reason: 'forked', lost: 2 });
  expect(await xa.sync()).toBe(false);
});

test('so is one of which only the last part is gone, before its numbers are given out a second time', async () => {
  const server = await testServer();
  const xa = await testPhone(server, 'xa1');
  const canary = beside();
  await xa.write(activity({ title: 'Còn trên máy' }));
  const { store } = xa.device;
  const held = await readMeta(store, 'counters');
  await xa.write(activity({ title: 'Không còn nữa' }));
  await noteStore(canary, xa.device);
  await store.outbox.delete(2);
  await store.meta.put({ key: 'counters', value: held });
  expect(await isWhole(canary, xa.device)).toBe(false);
  expect(await xa.sync()).toBe(false);
  expect(await server.db.selectFrom('record').selectAll().execute()).toEqual([]);
});

test('what is saved in a store before its loss was noticed does not hide it', async () => {
  const xa = await testPhone(await testServer(), 'xa1');
  const canary = beside();
  for (let i = 0; i < 3; i++) await xa.write(activity());
  await noteStore(canary, xa.device);
  const { store } = xa.device;
  await store.outbox.clear();
  await store.meta.put({ key: 'counters', value: { seq: 0, stamp: 0 } });
  await xa.write(activity());
  await noteStore(canary, xa.device);
  expect(await isWhole(canary, xa.device)).toBe(false);
  expect(await lost(xa)).toBe(3);
});

test('what is taken back does not look as if it were lost', async () => {
  const xa = await testPhone(await testServer(), 'xa1');
  const canary = beside();
  const id = await xa.write(activity());
  await xa.sync();
  await xa.edit(id, { note: 'Thêm' });
  await noteStore(canary, xa.device);
  expect(await takeBack(xa.device, [id])).toBe(true);
  expect(await isWhole(canary, xa.device)).toBe(true);
  expect(await lost(xa)).toBeUndefined();
});

test('a note that cannot be read is no note', async () => {
  const xa = await testPhone(await testServer(), 'xa1');
  const canary = beside();
  canary.write(xa.device.writer, 'x{');
  expect(await isWhole(canary, xa.device)).toBe(true);
  expect(unsentIn('x{')).toBe(0);
});

test('a store is compared before a run that is under way can bring its stamps up again, and that is noted after it', async () => {
  const xa = await testPhone(await testServer(), 'xa1');
  const canary = beside();
  await xa.write(activity());
  canary.write(xa.device.writer, JSON.stringify({ stamp: 5, unsent: 3 }));
  const { store } = xa.device;
  const isFound = isWhole(canary, xa.device, async (write) => {
    await writeMeta(store, 'counters', { seq: 1, stamp: 9 });
    await writeMeta(store, 'status', { ...newStatus, reason: 'signIn' });
    await write();
  });
  expect(await isFound).toBe(false);
  expect(await readMeta(store, 'status')).toMatchObject({ reason: 'forked', lost: 3 });
});
