import { expect, test } from 'vitest';
import { readSealedMeta } from '../../src/device/device.ts';
import { readDraft } from '../../src/device/drafts.ts';
import { save } from '../../src/device/save.ts';
import { beginEpoch } from '../../src/server/sql/open.ts';
import { touchDirectory } from '../../src/server/units/directory.ts';
import { activity } from '../support/activity.ts';
import { postTo } from '../support/client.ts';
import { testPhone } from '../support/phone.ts';
import { putBackEmpty, testNow, testServer } from '../support/server.ts';

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
  await db
    .updateTable('writer')
    .set((e) => ({ backed_seq: e.ref('last_seq') }))
    .execute();
  const records = await db.selectFrom('record').selectAll().execute();
  xa.setNow(new Date(testNow.getTime() + 1000));
  await xa.edit(id, { title: 'Sửa sau khi sao lưu' });
  await xa.sync();
  await db.deleteFrom('record').execute();
  await db.insertInto('record').values(records).execute();
  await db.deleteFrom('change').where('seq', '=', 2).execute();
  await db.updateTable('feed').set({ seq: 1 }).where('seq', '>', 1).execute();
  await db.updateTable('writer').set({ last_seq: 1 }).where('id', '=', xa.device.writer).execute();
  await beginEpoch(db);
  await db.deleteFrom('session').execute();
  await xa.sync();
  expect((await xa.view(id))?.fields).toEqual(activity({ title: 'Sửa sau khi sao lưu' }));
  await xa.signInAgain();
  await xa.sync();
  expect((await xa.view(id))?.fields).toEqual(activity({ title: 'Sửa sau khi sao lưu' }));
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
  await beginEpoch(db);
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

test('a request that was on its way while the server was put back decides nothing behind her back', async () => {
  const server = await testServer();
  const xa = await testPhone(server, 'xa1');
  const id = await xa.write(activity());
  await xa.sync();
  const { credential } = (await readSealedMeta(xa.device, 'keys')) ?? expect.fail();
  await putBackEmpty(server);
  await server.db.updateTable('account').set({ unit: 'c3' }).where('id', '=', xa.me.account).execute();
  await touchDirectory(server.db);
  await postTo(server, '/api/v1/sync', JSON.parse(xa.sent[0] ?? ''), { 'X-Writer': credential });
  await xa.sync();
  expect(await xa.device.store.notice.toArray()).toMatchObject([{ of: id, code: 'E_UNIT_MOVED' }]);
});

test('a server that is put back while it is told to count on from further up gets everything from the phone again', async () => {
  const server = await testServer();
  const xa = await testPhone(server, 'xa1');
  for (let i = 0; i < 3; i++) await xa.write(activity());
  await xa.sync();
  for (let i = 0; i < 2; i++) await xa.write(activity());
  // A browser that loses a row: the fourth is on no phone and on no server.
  await xa.device.store.outbox.delete(4);
  // While the second answer is on its way, so that the third request tells another server.
  xa.link.meanwhile = () => {
    xa.link.meanwhile = () => putBackEmpty(server);
    return Promise.resolve();
  };
  await xa.sync();
  const rows = await server.db.selectFrom('change').select('seq').orderBy('seq').execute();
  expect(rows.map(({ seq }) => seq)).toEqual([1, 2, 3, 5]);
});

test('a record of another that this phone does not hold any more is not made up from what is taken in of it', async () => {
  const server = await testServer();
  const { db } = server;
  const [xa, colleague] = [await testPhone(server, 'xa1'), await testPhone(server, 'xa1b')];
  const id = await colleague.write(activity());
  await colleague.sync();
  await xa.sync();
  await xa.edit(id, { title: 'Sửa của người khác' });
  await xa.sync();
  await putBackEmpty(server);
  await xa.sync();
  expect(await xa.view(id), 'an older copy lacks it').toBe(null);
  await colleague.sync();
  // Another copy has it, and not yet what was said of it; nobody is signed in there.
  await db.updateTable('writer').set({ last_seq: 0 }).where('id', '=', xa.device.writer).execute();
  await db.deleteFrom('change').where('writer', '=', xa.device.writer).execute();
  await beginEpoch(db);
  await db.deleteFrom('session').execute();
  await xa.sync();
  expect(await xa.view(id)).toBe(null);
  await xa.signInAgain();
  await xa.sync();
  expect((await xa.view(id))?.fields).toEqual(activity({ title: 'Sửa của người khác' }));
});
