import fc from 'fast-check';
import { noCounters, readMeta } from '../../src/device/device.ts';
import { describe, expect, test, vi } from 'vitest';
import { keepDraft, readDraft } from '../../src/device/drafts.ts';
import { readOverview, readRecord } from '../../src/device/read.ts';
import { save } from '../../src/device/save.ts';
import { backoffSeconds } from '../../src/device/sync/backoff.ts';
import { activity } from '../support/activity.ts';
import { testPhone } from '../support/phone.ts';
import type { Link, TestPhone } from '../support/phone.ts';
import { testNow, testServer } from '../support/server.ts';
import type { TestServer } from '../support/server.ts';
import { touchDirectory } from '../../src/server/units/directory.ts';

const serverRecord = async (server: TestServer, id: string) => {
  const row = await server.db.selectFrom('record').selectAll().where('id', '=', id).executeTakeFirst();
  return (
    row && {
      state: row.state,
      fields: JSON.parse(row.fields_json) as object,
      rev: row.seq,
      since: JSON.parse(row.since_json) as object,
    }
  );
};

describe('a bad link', () => {
  test('that loses the request leaves everything waiting', async () => {
    const server = await testServer();
    const phone = await testPhone(server, 'xa1');
    const id = await phone.write(activity());
    phone.link.now = 'requestLost';
    expect(await phone.sync()).toBe(false);
    phone.link.now = 'up';
    expect(await phone.sync()).toBe(true);
    expect(await serverRecord(server, id)).toMatchObject({ fields: activity() });
  });
  test('that loses the answer makes no second record, and what she wrote meanwhile follows', async () => {
    const server = await testServer();
    const phone = await testPhone(server, 'xa1');
    const id = await phone.write(activity());
    phone.link.now = 'answerLost';
    await phone.sync();
    await phone.edit(id, { title: 'Sửa khi chưa có trả lời' });
    phone.link.now = 'up';
    await phone.sync();
    expect(await serverRecord(server, id)).toMatchObject({ fields: { title: 'Sửa khi chưa có trả lời' } });
    expect(await server.db.selectFrom('change').selectAll().execute()).toHaveLength(2);
    expect((await phone.view(id))?.fields).toEqual(activity({ title: 'Sửa khi chưa có trả lời' }));
  });
});

describe('what the server does not take', () => {
  test('goes back into a draft with its reason, and the rest goes on', async () => {
    const server = await testServer();
    const phone = await testPhone(server, 'xa1');
    const [bad, good] = [
      await phone.write(activity({ title: 'Ghi ngày sẽ bị từ chối' })),
      await phone.write(activity()),
    ];
    server.setNow(new Date('2019-10-01T00:00:00Z'));
    await phone.edit(good, { start_date: '2019-09-30', end_date: '2019-09-30' });
    await phone.sync();
    expect(await serverRecord(server, bad)).toBeUndefined();
    expect(await phone.device.store.outbox.count()).toBe(0);
    const draft = await readDraft(phone.device, bad);
    expect(draft).toMatchObject({
      refused: true,
      typed: { title: 'Ghi ngày sẽ bị từ chối', start_date: '18/10/2019' },
    });
    const { notices } = await readOverview(phone.device);
    expect(notices.map(({ record, code, verdict }) => [record, code, verdict])).toContainEqual([
      bad,
      'E_INVALID',
      'rejected',
    ]);
  });
  test('does not overwrite a draft that is being written', async () => {
    const server = await testServer();
    const phone = await testPhone(server, 'xa1');
    const id = await phone.write(activity());
    await keepDraft(phone.device, id, 'activity', { title: 'Đang viết dở' });
    server.setNow(new Date('2019-10-01T00:00:00Z'));
    await phone.sync();
    expect((await readDraft(phone.device, id))?.typed).toEqual({ title: 'Đang viết dở' });
  });
  test('an edit that meets an approval comes back as a draft, and the approved values stand', async () => {
    const server = await testServer();
    const [xa, huyen] = [await testPhone(server, 'xa1'), await testPhone(server, 'huyen1')];
    const id = await xa.write(activity());
    await xa.sync();
    await huyen.sync();
    await xa.edit(id, { title: 'Sửa muộn quá rồi' });
    await save(huyen.device, id, { do: 'approve' });
    await huyen.sync();
    await xa.sync();
    expect(await readRecord(xa.device, id)).toMatchObject({
      sync: 'needsYou',
      hasDraft: true,
      record: { state: 'approved', fields: activity() },
    });
    expect((await readDraft(xa.device, id))?.typed).toMatchObject({ title: 'Sửa muộn quá rồi' });
  });
  test('a decision that comes second is said, and both see the first', async () => {
    const server = await testServer();
    const [xa, one, two] = [
      await testPhone(server, 'xa1'),
      await testPhone(server, 'huyen1'),
      await testPhone(server, 'huyen1b'),
    ];
    const id = await xa.write(activity());
    await xa.sync();
    await one.sync();
    await two.sync();
    await save(one.device, id, { do: 'approve' });
    await save(two.device, id, { do: 'return', note: 'Thiếu số nữ', marks: [] });
    await one.sync();
    await two.sync();
    await one.sync();
    for (const phone of [one, two]) expect((await phone.view(id))?.state).toBe('approved');
    expect((await readOverview(two.device)).notices).toMatchObject([{ code: 'E_DECIDED', verdict: 'late' }]);
    expect((await one.view(id))?.events.at(-1)).toMatchObject({
      do: 'return',
      note: 'Thiếu số nữ',
      lost: true,
    });
  });
});

