import { beforeEach, expect, test } from 'vitest';
import { pino } from 'pino';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSealedMeta } from '../../src/device/device.ts';
import { newRecordId } from '../../src/device/drafts.ts';
import { readOverview } from '../../src/device/read.ts';
import { handIn } from '../../src/device/report.ts';
import { save, saveAll } from '../../src/device/save.ts';
import { createApp } from '../../src/server/app.ts';
import { photoStore } from '../../src/server/blobs/photo-store.ts';
import { dueOnce, dueToday } from '../../src/server/reminders/due.ts';
import { directoryHolder } from '../../src/server/units/directory.ts';
import { activity } from '../support/activity.ts';
import { testPhone } from '../support/phone.ts';
import { addDepartment, testNow, testServer } from '../support/server.ts';
import type { TestServer } from '../support/server.ts';

type Phone = Awaited<ReturnType<typeof testPhone>>;

const endpoint = (name: string): string => `https://fcm.googleapis.com/fcm/send/${name}`;

let posted: { url: string; headers: Record<string, string> }[] = [];
let status = 201;
beforeEach(() => {
  posted = [];
  status = 201;
});

/** The test server, with a push service that notes what it is asked. */
const wakingServer = async (): Promise<TestServer> => {
  const server = await testServer();
  const app = createApp({
    db: server.db,
    photos: photoStore(mkdtempSync(join(tmpdir(), 'binh-dang-photos-'))),
    now: () => testNow,
    log: pino({ level: 'silent' }),
    version: '0.0.0',
    demo: null,
    waking: {
      subject: 'mailto:binh-dang@localhost',
      post: (url, headers) => {
        posted.push({ url, headers });
        return Promise.resolve({ status });
      },
    },
  });
  return { ...server, app };
};

const tell = async (server: TestServer, { device }: Phone, address: string | null): Promise<number> => {
  const keys = await readSealedMeta(device, 'keys');
  const response = await server.app.request('/api/v1/push', {
    method: 'POST',
    headers: { 'X-Writer': keys?.credential ?? '', 'Content-Type': 'application/json' },
    body: JSON.stringify({ endpoint: address }),
  });
  return response.status;
};

/** What is done after an answer was given is done soon. */
const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 200));

const returnOne = async (server: TestServer, xa: Phone): Promise<void> => {
  const officer = await testPhone(server, 'huyen1');
  const id = await xa.write(activity());
  await xa.sync();
  await officer.sync();
  await save(officer.device, id, { do: 'return', note: 'Xem lại', marks: [] });
  await officer.sync();
  await settled();
};

test('who wrote what was returned is woken, with a signed request that has no content, and nobody else', async () => {
  const server = await wakingServer();
  const [xa, other] = [await testPhone(server, 'xa1'), await testPhone(server, 'xa2')];
  expect(await tell(server, xa, endpoint('xa1'))).toBe(200);
  expect(await tell(server, other, endpoint('xa2'))).toBe(200);
  await returnOne(server, xa);
  expect(posted.map(({ url }) => url)).toEqual([endpoint('xa1')]);
  expect(posted[0]?.headers['Authorization']).toMatch(/^vapid t=.+, k=.+/);
  expect(posted[0]?.headers['Content-Length'] ?? 0).toBe(0);
  expect(JSON.stringify(posted)).not.toContain('Xem lại');
});

test('an address that no push service has is refused, so the server asks nobody else', async () => {
  const server = await wakingServer();
  const xa = await testPhone(server, 'xa1');
  for (const address of [
    'http://localhost:9/',
    'https://fcm.googleapis.com.evil.example/',
    'https://10.0.0.1/',
  ])
    expect(await tell(server, xa, address), address).toBe(400);
});

test('an address that is gone is forgotten; so is that of who does not want to be reminded', async () => {
  const server = await wakingServer();
  const xa = await testPhone(server, 'xa1');
  await tell(server, xa, endpoint('xa1'));
  status = 410;
  await returnOne(server, xa);
  expect(posted).toHaveLength(1);
  expect(await server.db.selectFrom('push_address').selectAll().execute()).toEqual([]);
  await tell(server, xa, endpoint('again'));
  await tell(server, xa, null);
  expect(await server.db.selectFrom('push_address').selectAll().execute()).toEqual([]);
});

test('in the morning who has something planned, returned or due is reminded, once', async () => {
  const server = await wakingServer();
  const [xa1, xa2] = [await testPhone(server, 'xa1'), await testPhone(server, 'xa2')];
  for (const [phone, name] of [
    [xa1, 'a'],
    [xa2, 'b'],
  ] as const)
    await tell(server, phone, endpoint(name));
  await save(xa1.device, await newRecordId(xa1.device), {
    do: 'save',
    kind: 'plan',
    unit: 'c1',
    patch: {
      title: 'Nói chuyện chuyên đề ở thôn 2',
      start_date: '2019-09-11',
      end_date: '2019-09-11',
      quantity: 1,
      host_org: 'hoi_lhpn',
      task_codes: ['II.1.a'],
    },
  });
  await xa1.sync();
  const directory = await directoryHolder(server.db).get();
  const due = (day: string) => dueToday(server.db, directory, day);
  const [one, two] = [xa1.me.account, xa2.me.account];
  expect(await due('2019-09-10'), 'planned for tomorrow').toEqual([one]);
  expect(await due('2019-09-20')).toEqual([]);
  expect((await due('2019-06-07')).sort(), 'three days before the half-year’s report').toEqual(
    [one, two].sort(),
  );
  expect(await due('2019-06-04'), 'the first page says it on the days between').toEqual([]);
  expect(await dueOnce(server.db, directory, '2019-09-10')).toEqual([one]);
  expect(await dueOnce(server.db, directory, '2019-09-10')).toEqual([]);
});

test('a department is reminded by the day on which it owes its report to the province, not by a commune’s', async () => {
  const server = await wakingServer();
  await addDepartment(server.db, 'so');
  const department = await testPhone(server, 'so');
  await tell(server, department, endpoint('so'));
  const directory = await directoryHolder(server.db).get();
  expect(await dueToday(server.db, directory, '2019-06-07'), 'three days before the communes’').toEqual([]);
  expect(await dueToday(server.db, directory, '2019-06-16')).toEqual([department.me.account]);
});

test('who has handed in her report is not reminded of it, until it is returned', async () => {
  const server = await wakingServer();
  const [officer, province] = [await testPhone(server, 'huyen1'), await testPhone(server, 'tinh')];
  await tell(server, officer, endpoint('huyen1'));
  const key = { unit: 'd1', type: 'half', year: 2019 } as const;
  const scope = (await readOverview(officer.device)).scope;
  if (scope === null) throw new Error('no scope');
  const report = await newRecordId(officer.device);
  await saveAll(officer.device, await handIn(officer.device, scope, key, report, {}));
  const directory = await directoryHolder(server.db).get();
  const due = () => dueToday(server.db, directory, '2019-06-16');
  expect(await due(), 'while it has not arrived').toEqual([officer.me.account]);
  await officer.sync();
  expect(await due()).toEqual([]);
  await province.sync();
  await save(province.device, report, { do: 'return', note: 'Bổ sung số lớp', marks: [] });
  await province.sync();
  expect(await due()).toEqual([officer.me.account]);
});
