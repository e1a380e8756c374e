import { beforeEach, expect, test } from 'vitest';
import { newFormState } from '../../../src/app/capture/form-state.ts';
import { saveForm } from '../../../src/app/capture/submit.ts';
import { newRecordId } from '../../../src/device/drafts.ts';
import { saveAll } from '../../../src/device/save.ts';
import { openChange } from '../../../src/device/store/record-box.ts';
import type { Change, RecordState } from '../../../src/domain/change.ts';
import { kinds } from '../../../src/domain/records/kinds.ts';
import { toTyped } from '../../../src/domain/records/typed.ts';
import { activity } from '../../support/activity.ts';
import { adoptPhone, withApp } from '../../support/app.ts';
import { testPhone } from '../../support/phone.ts';
import type { TestPhone } from '../../support/phone.ts';
import { roster, training } from '../../support/records.ts';
import { testServer } from '../../support/server.ts';
import type { TestServer } from '../../support/server.ts';

withApp();

let server: TestServer;
let phone: TestPhone;
let original: RecordState;
beforeEach(async () => {
  server = await testServer();
  phone = await testPhone(server, 'xa1');
  const id = await phone.write(activity({ title: 'Tọa đàm' }));
  await phone.sync();
  original = (await phone.view(id)) as RecordState;
  await adoptPhone(phone);
});

/** What waits after the form of a record, as it stands, has been submitted. */
const submitted = async (record: RecordState, typed: Record<string, unknown> = {}): Promise<Change[]> => {
  const { kind, fields, id } = record;
  const before = { original: record, companion: null, relatives: undefined };
  await saveForm(newFormState(kind, kinds[kind].fields, { ...toTyped(kind, fields), ...typed }, id, before));
  const { device } = phone;
  const rows = await device.store.outbox.orderBy('seq').toArray();
  return Promise.all(rows.map((row) => openChange(device, row)));
};

const patchesOf = (changes: readonly Change[]): unknown[] =>
  changes.map((change) => (change.do === 'save' ? change.patch : null));

test('only what was changed is handed in', async () => {
  const changes = await submitted(original, { title: 'Tọa đàm ở thôn 3' });
  expect(patchesOf(changes)).toEqual([{ title: 'Tọa đàm ở thôn 3' }]);
});

test('what a rule binds to it is handed in with it', async () => {
  const changes = await submitted(original, { participants_male: '22', participants_female: '42' });
  expect(patchesOf(changes)).toEqual([
    expect.objectContaining({ participants_male: 22, participants_female: 42, participants_total: 64 }),
  ]);
});

test('nothing is handed in of a form in which nothing was changed', async () => {
  expect(await submitted(original)).toEqual([]);
});

test('a returned record is handed in again even so: that is her answer', async () => {
  expect(patchesOf(await submitted({ ...original, state: 'returned' }))).toEqual([{}]);
});

test('what a restored server has not told of yet is said again, whole', async () => {
  expect(patchesOf(await submitted({ ...original, rev: 0 }))).toEqual([original.fields]);
});

test('a roster is given up also when it was returned while the draft lay', async () => {
  const { device, me } = phone;
  const [of, names] = [await newRecordId(device), await newRecordId(device)];
  const patch = training({ roster_mode: 'roster' });
  await saveAll(device, [
    { record: of, deed: { do: 'save', kind: 'training', unit: me.unit, patch } },
    { record: names, deed: { do: 'save', kind: 'roster', unit: me.unit, patch: roster(of) } },
  ]);
  await expect.poll(() => phone.sync()).toBe(true);
  const officer = await testPhone(server, 'huyen1');
  await officer.sync();
  const deed = { do: 'return', note: 'Chỉ cần số lượng', marks: [] } as const;
  await saveAll(officer.device, [
    { record: of, deed },
    { record: names, deed },
  ]);
  await officer.sync();
  const seen = await phone.view(names);
  await expect.poll(() => phone.sync()).toBe(true);
  const course = await phone.view(of);
  if (course === null || seen === null) throw new Error('not saved');
  const before = { original: course, companion: seen, relatives: undefined };
  const typed = { ...toTyped('training', course.fields), roster_mode: 'counts_only' };
  await saveForm(newFormState('training', kinds.training.fields, typed, of, before));
  await expect.poll(() => phone.sync()).toBe(true);
  expect(await phone.view(names)).toMatchObject({ state: 'void' });
});
