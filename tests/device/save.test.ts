import { beforeEach, describe, expect, test } from 'vitest';
import {
  discardDraft,
  keepDraft,
  newRecordId,
  readDraft,
  readDrafts,
  restoreDraft,
} from '../../src/device/drafts.ts';
import { readOverview, readPage, readQueue, readRecord } from '../../src/device/read.ts';
import { readMeta, readSealedMeta, sealMeta, writeMeta } from '../../src/device/device.ts';
import { NotSaved, save, saveAll } from '../../src/device/save.ts';
import { openStore } from '../../src/device/store/store.ts';
import { activity } from '../support/activity.ts';
import { testPhone } from '../support/phone.ts';
import type { TestPhone } from '../support/phone.ts';
import { testServer } from '../support/server.ts';

let phone: TestPhone;
beforeEach(async () => {
  phone = await testPhone(await testServer(), 'xa1');
});

describe('saving', () => {
  test('puts record and outbox entry down together, numbered without gaps', async () => {
    const ids = [await phone.write(activity()), await phone.write(activity())];
    const outbox = await phone.device.store.outbox.toArray();
    expect(outbox.map(({ seq, record }) => [seq, record])).toEqual([
      [1, ids[0]],
      [2, ids[1]],
    ]);
    expect(await phone.device.store.record.count()).toBe(2);
  });
  test('of something that breaks a rule writes nothing and names the field', async () => {
    const wrong = phone.write(activity({ participants_female: 99 }));
    await expect(wrong).rejects.toBeInstanceOf(NotSaved);
    await expect(wrong).rejects.toMatchObject({
      findings: [{ field: 'participants_female' }, { field: 'participants_total' }],
    });
    expect(await phone.device.store.outbox.count()).toBe(0);
    expect(await phone.device.store.record.count()).toBe(0);
  });
  test('in two places at once loses neither', async () => {
    const id = await phone.write(activity());
    await Promise.all([
      phone.edit(id, { title: 'Tên thứ nhất' }),
      phone.edit(id, { venue: 'Nhà văn hóa xã' }),
    ]);
    expect((await phone.view(id))?.fields).toMatchObject({ title: 'Tên thứ nhất', venue: 'Nhà văn hóa xã' });
    expect(await phone.device.store.outbox.count()).toBe(3);
    expect((await phone.device.store.record.get(id))?.pending).toBe(3);
  });
  test('of a full disk changes nothing', async () => {
    const { store } = phone.device;
    const add = store.outbox.bulkAdd.bind(store.outbox);
    store.outbox.bulkAdd = (() => Promise.reject(new DOMException('full', 'QuotaExceededError'))) as never;
    await expect(phone.write(activity())).rejects.toMatchObject({ name: 'QuotaExceededError' });
    store.outbox.bulkAdd = add;
    expect(await store.record.count()).toBe(0);
    expect(await phone.write(activity())).toBeTruthy();
    expect((await store.outbox.toArray()).map(({ seq }) => seq)).toEqual([1]);
  });
  test('of what is taken for new looks at the disk in the end: an earlier record is edited, not written over', async () => {
    const { device } = phone;
    const id = await phone.write(activity());
    const patch = { title: 'Gửi lần hai từ một tab khác' };
    const deed = { do: 'save', kind: 'activity', unit: 'c1', patch } as const;
    await saveAll(device, [{ record: id, deed }], { fresh: true });
    expect((await phone.view(id))?.fields).toEqual(activity(patch));
    const whole = { ...deed, patch: activity() };
    await saveAll(device, [{ record: id, deed: whole }], { fresh: true });
    expect((await device.store.record.get(id))?.pending).toBe(3);
    expect(await device.store.outbox.count()).toBe(3);
  });
  test('of what is new goes by the scope that is on the disk, also when another tab has put it there', async () => {
    const { device } = phone;
    const scope = (await readSealedMeta(device, 'scope')) ?? expect.fail();
    const key = { ...device, store: openStore(Number(device.store.name.split('-').at(-1))) };
    await key.store.meta.put(
      await sealMeta(device, 'scope', { ...scope, me: { ...scope.me, unit: 'c2' }, version: 'moved' }),
    );
    const deed = { do: 'save', kind: 'activity', unit: 'c1', patch: activity() } as const;
    const record = await newRecordId(device);
    await expect(saveAll(device, [{ record, deed }], { fresh: true })).rejects.toMatchObject({
      code: 'E_UNIT_MOVED',
    });
    expect(await device.store.outbox.count()).toBe(0);
  });
  test('of what is new is not refused by a scope that was hers only until another tab put a new one down', async () => {
    const { device } = phone;
    const scope = (await readSealedMeta(device, 'scope')) ?? expect.fail();
    await device.store.meta.put(
      await sealMeta(device, 'scope', { ...scope, me: { ...scope.me, unit: 'c2' }, version: 'moved' }),
    );
    await readSealedMeta(device, 'scope');
    await device.store.meta.put(await sealMeta(device, 'scope', scope));
    const deed = { do: 'save', kind: 'activity', unit: 'c1', patch: activity() } as const;
    const record = await newRecordId(device);
    await saveAll(device, [{ record, deed }], { fresh: true });
    expect(await device.store.outbox.count()).toBe(1);
  });
  test('of what is new takes the next number also when another tab has given some out meanwhile', async () => {
    const { device } = phone;
    const other = { ...device, store: openStore(Number(device.store.name.split('-').at(-1))) };
    const deed = { do: 'save', kind: 'activity', unit: 'c1', patch: activity() } as const;
    for (const on of [device, other, device, other])
      await saveAll(on, [{ record: await newRecordId(on), deed }], { fresh: true });
    const seqs = await device.store.outbox.toCollection().primaryKeys();
    const stamps = (await device.store.record.toArray()).map(({ stamp }) => stamp);
    expect([seqs, stamps.sort()]).toEqual([
      [1, 2, 3, 4],
      [1, 2, 3, 4],
    ]);
  });
  test('is not held up by a reading from the server that moves the numbers all the time', async () => {
    const { store } = phone.device;
    const encrypt = crypto.subtle.encrypt.bind(crypto.subtle);
    let turns = 0;
    // Sealing is where a save waits outside of its transaction.
    crypto.subtle.encrypt = async (...asked) => {
      const { seq = 0, stamp = 0 } = (await readMeta(store, 'counters')) ?? {};
      await writeMeta(store, 'counters', { seq, stamp: stamp + 1 });
      turns += 1;
      return encrypt(...asked);
    };
    await phone.write(activity()).finally(() => (crypto.subtle.encrypt = encrypt));
    expect(await store.outbox.count()).toBe(1);
    expect(turns).toBe(4);
  });
  test('of a store whose numbers are not in order ends in an error, and writes nothing', async () => {
    const { store } = phone.device;
    await phone.write(activity());
    await writeMeta(store, 'counters', { seq: 0, stamp: 1 });
    await expect(phone.write(activity())).rejects.toMatchObject({ name: 'BulkError' });
    expect(await store.record.count()).toBe(1);
  });
  test('ends the record’s draft', async () => {
    const id = await newRecordId(phone.device);
    await keepDraft(phone.device, id, 'activity', { title: 'Đang viết' });
    await save(phone.device, id, { do: 'save', kind: 'activity', unit: 'c1', patch: activity() });
    expect(await readDraft(phone.device, id)).toBeUndefined();
  });
});

