import { describe, expect, test } from 'vitest';
import { readOverview } from '../../src/device/read.ts';
import { saveAll } from '../../src/device/save.ts';
import { takeBack } from '../../src/device/take-back.ts';
import { activity } from '../support/activity.ts';
import { testPhone } from '../support/phone.ts';
import { testNow, testServer } from '../support/server.ts';

const twoWaiting = async () => {
  const server = await testServer();
  const [author, officer] = [await testPhone(server, 'xa1'), await testPhone(server, 'huyen1')];
  const ids = [await author.write(activity()), await author.write(activity())];
  await author.sync();
  await officer.sync();
  const approve = () =>
    saveAll(
      officer.device,
      ids.map((record) => ({ record, deed: { do: 'approve' } as const })),
    );
  const states = async () => Promise.all(ids.map(async (id) => (await officer.view(id))?.state));
  return { server, author, officer, ids, approve, states };
};

describe('decisions', () => {
  test('that were not sent are taken back together, and their numbers are used again', async () => {
    const { server, author, officer, ids, approve, states } = await twoWaiting();
    await approve();
    expect(await takeBack(officer.device, ids)).toBe(true);
    expect(await states()).toEqual(['submitted', 'submitted']);
    expect((await readOverview(officer.device)).waiting).toBe(0);
    await saveAll(officer.device, [
      { record: ids[0] ?? '', deed: { do: 'return', note: 'Xem lại', marks: [] } },
    ]);
    expect(await officer.sync()).toBe(true);
    await author.sync();
    expect((await author.view(ids[0] ?? ''))?.comment?.note).toBe('Xem lại');
    const kept = await server.db
      .selectFrom('change')
      .select(['seq', 'verdict'])
      .where('writer', '=', officer.device.writer)
      .execute();
    expect(kept).toEqual([{ seq: 1, verdict: 'applied' }]);
  });
  test('that a request has held stand, also when its answer was lost', async () => {
    const { officer, ids, approve, states } = await twoWaiting();
    await approve();
    officer.link.now = 'answerLost';
    await officer.sync();
    expect(await takeBack(officer.device, ids)).toBe(false);
    expect(await states()).toEqual(['approved', 'approved']);
    officer.link.now = 'up';
    expect(await officer.sync()).toBe(true);
  });
  test('rest for a while in which no sync takes them, and then they go', async () => {
    const { officer, ids, states, server } = await twoWaiting();
    const [id = ''] = ids;
    const waiting = async () => (await readOverview(officer.device)).waiting;
    await saveAll(officer.device, [{ record: id, deed: { do: 'approve' } }], { holdMs: 8000 });
    expect(await officer.sync(), 'all that may be sent is sent').toBe(true);
    expect(await waiting()).toBe(1);
    officer.setNow(new Date(testNow.getTime() + 8001));
    expect(await officer.sync()).toBe(true);
    expect(await waiting()).toBe(0);
    expect((await states())[0]).toBe('approved');
    const held = await server.db.selectFrom('record').select('state').where('id', '=', id).execute();
    expect(held).toEqual([{ state: 'approved' }]);
  });
  test('do not rest for days because a clock was set back', async () => {
    const { officer, ids } = await twoWaiting();
    await saveAll(officer.device, [{ record: ids[0] ?? '', deed: { do: 'approve' } }], { holdMs: 8000 });
    officer.setNow(new Date(testNow.getTime() - 86_400_000));
    await officer.sync();
    expect((await readOverview(officer.device)).waiting).toBe(0);
  });
  test('are not taken back over something that was saved after them', async () => {
    const { officer, ids, approve, states } = await twoWaiting();
    await approve();
    await officer.write(activity());
    expect(await takeBack(officer.device, ids)).toBe(false);
    expect(await states()).toEqual(['approved', 'approved']);
  });
});
