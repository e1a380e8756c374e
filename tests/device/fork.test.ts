import { expect, test } from 'vitest';
import { carryOver } from '../../src/device/carry-over.ts';
import { readMeta } from '../../src/device/device.ts';
import { keepDraft, newRecordId, readDrafts } from '../../src/device/drafts.ts';
import { save } from '../../src/device/save.ts';
import { activity } from '../support/activity.ts';
import { testPhone } from '../support/phone.ts';
import { roster, training } from '../support/records.ts';
import { testServer } from '../support/server.ts';
import type { TestServer } from '../support/server.ts';
import type { TestPhone } from '../support/phone.ts';

/** What a browser does that clears a site's data, and leaves her signed in. */
const empty = async ({ device: { store } }: TestPhone): Promise<void> => {
  for (const table of [store.record, store.outbox, store.sent]) await table.clear();
  await store.meta.bulkDelete(['counters', 'nextRecord', 'cursor', 'since', 'epoch']);
};

const onServer = async ({ db }: TestServer): Promise<unknown[]> =>
  (await db.selectFrom('record').select('fields_json').execute()).map(
    ({ fields_json }) => (JSON.parse(fields_json) as { title: string }).title,
  );

test('a store that was emptied writes over nothing: the server takes nothing from it, and she is told', async () => {
  const server = await testServer();
  const xa = await testPhone(server, 'xa1');
  await xa.write(activity({ title: 'Thứ nhất' }));
  await xa.write(activity({ title: 'Thứ hai' }));
  await xa.sync();
  await empty(xa);
  await xa.write(activity({ title: 'Sau khi mất dữ liệu' }));
  expect(await xa.sync()).toBe(false);
  expect((await readMeta(xa.device.store, 'status'))?.reason).toBe('forked');
  expect(await xa.device.store.outbox.count()).toBe(1);
  expect(await onServer(server)).toEqual(['Thứ nhất', 'Thứ hai']);
});

test('so does a copy of a phone that has gone on by itself', async () => {
  const server = await testServer();
  const xa = await testPhone(server, 'xa1');
  await xa.write(activity({ title: 'Thứ nhất' }));
  await xa.sync();
  await xa.write(activity({ title: 'Trên máy này' }));
  await xa.sync();
  const { store } = xa.device;
  await store.meta.put({ key: 'counters', value: { seq: 1, stamp: 9 } });
  await store.meta.put({ key: 'nextRecord', value: 2 });
  await xa.write(activity({ title: 'Trên máy kia' }));
  expect(await xa.sync()).toBe(false);
  expect((await readMeta(store, 'status'))?.reason).toBe('forked');
  expect(await onServer(server)).toEqual(['Thứ nhất', 'Trên máy này']);
});

test('what waits in a forked store becomes drafts of a new one, a class with its roster, drafts with their letters', async () => {
  const server = await testServer();
  const old = await testPhone(server, 'xa1');
  const held = await old.write(activity({ title: 'Đã gửi' }));
  await old.sync();
  await old.edit(held, { title: 'Đã gửi, đang sửa' });
  await old.write(activity({ title: 'Chưa gửi' }));
  const unit = old.me.unit;
  const [course, names] = [await newRecordId(old.device), await newRecordId(old.device)];
  await save(old.device, course, {
    do: 'save',
    kind: 'training',
    unit,
    patch: training({ roster_mode: 'roster' }),
  });
  await save(old.device, names, { do: 'save', kind: 'roster', unit, patch: roster(course) });
  await keepDraft(old.device, await newRecordId(old.device), 'activity', { title: 'Đang gõ dở 12/' });

  const fresh = await testPhone(server, 'xa1');
  await carryOver(old.device, fresh.device);
  const drafts = await readDrafts(fresh.device);
  const byTitle = new Map(drafts.map((draft) => [draft.typed['title'], draft]));
  expect(byTitle.get('Đã gửi, đang sửa')?.id).toBe(held);
  expect(byTitle.get('Chưa gửi')?.typed['venue']).toBe('Hội trường UBND xã');
  expect(byTitle.has('Đang gõ dở 12/')).toBe(true);
  const carried = drafts.find(({ kind }) => kind === 'training');
  expect(carried?.typed['roster']).toHaveLength(38);
  expect(drafts).toHaveLength(4);
  const ids = drafts.map(({ id }) => id).filter((id) => id !== held);
  for (const id of ids) expect(await old.device.store.record.get(id)).toBeUndefined();
});
