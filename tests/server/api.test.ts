import { gzipSync } from 'node:zlib';
import { beforeEach, describe, expect, test } from 'vitest';
import { recordId } from '../../src/domain/record-id.ts';
import { canonical } from '../../src/domain/records/canonical.ts';
import type { SignInResponse } from '../../src/protocol/sign-in.ts';
import type { SyncResponse } from '../../src/protocol/sync-response.ts';
import { requireWriter } from '../../src/server/access/authenticate.ts';
import { sync } from '../../src/server/feed/sync.ts';
import { beginEpoch } from '../../src/server/sql/open.ts';
import { directoryHolder, touchDirectory } from '../../src/server/units/directory.ts';
import { addUnit } from '../../src/server/units/write-units.ts';
import { activity } from '../support/activity.ts';
import { badActivities } from '../support/bad-activities.ts';
import { clientOf, postTo, saving } from '../support/client.ts';
import type { Client } from '../support/client.ts';
import { testPhone } from '../support/phone.ts';
import { pin, testNow, testServer } from '../support/server.ts';
import type { TestServer } from '../support/server.ts';

let server: TestServer;
beforeEach(async () => {
  server = await testServer();
});

const post = (path: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> =>
  postTo(server, path, body, headers);

const signIn = (login: string): Promise<Client> => clientOf(server, login);

describe('bad input sent past the phone', () => {
  beforeEach(async () => {
    for (const unit of new Set(badActivities.map((bad) => bad.unit)))
      if (unit !== '99999')
        await addUnit(
          server.db,
          { code: unit, name: `Xã ${unit}`, level: 'commune', parent: 'd1', from: null },
          unit,
        );
  });

  test.each(badActivities)(
    '$no $what gives its codes, is not stored and blocks nobody',
    async ({ values, unit, errors }) => {
      await server.db
        .updateTable('account')
        .set({ unit: unit === '99999' ? 'c1' : unit })
        .where('login', '=', 'xa1')
        .execute();
      const xa = await signIn('xa1');
      const bad = { ...saving(xa, 1, canonical('activity', values)), unit };
      const good = { ...saving(xa, 2, activity()) };
      const answer = await xa.sync([bad, good]);
      const verdict = answer.verdicts.find(({ seq }) => seq === 1);
      expect([...new Set(verdict?.findings?.map(({ code }) => code))].sort()).toEqual([...errors].sort());
      expect(answer.upto).toBe(2);
      const stored = await server.db.selectFrom('record').select('id').execute();
      expect(stored.map(({ id }) => id)).toEqual(errors.length > 0 ? [xa.id(2)] : [xa.id(1), xa.id(2)]);
    },
  );
});

describe('changes', () => {
  test('a repeat is answered, not applied', async () => {
    const xa = await signIn('xa1');
    const change = saving(xa, 1, activity());
    await xa.sync([change]);
    const again = await xa.sync([change]);
    expect(again).toMatchObject({ upto: 1, verdicts: [] });
    expect(await server.db.selectFrom('change').selectAll().execute()).toHaveLength(1);
  });
  test('the same number with other words is parked as a fork', async () => {
    const xa = await signIn('xa1');
    await xa.sync([saving(xa, 1, activity())]);
    const fork = await xa.sync([saving(xa, 1, activity({ title: 'Một nội dung khác' }))]);
    expect(fork.verdicts).toEqual([{ seq: 1, verdict: 'parked', code: 'E_FORK' }]);
  });
  test('a gap in the numbers stops the batch before it', async () => {
    const xa = await signIn('xa1');
    expect((await xa.sync([saving(xa, 1, activity()), saving(xa, 3, activity())])).upto).toBe(1);
  });
  test('an id from another writer’s range is refused', async () => {
    const xa = await signIn('xa1');
    const answer = await xa.sync([saving(xa, 1, activity(), recordId(xa.writer.number + 1, 1))]);
    expect(answer.verdicts[0]).toMatchObject({ verdict: 'rejected', code: 'E_RECORD_ID' });
  });
  test.each([
    ['no change at all', { seq: 1 }],
    ['a deed that does not exist', { seq: 1, do: 'sing', record: 'x', base: 0, made: '' }],
    [
      'a patch that is a list',
      { seq: 1, do: 'save', kind: 'activity', unit: 'c1', record: 'x', base: 0, made: '', patch: [] },
    ],
  ])('%s gets a verdict and the next one passes', async (_what, poison) => {
    const xa = await signIn('xa1');
    const answer = await xa.sync([poison, saving(xa, 2, activity())]);
    expect(answer.upto).toBe(2);
    expect(answer.verdicts).toMatchObject([{ seq: 1, verdict: 'rejected', code: 'E_INVALID' }]);
  });
  test('a verdict is given again to who did not hear it', async () => {
    const xa = await signIn('xa1');
    const bad = saving(xa, 1, activity({ title: 'x' }));
    const first = await xa.sync([bad]);
    expect((await xa.sync([bad])).verdicts).toEqual(first.verdicts);
  });
});

describe('what others cannot do', () => {
  const returning = (seq: number, record: string): object => ({
    seq,
    record,
    base: 0,
    made: '',
    do: 'return',
    note: 'chữ lạ',
    marks: [],
  });
  test('a stranger’s word about a record is answered as if there were none, and changes nothing', async () => {
    const [xa, stranger, admin] = [await signIn('xa1'), await signIn('xa3'), await signIn('admin')];
    await xa.sync([saving(xa, 1, activity())]);
    const before = await server.db.selectFrom('record').selectAll().execute();
    const feedOfC1 = server.db.selectFrom('feed').selectAll().where('unit', '=', 'c1');
    const feeds = await feedOfC1.execute();
    for (const who of [stranger, admin])
      expect(
        (await who.sync([returning(1, xa.id(1)), returning(2, xa.id(99))])).verdicts.map(({ code }) => code),
      ).toEqual(['E_NO_RECORD', 'E_NO_RECORD']);
    expect((await stranger.sync([saving(stranger, 3, activity(), xa.id(1))])).verdicts).toMatchObject([
      { code: 'E_RECORD_ID' },
    ]);
    expect(await server.db.selectFrom('record').selectAll().execute()).toEqual(before);
    expect(await feedOfC1.execute()).toEqual(feeds);
  });
  test('a colleague who may read but not decide leaves no trace in the history', async () => {
    const [xa, other] = [await signIn('xa1'), await signIn('xa1b')];
    await xa.sync([saving(xa, 1, activity())]);
    expect((await other.sync([returning(1, xa.id(1))])).verdicts).toMatchObject([
      { verdict: 'rejected', code: 'E_NOT_YOURS' },
    ]);
    expect((await other.sync([])).records[0]?.events).toHaveLength(1);
  });
  test('a base from the future overwrites nothing unseen', async () => {
    const [xa, other] = [await signIn('xa1'), await signIn('xa1b')];
    await xa.sync([saving(xa, 1, activity())]);
    await other.sync([{ ...saving(other, 1, { title: 'Tên của người khác' }, xa.id(1)), base: 2 ** 50 }]);
    expect((await xa.sync([])).records[0]?.events.at(-1)).toMatchObject({
      overwrote: { title: activity()['title'] },
    });
    const huyen = await signIn('huyen1');
    const blind = { seq: 1, record: xa.id(1), base: 9e15, made: '', do: 'approve' };
    expect((await huyen.sync([blind])).verdicts).toMatchObject([{ verdict: 'late', code: 'E_MOVED_ON' }]);
  });
  test('a record meant for another’s unit is parked and moves nothing there', async () => {
    const xa = await signIn('xa3');
    expect((await xa.sync([{ ...saving(xa, 1, activity()), unit: 'c1' }])).verdicts).toMatchObject([
      { verdict: 'parked', code: 'E_UNIT_MOVED' },
    ]);
    expect(await server.db.selectFrom('feed').select('id').where('seq', '>', 0).execute()).toEqual([]);
  });
  test('a moved person’s change of her old record is parked', async () => {
    const xa = await signIn('xa1');
    await xa.sync([saving(xa, 1, activity())]);
    const admin = await signIn('admin');
    await server.db.updateTable('account').set({ unit: 'c2' }).where('login', '=', 'xa1').execute();
    await post(
      `/api/v1/admin/people/${admin.scope.me.account}`,
      { active: true },
      { Authorization: `Bearer ${admin.session}` },
    );
    const answer = await xa.sync([
      { ...saving(xa, 2, { title: 'Sửa sau khi chuyển xã' }, xa.id(1)), unit: 'c2' },
    ]);
    expect(answer.verdicts).toMatchObject([{ verdict: 'parked', code: 'E_UNIT_MOVED' }]);
  });
});

describe('what a batch must not do', () => {
  test('a record that is made and voided in one batch takes no other record’s revision', async () => {
    const xa = await signIn('xa1');
    const voiding = { seq: 2, record: xa.id(1), base: 0, made: '', do: 'void', note: 'Ghi nhầm' };
    const answer = await xa.sync([saving(xa, 1, activity()), voiding, saving(xa, 3, activity())]);
    expect(answer).toMatchObject({ upto: 3, verdicts: [] });
    const rows = await server.db.selectFrom('record').select(['id', 'seq', 'state']).orderBy('id').execute();
    expect(rows.map(({ state }) => state)).toEqual(['void', 'submitted']);
    expect(Math.min(...rows.map(({ seq }) => seq))).toBeGreaterThan(0);
    expect((await (await signIn('huyen1')).sync([])).records).toHaveLength(2);
  });
  test('junk inside a list is not kept', async () => {
    const xa = await signIn('xa1');
    const funding = [{ source: 'ns_xa', amount_vnd: 1, junk: 'z'.repeat(1000) }];
    await xa.sync([saving(xa, 1, { ...activity(), funding })]);
    const { fields_json } = await server.db
      .selectFrom('record')
      .select('fields_json')
      .executeTakeFirstOrThrow();
    expect(fields_json).not.toContain('junk');
    expect((await xa.sync([saving(xa, 1, { ...activity(), funding })])).records).toMatchObject([
      { fields: { funding: [{ source: 'ns_xa', amount_vnd: 1 }] } },
    ]);
  });
  test('a change that no form could hold is refused and not kept whole', async () => {
    const xa = await signIn('xa1');
    const huge = saving(xa, 1, activity({ note: 'x'.repeat(260_000) }));
    expect((await xa.sync([huge, saving(xa, 2, activity())])).verdicts).toMatchObject([
      { seq: 1, code: 'E_INVALID' },
    ]);
    const { deed_json } = await server.db
      .selectFrom('change')
      .select('deed_json')
      .where('seq', '=', 1)
      .executeTakeFirstOrThrow();
    expect(deed_json.length).toBeLessThan(5000);
  });
  test('hostile text does not hold the server up', async () => {
    const xa = await signIn('xa1');
    const started = performance.now();
    const title = '\u0301'.repeat(10_000) + '\u0316'.repeat(10_000);
    expect((await xa.sync([saving(xa, 1, { ...activity(), title })])).verdicts[0]?.findings).toMatchObject([
      { field: 'title', code: 'E_TEXT_LONG' },
    ]);
    expect(performance.now() - started).toBeLessThan(5000);
  });
});

describe('reading', () => {
  test('what a request wrote does not come back to it, what the server added does', async () => {
    const xa = await signIn('xa1');
    const answer = await xa.sync([saving(xa, 1, activity())]);
    expect(answer.records).toMatchObject([
      { id: xa.id(1), whole: false, state: 'submitted', events: [{ do: 'save' }] },
    ]);
    expect(answer.records[0]?.fields).toEqual({});
  });
  test('what a request says again does not come back either, unless another wrote over it', async () => {
    const [xa, other] = [await signIn('xa1'), await signIn('xa1b')];
    const { epoch, cursor, records } = await xa.sync([saving(xa, 1, activity())]);
    const known = { epoch, cursor, since: cursor };
    const edit = { ...saving(xa, 2, { title: 'Tên mới của bản ghi' }, xa.id(1)), base: records[0]?.rev };
    await xa.sync([edit], known);
    expect((await xa.sync([edit], known)).records.map(({ fields }) => fields)).toEqual([{}]);
    const seen = await other.sync([]);
    const over = {
      ...saving(other, 1, { title: 'Tên của người khác' }, xa.id(1)),
      base: seen.records[0]?.rev,
    };
    await other.sync([over], { epoch });
    expect((await xa.sync([edit], known)).records).toMatchObject([
      { id: xa.id(1), fields: { title: 'Tên của người khác' } },
    ]);
  });
  test('what others have added to a set comes to who has handed hers in without a session', async () => {
    const [xa, other] = [await signIn('xa1'), await signIn('xa1b')];
    const { epoch, records } = await xa.sync([saving(xa, 1, activity({ hamlets: ['Thôn 1'] }))]);
    const added = { hamlets: ['Thôn 1', 'Thôn 2', 'Thôn 3'] };
    await other.sync([{ ...saving(other, 1, added, xa.id(1)), base: records[0]?.rev }]);
    // She reads it while her own words, which she wrote before, still wait.
    const { cursor } = await xa.sync([]);
    const own = { ...saving(xa, 2, { hamlets: ['Thôn 1', 'Thôn 2'] }, xa.id(1)), base: records[0]?.rev };
    const { Authorization: _session, ...signedOut } = xa.headers;
    const about = { v: 1, schema: 1, scope: xa.scope.version, now: '2019-12-31T12:00:00Z' };
    const known = { epoch, cursor, since: cursor };
    await post('/api/v1/sync', { ...about, ...known, changes: [own] }, signedOut);
    const { records: news } = await xa.sync([], known);
    expect(news.map(({ fields }) => fields)).toEqual([added]);
  });
  test('who says again what another has written over, and has read that already, is told what holds', async () => {
    const [xa, other] = [await signIn('xa1'), await signIn('xa1b')];
    const { epoch, cursor, records } = await xa.sync([saving(xa, 1, activity())]);
    const edit = { ...saving(xa, 2, { title: 'Tên mới của bản ghi' }, xa.id(1)), base: records[0]?.rev };
    await xa.sync([edit], { epoch, cursor, since: cursor });
    const seen = await other.sync([]);
    const over = {
      ...saving(other, 1, { title: 'Tên của người khác' }, xa.id(1)),
      base: seen.records[0]?.rev,
    };
    const { cursor: read } = await other.sync([over], { epoch });
    // She has heard nothing of her edit, reads without it, and then says it once more.
    expect((await xa.sync([edit], { epoch, cursor: read, since: read })).records).toMatchObject([
      { id: xa.id(1), state: 'submitted', fields: { title: 'Tên của người khác' } },
    ]);
  });
  test('so is she where the record is on none of the pages that she is given at once', async () => {
    const [xa, other] = [await signIn('xa1'), await signIn('xa1b')];
    const { epoch, cursor, records } = await xa.sync([saving(xa, 1, activity())]);
    const base = records[0]?.rev;
    const edit = { ...saving(xa, 2, { title: 'Tên mới của bản ghi' }, xa.id(1)), base };
    await xa.sync([edit], { epoch, cursor, since: cursor });
    await other.sync([]);
    const over = { ...saving(other, 1, { title: 'Tên của người khác' }, xa.id(1)), base };
    const { cursor: read } = await other.sync([over], { epoch });
    const more = [2, 3, 4, 5].map((seq) => saving(other, seq, activity()));
    await other.sync([...more, { ...saving(other, 6, { venue: 'Nơi khác' }, xa.id(1)), base }], { epoch });
    const known = { epoch, since: read, page: 1 };
    const page = await xa.sync([edit], { ...known, cursor: read });
    expect(page.more).toBe(true);
    expect(page.records.find(({ id }) => id === xa.id(1))).toMatchObject({
      rev: Object.values(read)[0],
      fields: { title: 'Tên của người khác' },
      events: [],
    });
    const rest = await xa.sync([], { ...known, cursor: { ...read, ...page.cursor }, page: 200 });
    expect(rest.records.find(({ id }) => id === xa.id(1))?.fields).toEqual({ venue: 'Nơi khác' });
  });
  test('who does not know a kind is told of more where that kind has filled the page', async () => {
    const [xa, old] = [await signIn('xa1'), await signIn('xa1b')];
    const plan = {
      title: 'Phát thanh trên loa xã',
      start_date: '2019-11-15',
      end_date: '2019-12-15',
      campaign_year: 2019,
      quantity: 1,
      host_org: 'ubnd_xa',
      task_codes: ['II.1.a'],
    };
    const all = [
      saving(xa, 1, activity()),
      saving(xa, 2, plan, xa.id(2), 'plan'),
      saving(xa, 3, activity()),
      saving(xa, 4, { venue: 'Nơi khác' }, xa.id(1)),
    ];
    expect((await xa.sync(all, { schema: 3 })).verdicts).toEqual([]);
    const page = await old.sync([], { schema: 2, page: 1 });
    expect(page.records.map(({ id }) => id)).toEqual([xa.id(3)]);
    expect(page.more).toBe(true);
    const rest = await old.sync([], { schema: 2, page: 1, cursor: page.cursor, since: {} });
    expect(rest.records).toMatchObject([{ id: xa.id(1), whole: true }]);
    expect(rest.more).toBe(false);
  });
  test('rights that end while a request arrives have ended when it is answered', async () => {
    const [xa, huyen] = [await signIn('xa1'), await signIn('huyen1')];
    await xa.sync([saving(xa, 1, activity())]);
    const answer = async (meanwhile: () => Promise<void>): Promise<SyncResponse> => {
      const directory = directoryHolder(server.db);
      const keys = { writer: huyen.headers['X-Writer'], session: huyen.session };
      const caller = await requireWriter(server.db, directory, keys, testNow);
      const slow = async function* (): AsyncGenerator<readonly unknown[]> {
        yield [];
        await meanwhile();
        yield [];
      };
      const request = { v: 1, schema: 1, epoch: huyen.epoch, cursor: {}, scope: null, changes: [], now: '' };
      const parts = {
        db: server.db,
        directory,
        now: () => testNow,
        onPoison: () => undefined,
        count: () => undefined,
      };
      return sync(parts, caller, request as never, slow());
    };
    expect((await answer(() => Promise.resolve())).records.map(({ id }) => id)).toEqual([xa.id(1)]);
    const change = async (what: object): Promise<void> => {
      await server.db.updateTable('account').set(what).where('login', '=', 'huyen1').execute();
      await touchDirectory(server.db);
    };
    expect((await answer(() => change({ unit: 'd2' }))).records).toEqual([]);
    expect((await answer(() => change({ unit: 'd1', active: 0 }))).signIn).toBe(true);
  });
  test('what was said to another epoch is not taken in; what of it is known is answered', async () => {
    const xa = await signIn('xa1');
    const { epoch } = await xa.sync([saving(xa, 1, activity()), saving(xa, 2, { title: 'A' }, xa.id(1))]);
    await beginEpoch(server.db);
    const again = [2, 3].map((seq) => saving(xa, seq, { title: 'A' }, xa.id(1)));
    const answer = await xa.sync(again, { epoch });
    expect(answer).toMatchObject({ upto: 2, verdicts: [{ seq: 2, verdict: 'rejected' }] });
    expect((await xa.sync(again, { epoch: null })).upto, 'nor what was said to none').toBe(2);
    expect((await xa.sync(again, { epoch: answer.epoch })).upto).toBe(3);
  });
  test('a request from before the server was put back does not have it count on from further up', async () => {
    const xa = await signIn('xa1');
    await xa.sync([saving(xa, 1, activity())]);
    await beginEpoch(server.db);
    const fifth = [saving(xa, 5, activity())];
    const { epoch, upto } = await xa.sync(fifth, { from: 5 });
    expect(upto).toBe(1);
    expect((await xa.sync(fifth, { epoch, from: 5 })).upto).toBe(5);
  });
  test('what a request wrote fills no page: it comes back with its answer, and none of it later as news', async () => {
    const xa = await signIn('xa1');
    const changes = Array.from({ length: 9 }, (_, i) => saving(xa, i + 1, activity()));
    const answer = await xa.sync(changes, { page: 4 });
    expect(answer.more).toBe(false);
    expect(answer.records.map(({ whole }) => whole)).toEqual(changes.map(() => false));
  });
  test('only fields newer than the cursor travel', async () => {
    const [xa, other] = [await signIn('xa1'), await signIn('xa1b')];
    const first = await xa.sync([saving(xa, 1, activity())]);
    const seen = await other.sync([]);
    await xa.sync(
      [{ ...saving(xa, 2, { title: 'Tên mới của bản ghi' }, xa.id(1)), base: first.records[0]?.rev }],
      { epoch: first.epoch, cursor: first.cursor },
    );
    const news = await other.sync([], { epoch: seen.epoch, cursor: seen.cursor, since: seen.cursor });
    expect(news.records).toMatchObject([
      { id: xa.id(1), whole: false, fields: { title: 'Tên mới của bản ghi' } },
    ]);
  });
  test('nobody is sent another unit’s records', async () => {
    const xa = await signIn('xa1');
    await xa.sync([saving(xa, 1, activity())]);
    for (const [login, expected] of [
      ['xa1b', 1],
      ['huyen1', 1],
      ['tinh', 1],
      ['xa2', 0],
      ['xa3', 0],
      ['huyen2', 0],
      ['admin', 0],
    ] as const)
      expect((await (await signIn(login)).sync([])).records, login).toHaveLength(expected);
  });
  test('a right that is lost drops the feed', async () => {
    const huyen = await signIn('huyen1');
    const feed = huyen.scope.feeds.find(({ unit }) => unit === 'c1')?.id ?? 0;
    const answer = await huyen.sync([], { epoch: huyen.epoch, cursor: { [feed]: 0, 999: 5 } });
    expect(answer.drop).toEqual([999]);
  });
  test('a cursor of another epoch is read from the start', async () => {
    const xa = await signIn('xa1');
    await xa.sync([saving(xa, 1, activity())]);
    const feed = xa.scope.feeds[0]?.id ?? 0;
    expect((await xa.sync([], { epoch: 'another', cursor: { [feed]: 99 } })).records).toMatchObject([
      { whole: true },
    ]);
  });
  test('a long feed is read in pages that lose nothing', async () => {
    const xa = await signIn('xa1');
    for (let batch = 0; batch < 5; batch++)
      await xa.sync(Array.from({ length: 50 }, (_, i) => saving(xa, batch * 50 + i + 1, activity())));
    const reader = await signIn('huyen1');
    const ids = new Set<string>();
    let cursor = {};
    for (let more = true; more;) {
      const page = await reader.sync([], { epoch: reader.epoch, cursor });
      for (const { id } of page.records) ids.add(id);
      cursor = { ...cursor, ...page.cursor };
      more = page.more;
    }
    expect(ids.size).toBe(250);
  });
  test('a record that moved past a page’s end before it was ever sent comes whole', async () => {
    const xa = await signIn('xa1');
    for (let batch = 0; batch < 5; batch++)
      await xa.sync(Array.from({ length: 50 }, (_, i) => saving(xa, batch * 50 + i + 1, activity())));
    await xa.sync([saving(xa, 251, { title: 'Tên sửa trước khi ai đọc' }, xa.id(1))]);
    const reader = await testPhone(server, 'huyen1');
    expect(await reader.sync()).toBe(true);
    expect((await reader.view(xa.id(1)))?.fields).toMatchObject({
      title: 'Tên sửa trước khi ai đọc',
      venue: activity()['venue'],
    });
    expect(await reader.device.store.record.count()).toBe(250);
  });
  test('a session that ends in the middle of a long reading does not end the reading', async () => {
    const xa = await signIn('xa1');
    for (let batch = 0; batch < 5; batch++)
      await xa.sync(Array.from({ length: 50 }, (_, i) => saving(xa, batch * 50 + i + 1, activity())));
    await xa.sync([saving(xa, 251, { title: 'Tên sửa trước khi ai đọc' }, xa.id(1))]);
    const reader = await testPhone(server, 'huyen1');
    await reader.device.store.meta.put({ key: 'pace', value: { budget: 3000, perChange: 150 } });
    reader.link.meanwhile = () => server.db.deleteFrom('session').execute();
    expect(await reader.sync()).toBe(false);
    await reader.signInAgain();
    expect(await reader.sync()).toBe(true);
    expect((await reader.view(xa.id(1)))?.fields).toMatchObject({ venue: activity()['venue'] });
  });
  test('a part of a record that a phone does not hold makes it read that feed from the start', async () => {
    const xa = await signIn('xa1');
    await xa.sync([saving(xa, 1, activity())]);
    const reader = await testPhone(server, 'huyen1');
    await reader.sync();
    await reader.device.store.record.clear();
    await xa.sync([saving(xa, 2, { title: 'Chỉ một mục đổi' }, xa.id(1))]);
    await reader.sync();
    expect(await reader.view(xa.id(1))).toBeNull();
    await reader.sync();
    expect((await reader.view(xa.id(1)))?.fields).toMatchObject({ venue: activity()['venue'] });
  });
});

describe('who may speak', () => {
  test('without a session work is still taken in, and nothing is told', async () => {
    const xa = await signIn('xa1');
    await server.db.deleteFrom('session').execute();
    const answer = await xa.sync([saving(xa, 1, activity())]);
    expect(answer).toMatchObject({ upto: 1, signIn: true, records: [], scope: null });
  });
  test('what a closed account’s phone hands in is parked, and it may not read', async () => {
    const xa = await signIn('xa1');
    const [admin] = [await signIn('admin')];
    await post(
      `/api/v1/admin/people/${xa.scope.me.account}`,
      { active: false },
      { Authorization: `Bearer ${admin.session}` },
    );
    expect(await xa.sync([saving(xa, 1, activity())])).toMatchObject({
      upto: 1,
      signIn: true,
      records: [],
      verdicts: [{ verdict: 'parked', code: 'E_ACCOUNT_CLOSED' }],
    });
    expect((await post('/api/v1/sign-in', { login: 'xa1', pin, device: '', writer: null })).status).toBe(401);
  });
  test('a revoked writer may not even hand in', async () => {
    const xa = await signIn('xa1');
    await server.db.updateTable('writer').set({ revoked: 1 }).execute();
    const response = await post('/api/v1/sync', {}, { 'X-Writer': xa.writer.credential });
    expect(response.status).toBe(401);
  });
  test('one person’s writer with another’s session is refused', async () => {
    const [xa, other] = [await signIn('xa1'), await signIn('xa2')];
    const response = await post(
      '/api/v1/sync',
      {},
      { 'X-Writer': xa.writer.credential, Authorization: `Bearer ${other.session}` },
    );
    expect(response.status).toBe(403);
  });
  test('a known phone keeps its writer number', async () => {
    const xa = await signIn('xa1');
    const again = (await (
      await post('/api/v1/sign-in', { login: 'xa1', pin, device: '', writer: xa.writer.credential })
    ).json()) as SignInResponse;
    expect(again.writer).toEqual(xa.writer);
    const stranger = (await (
      await post('/api/v1/sign-in', { login: 'xa2', pin, device: '', writer: xa.writer.credential })
    ).json()) as SignInResponse;
    expect(stranger.writer.number).not.toBe(xa.writer.number);
  });
  test('after five wrong PINs one waits, and is told how long', async () => {
    for (let i = 0; i < 5; i++)
      expect(
        (await post('/api/v1/sign-in', { login: 'xa1', pin: '000000', device: '', writer: null })).status,
      ).toBe(401);
    const response = await post('/api/v1/sign-in', { login: 'xa1', pin, device: '', writer: null });
    expect(response.status).toBe(429);
    expect(Number(response.headers.get('Retry-After'))).toBeGreaterThan(0);
  });
});

describe('bodies', () => {
  const zipped = (body: string | Buffer): Uint8Array<ArrayBuffer> => new Uint8Array(gzipSync(body));
  const raw = (body: Uint8Array<ArrayBuffer> | string, headers: Record<string, string>): Promise<Response> =>
    Promise.resolve(server.app.request('/api/v1/sign-in', { method: 'POST', body, headers }));
  test('that are no JSON, or not of the schema, are a bad request', async () => {
    for (const body of ['', '{', '[]', '{"login":5}', '{"__proto__":{"x":1}}'])
      expect((await raw(body, {})).status).toBe(400);
  });
  test('gzip is read, and a bomb is not', async () => {
    expect(
      (
        await raw(zipped(JSON.stringify({ login: 'xa1', pin, device: '', writer: null })), {
          'Content-Encoding': 'gzip',
        })
      ).status,
    ).toBe(200);
    expect((await raw(zipped(Buffer.alloc(20_000_000)), { 'Content-Encoding': 'gzip' })).status).toBe(413);
    expect((await raw(zipped('{}').subarray(0, 12), { 'Content-Encoding': 'gzip' })).status).toBe(400);
  });
  test('that are nested without end are refused', async () => {
    expect((await raw(`{"login":${'['.repeat(5000)}${']'.repeat(5000)}}`, {})).status).toBe(400);
  });
  test('that are too large are refused', async () => {
    expect((await raw('x'.repeat(1_100_000), {})).status).toBe(413);
  });
});

describe('units and people', () => {
  const call = async (who: Client, method: string, path: string, body?: unknown): Promise<Response> =>
    server.app.request(`/api/v1/admin/${path}`, {
      method,
      headers: { Authorization: `Bearer ${who.session}` },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  test('only an administrator may set them up', async () => {
    for (const login of ['xa1', 'huyen1', 'tinh']) {
      const who = await signIn(login);
      expect((await call(who, 'GET', 'people')).status).toBe(403);
      expect((await call(who, 'POST', 'units', {})).status).toBe(403);
    }
  });
  test('a CSV with a mistake adds nothing and names the line', async () => {
    const admin = await signIn('admin');
    const csv =
      'code,name,level,parent_code\n900,Xã Mới,commune,code-d1\n901,,commune,code-d1\n902,Xã Lạc,xóm,code-d1\n903,Xã Mồ Côi,commune,nowhere\n';
    const answer: unknown = await (await call(admin, 'POST', 'units/import', { csv, dry: false })).json();
    expect(answer).toMatchObject({
      added: 0,
      errors: [
        { line: 3, code: 'I_NAME' },
        { line: 4, code: 'I_LEVEL', value: 'xóm' },
        { line: 5, code: 'I_PARENT', value: 'nowhere' },
      ],
    });
    expect(await server.db.selectFrom('unit').select('id').where('code', '=', '900').execute()).toEqual([]);
  });
  test('a sound CSV adds units once, and people in them can sign in and be read at once', async () => {
    const admin = await signIn('admin');
    const csv = '\ufeffcode,name,level,parent_code\n900,"Xã  Mới, phía Đông",commune,code-d1\n';
    expect(await (await call(admin, 'POST', 'units/import', { csv, dry: true })).json()).toMatchObject({
      added: 1,
    });
    expect(await (await call(admin, 'POST', 'units/import', { csv, dry: false })).json()).toMatchObject({
      added: 1,
      unchanged: 0,
    });
    expect(await (await call(admin, 'POST', 'units/import', { csv, dry: false })).json()).toMatchObject({
      added: 0,
      unchanged: 1,
    });
    const unit = await server.db
      .selectFrom('unit')
      .selectAll()
      .where('code', '=', '900')
      .executeTakeFirstOrThrow();
    expect(unit).toMatchObject({ name: 'Xã Mới, phía Đông', parent: 'd1' });
    expect(
      (
        await call(admin, 'POST', 'people', {
          login: 'moi',
          name: 'Người mới',
          role: 'collaborator',
          unit: unit.id,
          pin,
        })
      ).status,
    ).toBe(200);
    const fresh = await signIn('moi');
    await fresh.sync([saving(fresh, 1, activity())]);
    expect((await (await signIn('huyen1')).sync([])).records).toHaveLength(1);
  });
  test('a login is taken once', async () => {
    const admin = await signIn('admin');
    expect(
      (await call(admin, 'POST', 'people', { login: 'xa1', name: 'Ai đó', role: 'officer', unit: 'd1', pin }))
        .status,
    ).toBe(409);
  });
  test('an administrator of a district sets up nothing beside or above it', async () => {
    const admin = await signIn('admin');
    await call(admin, 'POST', 'people', {
      login: 'qt.d1',
      name: 'Quản trị huyện',
      role: 'admin',
      unit: 'd1',
      pin,
    });
    const local = await signIn('qt.d1');
    const unit = { code: '950', name: 'Xã Mới', level: 'commune', from: null };
    expect((await call(local, 'POST', 'units', { ...unit, parent: 'd2' })).status).toBe(403);
    expect((await call(local, 'POST', 'units', { ...unit, level: 'province', parent: null })).status).toBe(
      403,
    );
    expect((await call(local, 'POST', 'units', { ...unit, parent: 'd1' })).status).toBe(200);
    expect(
      (await call(local, 'POST', 'units', { ...unit, code: '951', level: 'district', parent: 'd1' })).status,
    ).toBe(400);
    expect(
      (await call(local, 'POST', 'units', { ...unit, code: '952', parent: 'd1', from: '9999-99-99' })).status,
    ).toBe(400);
    const csv = 'code,name,level,parent_code\n960,Xã Lạ,commune,code-d2\n';
    expect(await (await call(local, 'POST', 'units/import', { csv, dry: false })).json()).toMatchObject({
      added: 0,
      errors: [{ line: 2 }],
    });
    const { units } = (await (await call(local, 'GET', 'units')).json()) as { units: { id: string }[] };
    expect(units.map(({ id }) => id)).not.toContain('d2');
    expect(
      (
        await call(local, 'POST', 'people', {
          login: 'ai.do',
          name: 'Ai đó',
          role: 'officer',
          unit: 'd2',
          pin,
        })
      ).status,
    ).toBe(403);
  });
  test('her own PIN is changed with the old one only, and not guessed', async () => {
    const xa = await signIn('xa1');
    const change = (old: string): Promise<Response> =>
      post('/api/v1/pin', { old, new: '222222' }, { Authorization: `Bearer ${xa.session}` });
    expect((await change('000000')).status).toBe(401);
    expect((await change(pin)).status).toBe(200);
    for (let i = 0; i < 3; i++) await change('000000');
    expect((await change('222222')).status).toBe(429);
  });
  test('signing out ends the session and nothing else', async () => {
    const xa = await signIn('xa1');
    await post('/api/v1/sign-out', {}, { Authorization: `Bearer ${xa.session}` });
    expect(await xa.sync([saving(xa, 1, activity())])).toMatchObject({ upto: 1, signIn: true });
  });
  test('a new PIN ends her sessions', async () => {
    const [admin, xa] = [await signIn('admin'), await signIn('xa1')];
    await call(admin, 'POST', `people/${xa.scope.me.account}`, { pin: '222222' });
    expect(await xa.sync([])).toMatchObject({ signIn: true });
  });
});

test('a browser is told to delete what it holds only when the app’s own page asks', async () => {
  const asked = (site: string): Promise<Response> => post('/api/v1/clear', {}, { 'Sec-Fetch-Site': site });
  expect((await asked('same-origin')).headers.get('clear-site-data')).toBe('"storage"');
  for (const site of ['cross-site', 'same-site', 'none']) {
    const refused = await asked(site);
    expect(refused.status).toBe(400);
    expect(refused.headers.get('clear-site-data')).toBeNull();
  }
});

test('the API describes itself', async () => {
  const api = (await (await server.app.request('/api/v1/openapi.json')).json()) as { paths: object };
  expect(Object.keys(api.paths)).toContain('/api/v1/sync');
});

test('an unknown address under the API is a problem, not a page', async () => {
  const response = await server.app.request('/api/v1/nothing');
  expect(response.status).toBe(404);
  expect(await response.json()).toMatchObject({ code: 'P_NOT_FOUND' });
});