describe('shared work', () => {
  test('two colleagues who change different fields both keep their words', async () => {
    const server = await testServer();
    const [a, b] = [await testPhone(server, 'xa1'), await testPhone(server, 'xa1b')];
    const id = await a.write(activity());
    await a.sync();
    await b.sync();
    await a.edit(id, { title: 'Tên của người thứ nhất' });
    await b.edit(id, { result_note: 'Kết quả của người thứ hai' });
    await a.sync();
    await b.sync();
    await a.sync();
    for (const phone of [a, b])
      expect((await phone.view(id))?.fields).toMatchObject({
        title: 'Tên của người thứ nhất',
        result_note: 'Kết quả của người thứ hai',
      });
  });
  test('two colleagues who send the same field at the same moment end with the same words', async () => {
    const server = await testServer();
    const [a, b] = [await testPhone(server, 'xa1'), await testPhone(server, 'xa1b')];
    const id = await a.write(activity());
    await a.sync();
    await b.sync();
    await a.edit(id, { title: 'Tên của người thứ nhất' });
    await b.edit(id, { title: 'Tên của người thứ hai' });
    await Promise.all([a.sync(), b.sync()]);
    await a.sync();
    await b.sync();
    const truth = await serverRecord(server, id);
    for (const phone of [a, b]) expect((await phone.view(id))?.fields).toEqual(truth?.fields);
  });
  test('a restored server is filled by reading it from the start', async () => {
    const server = await testServer();
    const [a, b] = [await testPhone(server, 'xa1'), await testPhone(server, 'xa1b')];
    const id = await a.write(activity());
    await a.sync();
    await b.sync();
    await server.db.updateTable('meta').set({ value: 'restored' }).where('key', '=', 'epoch').execute();
    await b.sync();
    expect((await b.view(id))?.fields).toEqual(activity());
  });
});

describe('reading on', () => {
  test('begins where the last answer ended, kept with its records', async () => {
    const server = await testServer();
    const [phone, colleague] = [await testPhone(server, 'xa1'), await testPhone(server, 'xa1b')];
    await phone.write(activity());
    await phone.sync();
    await colleague.sync();
    await colleague.sync();
    const [first, second] = colleague.sent.map((body) => (JSON.parse(body) as { cursor: object }).cursor);
    expect(first).toEqual({});
    expect(Object.keys(second ?? {})).toHaveLength(1);
  });
  test('corrects what she sent and the server holds otherwise', async () => {
    const server = await testServer();
    const phone = await testPhone(server, 'xa1');
    const leaflets = { form: 'to_roi_tai_lieu', product_quantity: 5, product_unit: 'tờ' };
    const id = await phone.write(activity(leaflets));
    await phone.sync();
    await phone.edit(id, { participants_male: 7, product_quantity: 6 });
    await phone.sync();
    expect((await phone.view(id))?.fields).toEqual(activity({ ...leaflets, product_quantity: 6 }));
  });
});

