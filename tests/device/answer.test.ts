import { expect, test } from 'vitest';
import { carryOver } from '../../src/device/carry-over.ts';
import { readDraft, readDrafts } from '../../src/device/drafts.ts';
import { save } from '../../src/device/save.ts';
import { activity } from '../support/activity.ts';
import { testPhone } from '../support/phone.ts';
import { testServer } from '../support/server.ts';

/** A returned record that its author has mended and answered; the answer waits on her phone. */
const answered = async () => {
  const server = await testServer();
  const [author, officer] = [await testPhone(server, 'xa1'), await testPhone(server, 'huyen1')];
  const id = await author.write(activity());
  await author.sync();
  await officer.sync();
  const remarks = { title: 'Ghi rõ tên' };
  await save(officer.device, id, { do: 'return', note: 'Xem lại', marks: ['title'], remarks });
  await officer.sync();
  await author.sync();
  expect((await author.view(id))?.comment?.remarks).toEqual(remarks);
  const patch = { title: 'Tên đã rõ hơn' };
  const { unit } = author.me;
  await save(author.device, id, { do: 'save', kind: 'activity', unit, patch, answer: 'Đã sửa tên' });
  return { server, author, officer, id };
};

test('an author’s answer reaches the reviewer with the resubmission, and is kept with the change', async () => {
  const { server, author, officer, id } = await answered();
  await author.sync();
  await officer.sync();
  expect((await officer.view(id))?.events.at(-1)).toMatchObject({ do: 'save', note: 'Đã sửa tên' });
  const kept = await server.db
    .selectFrom('change')
    .select('deed_json')
    .where('record', '=', id)
    .orderBy('rev', 'desc')
    .executeTakeFirstOrThrow();
  expect(JSON.parse(kept.deed_json)).toMatchObject({ answer: 'Đã sửa tên' });
});

test('an answer that is not taken lies in the draft again, beside her words', async () => {
  const { author, officer, id } = await answered();
  await save(officer.device, id, { do: 'void', note: 'Ghi nhầm đơn vị' });
  await officer.sync();
  await author.sync();
  const draft = await readDraft(author.device, id);
  expect(draft?.typed).toMatchObject({ title: 'Tên đã rõ hơn', answer: 'Đã sửa tên' });
});

test('an answer that waits in a forked store goes into the new one', async () => {
  const { server, author } = await answered();
  const fresh = await testPhone(server, 'xa1');
  await carryOver(author.device, fresh.device);
  const [draft] = await readDrafts(fresh.device);
  expect(draft?.typed).toMatchObject({ title: 'Tên đã rõ hơn', answer: 'Đã sửa tên' });
});
