import { expect, test } from 'vitest';
import { carryOver } from '../../src/device/carry-over.ts';
import { readMeta } from '../../src/device/device.ts';
import { keepDraft, newRecordId, readDrafts } from '../../src/device/drafts.ts';
import { save, saveAll } from '../../src/device/save.ts';
import { keepPhoto, readPhoto } from '../../src/device/photos.ts';
import { readNoticeWords } from '../../src/device/read.ts';
import { activity } from '../support/activity.ts';
import { noPhotos, testPhone } from '../support/phone.ts';
import { model, period, roster, training } from '../support/records.ts';
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
  const first = (await old.view(held))?.rev;
  const colleague = await testPhone(server, 'xa1b');
  await colleague.sync();
  await colleague.edit(held, { venue: 'Nhà văn hóa thôn 3' });
  await colleague.sync();
  await old.sync();
  // Her form was open before that came.
  const patch = { title: 'Đã gửi, đang sửa' };
  const deed = { do: 'save', kind: 'activity', unit: old.me.unit, patch } as const;
  await saveAll(old.device, [{ record: held, base: first, deed }]);
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
  const { rev } = byTitle.get('Đã gửi, đang sửa')?.typed ?? {};
  expect(rev, 'what others wrote since she has not seen').toBe(first);
  expect(byTitle.get('Chưa gửi')?.typed['venue']).toBe('Hội trường UBND xã');
  expect(byTitle.has('Đang gõ dở 12/')).toBe(true);
  const carried = drafts.find(({ kind }) => kind === 'training');
  expect(carried?.typed['roster']).toHaveLength(38);
  expect(drafts).toHaveLength(4);
  const ids = drafts.map(({ id }) => id).filter((id) => id !== held);
  for (const id of ids) expect(await old.device.store.record.get(id)).toBeUndefined();
});

test('photos come along, and what belongs to a record finds it under its new name', async () => {
  const server = await testServer();
  const old = await testPhone(server, 'xa1');
  const bytes = new Uint8Array([1, 2, 3]);
  const draft = await newRecordId(old.device);
  const photo = await keepPhoto(old.device, draft, bytes);
  await keepDraft(old.device, draft, 'activity', { title: 'Có ảnh' });
  const [card, figures] = [await newRecordId(old.device), await newRecordId(old.device)];
  const { unit } = old.me;
  await save(old.device, card, { do: 'save', kind: 'model', unit, patch: model() });
  await save(old.device, figures, { do: 'save', kind: 'model_period', unit, patch: period(card) });

  const fresh = await testPhone(server, 'xa1');
  await carryOver(old.device, fresh.device);
  const drafts = await readDrafts(fresh.device);
  const withPhoto = drafts.find(({ typed }) => typed['title'] === 'Có ảnh');
  expect(await fresh.device.store.photo.toArray()).toMatchObject([
    { sha256: photo, record: withPhoto?.id, lane: 'waiting' },
  ]);
  expect(await readPhoto(fresh.device, noPhotos, photo, undefined)).toEqual(bytes);
  const [newCard, newFigures] = ['model', 'model_period'].map((kind) =>
    drafts.find((one) => one.kind === kind),
  );
  expect(newFigures?.typed['model']).toBe(newCard?.id);
  expect(newCard?.id).not.toBe(card);
});

test('a decision that waits, and what she had not read yet, are told in the new store', async () => {
  const server = await testServer();
  const xa = await testPhone(server, 'xa1');
  const id = await xa.write(activity());
  await xa.sync();
  const old = await testPhone(server, 'huyen1');
  await old.sync();
  await save(old.device, id, { do: 'return', note: 'Thiếu danh sách ký nhận', marks: [] });
  const { box } = (await old.device.store.outbox.toArray())[0] as { box: Uint8Array<ArrayBuffer> };
  await old.device.store.notice.put({
    seq: 7,
    record: id,
    of: id,
    at: '',
    verdict: 'late',
    code: 'E_DECIDED',
    findings: [],
    box,
  });

  const fresh = await testPhone(server, 'huyen1');
  await carryOver(old.device, fresh.device);
  const notices = await fresh.device.store.notice.toArray();
  expect(notices.map(({ code }) => code).sort()).toEqual(['E_DECIDED', 'E_NOT_SENT']);
  for (const { seq } of notices) {
    expect(seq, 'no number of the new store').toBeLessThan(0);
    expect(await readNoticeWords(fresh.device, seq)).toMatchObject({ note: 'Thiếu danh sách ký nhận' });
  }
  expect(await readDrafts(fresh.device)).toEqual([]);
});