test('a sync without news asks for nothing that a save would have to wait for', async () => {
  const phone = await testPhone(await testServer(), 'xa1');
  await phone.write(activity());
  await phone.sync();
  await phone.sync();
  const { store } = phone.device;
  const before = (await readMeta(store, 'status'))?.lastContact;
  phone.setNow(new Date(phone.device.now().getTime() + 1000));
  const spy = vi.spyOn(store, 'transaction');
  expect(await phone.sync()).toBe(true);
  const writes = spy.mock.calls.flatMap(([mode, ...rest]) =>
    String(mode).startsWith('rw') && rest.flat().includes(store.record) ? [mode] : [],
  );
  spy.mockRestore();
  expect(writes).toEqual([]);
  expect((await readMeta(store, 'status'))?.lastContact).not.toBe(before);
});

describe('an answer that tells nothing back', () => {
  test('leaves the phone with what the server holds, also where a form hides what she sent', async () => {
    const server = await testServer();
    const [a, b] = [await testPhone(server, 'xa1'), await testPhone(server, 'xa1b')];
    const id = await a.write(activity());
    await a.sync();
    await b.sync();
    const broadcast = { form: 'loa_truyen_thanh', broadcast_count: 4, broadcast_features: 2 };
    await b.edit(id, activity(broadcast));
    await b.sync();
    // While the colleague's change is on its way to her she corrects a number; then her session ends.
    a.link.meanwhile = async () => {
      await a.edit(id, { participants_male: 20, participants_total: 63 });
      await server.db.deleteFrom('session').execute();
    };
    await a.sync();
    await a.signInAgain();
    await b.signInAgain();
    await a.sync();
    await b.sync();
    const truth = await serverRecord(server, id);
    for (const phone of [a, b]) expect((await phone.view(id))?.fields).toEqual(truth?.fields);
  });
  test('does not keep a record on the phone that she may not read any more', async () => {
    const server = await testServer();
    const phone = await testPhone(server, 'xa1');
    const id = await phone.write(activity());
    await server.db.deleteFrom('session').execute();
    await phone.sync();
    expect((await phone.device.store.record.get(id))?.feed).toBeGreaterThan(0);
    await server.db.updateTable('account').set({ unit: 'c2' }).where('id', '=', phone.me.account).execute();
    await touchDirectory(server.db);
    await phone.signInAgain();
    await phone.sync();
    await phone.sync();
    expect(await phone.view(id)).toBeNull();
  });
});

test('what she types into refused words is hers: a second refusal does not write over it', async () => {
  const server = await testServer();
  const phone = await testPhone(server, 'xa1');
  server.setNow(new Date('2019-10-01T00:00:00Z'));
  const id = await phone.write(activity());
  phone.link.meanwhile = async () => {
    await phone.edit(id, { title: 'Sửa trước khi biết' });
    phone.link.meanwhile = () => keepDraft(phone.device, id, 'activity', { title: 'Chữ đang gõ' });
  };
  await phone.sync();
  expect((await readOverview(phone.device)).notices).toHaveLength(2);
  expect((await readDraft(phone.device, id))?.typed).toEqual({ title: 'Chữ đang gõ' });
});