describe('drafts', () => {
  test('keep what is no value yet, have no number and stay on the phone', async () => {
    const id = await newRecordId(phone.device);
    await keepDraft(phone.device, id, 'activity', { start_date: '12/', participants_male: 'khoảng' });
    expect((await readDraft(phone.device, id))?.typed).toEqual({
      start_date: '12/',
      participants_male: 'khoảng',
    });
    await phone.sync();
    expect(phone.sent.join()).not.toContain('khoảng');
    expect(await readDrafts(phone.device)).toHaveLength(1);
  });
  test('that were thrown away can be had back', async () => {
    const id = await newRecordId(phone.device);
    await keepDraft(phone.device, id, 'activity', { title: 'Bài nói' });
    const draft = await discardDraft(phone.device, id);
    expect(await readDrafts(phone.device)).toEqual([]);
    if (draft !== undefined) await restoreDraft(phone.device, draft);
    expect((await readDraft(phone.device, id))?.typed).toEqual({ title: 'Bài nói' });
  });
  test('never give an id to two records', async () => {
    const ids = await Promise.all(Array.from({ length: 20 }, () => newRecordId(phone.device)));
    expect(new Set(ids).size).toBe(20);
  });
});

describe('reading', () => {
  test('a page opens only its rows, the latest date first', async () => {
    for (const day of ['03', '01', '02'])
      await phone.write(activity({ start_date: `2019-10-${day}`, end_date: `2019-10-${day}` }));
    const page = await readPage(phone.device, 'activity', null, 2);
    expect(page.map(({ record }) => record.fields['start_date'])).toEqual(['2019-10-03', '2019-10-02']);
  });
  test('a record tells how far it has travelled', async () => {
    const id = await phone.write(activity());
    expect((await readRecord(phone.device, id))?.sync).toBe('waiting');
    await phone.sync();
    expect((await readRecord(phone.device, id))?.sync).toBe('received');
  });
  test('the overview names the oldest unsent and why it waits', async () => {
    phone.link.now = 'requestLost';
    await phone.write(activity());
    await phone.sync();
    expect(await readOverview(phone.device)).toMatchObject({
      waiting: 1,
      status: { reason: 'offline', failures: 1 },
      oldest: '2019-12-31T12:00:00.000Z',
    });
  });
  test('a collaborator has no queue', async () => {
    await phone.write(activity());
    const scope = await readSealedMeta(phone.device, 'scope');
    expect(scope && (await readQueue(phone.device, scope, 10))).toEqual([]);
  });
});

test('nothing she wrote lies in the clear', async () => {
  const id = await newRecordId(phone.device);
  await keepDraft(phone.device, id, 'activity', { title: 'DAU-VET-BAN-NHAP' });
  await phone.write(activity({ title: 'DAU-VET-BAN-GHI' }));
  const rows: object[] = [];
  for (const table of phone.device.store.tables) rows.push(...((await table.toArray()) as object[]));
  const readable = rows
    .flatMap((row): unknown[] => Object.values(row))
    .map((value) =>
      value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : JSON.stringify(value),
    )
    .join();
  expect(readable).not.toContain('DAU-VET');
  expect(readable).not.toContain('session');
});
