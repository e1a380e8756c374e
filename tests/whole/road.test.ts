import { expect, test } from 'vitest';
import { save } from '../../src/device/save.ts';
import { activity } from '../support/activity.ts';
import { testPhone } from '../support/phone.ts';
import { testServer } from '../support/server.ts';

test('a record goes from phone to officer, comes back with a comment, is mended and approved', async () => {
  const server = await testServer();
  const xa = await testPhone(server, 'xa1');
  const huyen = await testPhone(server, 'huyen1');

  const id = await xa.write(activity());
  expect((await xa.view(id))?.state).toBe('submitted');
  expect(await xa.device.store.outbox.count()).toBe(1);
  expect(await xa.sync()).toBe(true);
  expect(await xa.device.store.outbox.count()).toBe(0);
  expect((await xa.view(id))?.fields).toEqual(activity());
  expect((await xa.view(id))?.events).toHaveLength(1);

  await huyen.sync();
  expect((await huyen.view(id))?.fields).toEqual(activity());
  await save(huyen.device, id, { do: 'return', note: 'Kiểm tra lại số nữ', marks: ['participants_female'] });
  await huyen.sync();
  await xa.sync();
  const returned = await xa.view(id);
  expect(returned).toMatchObject({
    state: 'returned',
    comment: { note: 'Kiểm tra lại số nữ', marks: ['participants_female'] },
  });

  await xa.edit(id, { participants_female: 45, participants_total: 66 });
  await xa.sync();
  await huyen.sync();
  expect(await huyen.view(id)).toMatchObject({
    state: 'submitted',
    since: { participants_female: 43, participants_total: 64 },
  });
  await save(huyen.device, id, { do: 'approve' });
  await huyen.sync();
  await xa.sync();
  expect(await xa.view(id)).toMatchObject({ state: 'approved', comment: null, since: {} });
  expect((await xa.view(id))?.events.map((event) => event.do)).toEqual(['save', 'return', 'save', 'approve']);
});