describe('her own words', () => {
  test('are not lost when the phone’s clock is set back before they are received', async () => {
    const server = await testServer();
    const phone = await testPhone(server, 'xa1');
    const id = await phone.write(activity());
    phone.setNow(new Date('2017-01-01T00:00:00Z'));
    await phone.sync();
    expect((await phone.view(id))?.fields).toEqual(activity());
  });
  test('of an edit and the void that follows it offline both hold', async () => {
    const server = await testServer();
    const phone = await testPhone(server, 'xa1');
    const id = await phone.write(activity());
    await phone.edit(id, { title: 'Tên đã sửa lại' });
    await save(phone.device, id, { do: 'void', note: 'Ghi trùng' });
    await phone.sync();
    expect(await serverRecord(server, id)).toMatchObject({
      state: 'void',
      fields: { title: 'Tên đã sửa lại' },
    });
    expect((await readOverview(phone.device)).notices).toEqual([]);
  });
  test('a mis-tapped approval that she takes back before it is sent does not stand', async () => {
    const server = await testServer();
    const [xa, huyen] = [await testPhone(server, 'xa1'), await testPhone(server, 'huyen1')];
    const id = await xa.write(activity());
    await xa.sync();
    await huyen.sync();
    await save(huyen.device, id, { do: 'approve' });
    await save(huyen.device, id, { do: 'return', note: 'Bấm nhầm, xin xem lại', marks: [] });
    await huyen.sync();
    expect(await serverRecord(server, id)).toMatchObject({ state: 'returned' });
  });
  test('that are refused twice are all in the draft, the newer over the older', async () => {
    const server = await testServer();
    const phone = await testPhone(server, 'xa1');
    server.setNow(new Date('2019-10-01T00:00:00Z'));
    const id = await phone.write(activity());
    await phone.edit(id, { note: 'lời viết sau' });
    await phone.sync();
    expect((await readDraft(phone.device, id))?.typed).toMatchObject({
      title: activity()['title'],
      note: 'lời viết sau',
    });
  });
  test('that are refused keep the revision they were written over, for what came since she has not seen', async () => {
    const server = await testServer();
    const [xa, other] = [await testPhone(server, 'xa1'), await testPhone(server, 'xa1b')];
    const id = await xa.write(activity());
    await xa.sync();
    await other.sync();
    const seen = (await xa.view(id))?.rev;
    await xa.edit(id, { end_date: '2019-10-19' });
    server.setNow(new Date('2019-10-01T00:00:00Z'));
    xa.link.meanwhile = async () => {
      server.setNow(testNow);
      await other.edit(id, { title: 'Người khác sửa' });
      await other.sync();
    };
    await xa.sync();
    await xa.sync();
    expect((await xa.view(id))?.rev).toBeGreaterThan(seen ?? 0);
    expect((await readDraft(xa.device, id))?.typed['rev']).toBe(seen);
  });
  test('two runs at once end, and take nothing in twice', async () => {
    const server = await testServer();
    const phone = await testPhone(server, 'xa1');
    const id = await phone.write(activity());
    await Promise.all([phone.sync(), phone.sync()]);
    await phone.sync();
    expect((await phone.view(id))?.events).toHaveLength(1);
  });
});

test('records of a unit she has left go from the phone, but not before her last words on them are handed in', async () => {
  const server = await testServer();
  const phone = await testPhone(server, 'xa1');
  const [old, waiting] = [await phone.write(activity()), await phone.write(activity())];
  await phone.sync();
  await phone.edit(waiting, { title: 'Sửa trước khi chuyển xã' });
  await server.db.updateTable('account').set({ unit: 'c2' }).where('id', '=', phone.me.account).execute();
  await touchDirectory(server.db);
  await phone.sync();
  await phone.sync();
  expect(await phone.view(old)).toBeNull();
  expect(await phone.view(waiting)).toBeNull();
  expect((await readOverview(phone.device)).notices).toMatchObject([
    { code: 'E_UNIT_MOVED', verdict: 'parked' },
  ]);
});

describe('an ended session', () => {
  test('does not keep work back, and says that she must sign in to read', async () => {
    const server = await testServer();
    const phone = await testPhone(server, 'xa1');
    await server.db.deleteFrom('session').execute();
    const id = await phone.write(activity());
    expect(await phone.sync()).toBe(false);
    expect(await phone.device.store.outbox.count()).toBe(0);
    expect(await readRecord(phone.device, id)).toMatchObject({
      sync: 'received',
      record: { fields: activity() },
    });
    expect((await readOverview(phone.device)).status.reason).toBe('signIn');
  });
});

