import { beforeEach, expect, test } from 'vitest';
import { openForm } from '../../../src/app/capture/open-form.ts';
import { keepDraft, newRecordId } from '../../../src/device/drafts.ts';
import { save, saveAll } from '../../../src/device/save.ts';
import { activity } from '../../support/activity.ts';
import { adoptPhone, withApp } from '../../support/app.ts';
import { testPhone } from '../../support/phone.ts';
import type { TestPhone } from '../../support/phone.ts';
import { roster, training } from '../../support/records.ts';
import { testServer } from '../../support/server.ts';

withApp();

let xa: TestPhone;
let colleague: TestPhone;
beforeEach(async () => {
  const server = await testServer();
  xa = await testPhone(server, 'xa1');
  colleague = await testPhone(server, 'xa1b');
  await adoptPhone(xa);
});

/** The app tries to send by itself, over a network that is not there; her turn comes when that has ended. */
const settled = () => expect.poll(() => xa.sync()).toBe(true);

/** She opens the form, types nothing more, and the draft lies; the colleague writes; she reads that, and opens it again. */
const seenAfter = async (id: string, colleagueWrites: () => Promise<unknown>) => {
  const first = await openForm(id, {});
  if (first === null) throw new Error('no form');
  await keepDraft(xa.device, id, first.kind, first.typed.value);
  await colleague.sync();
  await colleagueWrites();
  await colleague.sync();
  await settled();
  const second = await openForm(id, {});
  const revs = (form: typeof second) => [form?.before.original?.rev, form?.before.companion?.rev];
  return { first: revs(first), second: revs(second) };
};

test('a draft stands on the revision that was seen when its form was opened first', async () => {
  const id = await xa.write(activity());
  await settled();
  const { first, second } = await seenAfter(id, () => colleague.edit(id, { title: 'Người khác sửa' }));
  expect((await xa.view(id))?.rev).toBeGreaterThan(first[0] ?? NaN);
  expect(second).toEqual(first);
});

test('so does the companion that is written in the same form', async () => {
  const [of, names] = [await newRecordId(xa.device), await newRecordId(xa.device)];
  const { unit } = xa.me;
  const patch = training({ roster_mode: 'roster' });
  await saveAll(xa.device, [
    { record: of, deed: { do: 'save', kind: 'training', unit, patch } },
    { record: names, deed: { do: 'save', kind: 'roster', unit, patch: roster(of) } },
  ]);
  await settled();
  const [one, ...others] = roster(of)['roster'] as { full_name: string }[];
  const renamed = { roster: [{ ...one, full_name: 'Người học sửa tên' }, ...others] };
  const { first, second } = await seenAfter(of, () =>
    save(colleague.device, names, { do: 'save', kind: 'roster', unit, patch: renamed }),
  );
  expect((await xa.view(names))?.rev).toBeGreaterThan(first[1] ?? NaN);
  expect(second).toEqual(first);
});

test('a roster that a colleague has begun while the draft lay was not seen', async () => {
  const of = await newRecordId(xa.device);
  const { unit } = xa.me;
  await saveAll(xa.device, [{ record: of, deed: { do: 'save', kind: 'training', unit, patch: training() } }]);
  await settled();
  const { second } = await seenAfter(of, async () => {
    const names = await newRecordId(colleague.device);
    const patch = training({ roster_mode: 'roster' });
    await saveAll(colleague.device, [
      { record: of, deed: { do: 'save', kind: 'training', unit, patch } },
      { record: names, deed: { do: 'save', kind: 'roster', unit, patch: roster(of) } },
    ]);
  });
  expect(second[1]).toBe(0);
});

test('a draft above the numbers of a restored server has seen nothing of what that says', async () => {
  const id = await xa.write(activity());
  await settled();
  await keepDraft(xa.device, id, 'activity', { ...activity(), rev: 4 });
  expect((await openForm(id, {}))?.before.original?.rev).toBe(0);
});

test('a form that is opened without a draft stands on what the phone has', async () => {
  const id = await xa.write(activity());
  await settled();
  await colleague.sync();
  await colleague.edit(id, { title: 'Người khác sửa' });
  await colleague.sync();
  await settled();
  const form = await openForm(id, {});
  expect(form?.before.original?.rev).toBe((await xa.view(id))?.rev);
});