test('waits double up to five minutes and are spread', () =>
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 100 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (failures, random) => {
        const seconds = backoffSeconds(failures, random);
        expect(seconds).toBeGreaterThanOrEqual(1.5);
        expect(seconds).toBeLessThanOrEqual(375);
      },
    ),
  ));

describe('whatever happens on the way', () => {
  type Step = {
    readonly who: number;
    readonly act: 'write' | 'edit' | 'approve' | 'return' | 'void' | 'sync';
    readonly pick: number;
    readonly link: Link;
  };
  const steps: fc.Arbitrary<Step[]> = fc.array(
    fc.record({
      who: fc.nat(3),
      act: fc.constantFrom('write', 'edit', 'edit', 'approve', 'return', 'void', 'sync', 'sync'),
      pick: fc.nat(20),
      link: fc.constantFrom<Link>('up', 'up', 'requestLost', 'answerLost'),
    }),
    { minLength: 5, maxLength: 30 },
  );

  const play = async (
    phones: readonly TestPhone[],
    { who, act, pick, link }: Step,
    n: number,
  ): Promise<void> => {
    const phone = phones[who] as TestPhone;
    const ids = (await phone.device.store.record.toCollection().primaryKeys()) as string[];
    const id = ids[pick % Math.max(1, ids.length)];
    phone.link.now = link;
    if (act === 'write' && phone.me.role === 'collaborator')
      await phone.write(activity({ title: `Bản ghi số ${n}` }));
    else if (act === 'sync') await phone.sync();
    else if (id !== undefined && act === 'edit')
      await phone.edit(
        id,
        pick % 3 === 0
          ? activity({ form: 'to_roi_tai_lieu', product_quantity: n + 1, product_unit: 'tờ' })
          : activity({ title: `Sửa lần ${n}` }),
      );
    else if (id !== undefined && act === 'approve') await save(phone.device, id, { do: 'approve' });
    else if (id !== undefined)
      await save(phone.device, id, { do: 'return', note: `Trả lần ${n}`, marks: [] });
  };

  test(
    'every submitted change is on the server once, and all who may see a record see the same',
    { timeout: 120_000 },
    async () => {
      await fc.assert(
        fc.asyncProperty(steps, async (list) => {
          const server = await testServer();
          const phones = [
            await testPhone(server, 'xa1'),
            await testPhone(server, 'xa1b'),
            await testPhone(server, 'huyen1'),
            await testPhone(server, 'huyen1b'),
          ];
          // What the rules refuse at once (an approval of an approved record) is part of the game.
          for (const [n, step] of list.entries()) await play(phones, step, n).catch(() => undefined);
          for (const phone of phones) phone.link.now = 'up';
          for (const phone of [...phones, ...phones]) expect(await phone.sync()).toBe(true);

          const changes = await server.db
            .selectFrom('change')
            .select(['writer', 'seq'])
            .orderBy('writer')
            .orderBy('seq')
            .execute();
          for (const phone of phones) {
            expect(await phone.device.store.outbox.count()).toBe(0);
            const made = 1 + ((await readMeta(phone.device.store, 'counters')) ?? noCounters).seq;
            const mine = changes.filter(({ writer }) => writer === phone.device.writer).map(({ seq }) => seq);
            expect(mine).toEqual(Array.from({ length: made - 1 }, (_, i) => i + 1));
          }
          const ids = (await server.db.selectFrom('record').select('id').execute()).map(({ id }) => id);
          for (const id of ids) {
            const truth = await serverRecord(server, id);
            for (const phone of phones) {
              const view = await phone.view(id);
              expect(
                view && { state: view.state, fields: view.fields, rev: view.rev, since: view.since },
              ).toEqual(truth);
            }
          }
          for (const phone of phones) expect(await phone.device.store.record.count()).toBe(ids.length);
        }),
        { numRuns: 25 },
      );
    },
  );
});
