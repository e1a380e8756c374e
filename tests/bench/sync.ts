import 'fake-indexeddb/auto';
import { execFileSync, fork, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { Values } from '../../src/domain/records/field.ts';
import type { Device } from '../../src/device/device.ts';
import { newRecordId } from '../../src/device/drafts.ts';
import { save } from '../../src/device/save.ts';
import { signIn } from '../../src/device/sign-in.ts';
import { runSync } from '../../src/device/sync/run.ts';
import { httpLink } from '../../src/device/sync/transport.ts';
import { databaseFile } from '../../src/server/config.ts';
import { openSqlite } from '../../src/server/sql/open.ts';
import { addPerson } from '../../src/server/units/people.ts';
import { addUnit } from '../../src/server/units/write-units.ts';
import { freePort } from '../support/free-port.ts';
import { rounded } from './browser.ts';
import { atMost } from './figure.ts';
import type { Figure } from './figure.ts';
import { openLink } from './link.ts';
import type { Link, LinkShape } from './link.ts';
import { packBench } from './packing.ts';
import { differentActivities } from './sync-records.ts';

/**
 * A thousand records up, down, five changed on either side, and nothing to do: ours, the floor (NDJSON in one gzipped
 * request) and PouchDB against express-pouchdb, over the same link.
 */

const records = 1000;
const pin = '135790';
const shapes = {
  loopback: { rttMs: 0, kbits: 0 },
  far: { rttMs: 250, kbits: 0 },
  '3g': { rttMs: 150, kbits: 400 },
  '2g': { rttMs: 600, kbits: 50 },
} as const satisfies Record<string, LinkShape>;
type ShapeName = keyof typeof shapes;

/** It takes minutes; who waits is told where it is. */
const say = (what: string): void => console.error(what);

/** What one step cost. */
type Cost = { readonly up: number; readonly down: number; readonly ms: number };

const cost = async (link: Link, work: () => Promise<unknown>): Promise<Cost> => {
  const [up, down, start] = [link.up(), link.down(), performance.now()];
  await work();
  return { up: link.up() - up, down: link.down() - down, ms: performance.now() - start };
};

/** A peer over one link: what each step costs. */
type Steps = { readonly push: Cost; readonly pull: Cost; readonly delta: Cost; readonly idle: Cost };

// A phone asks the server that its page came from; here that is whichever link is being measured.
const plainFetch = globalThis.fetch;
let base = '';
globalThis.fetch = (address, init) => {
  const headers = new Headers(init?.headers);
  // What every browser of a phone takes; Node's does not say so by itself.
  headers.set('Accept-Encoding', 'gzip, deflate, br');
  return plainFetch(new URL(address as string, base), { ...init, headers });
};
Object.defineProperty(globalThis, 'navigator', { value: { onLine: true }, configurable: true });

const until = async (url: string): Promise<void> => {
  for (let up = false; !up;)
    up = await plainFetch(url).then(
      (r) => r.ok,
      () => false,
    );
};

type Ours = {
  readonly link: Link;
  readonly phone: (login: string) => Promise<Device>;
  readonly close: () => Promise<void>;
};

let opened = 0;

/** The built server with one commune and two people in it, behind a link. Each time they are others: a phone knows its people. */
const openOurs = async (): Promise<Ours> => {
  const run = (opened += 1);
  const dataDir = mkdtempSync(join(tmpdir(), 'binh-dang-bench-'));
  const db = await openSqlite(databaseFile(dataDir));
  await addUnit(db, { code: '1', name: 'Tỉnh', level: 'province', parent: null, from: null }, 'p');
  await addUnit(db, { code: '11', name: 'Xã', level: 'commune', parent: 'p', from: null }, 'c');
  for (const login of ['a', 'b'])
    await addPerson(
      db,
      { login: `xa.${login}${run}`, name: 'Cộng tác viên', role: 'collaborator', unit: 'c', pin },
      new Date(),
    );
  await db.destroy();
  const port = await freePort();
  const server = spawn(process.execPath, ['dist/server/main.js'], {
    env: { PATH: process.env['PATH'] ?? '', PORT: String(port), DATA_DIR: dataDir, NODE_ENV: 'production' },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  await until(`http://localhost:${port}/readyz`);
  const link = await openLink(port);
  base = link.url;
  const devices: Device[] = [];
  return {
    link,
    phone: async (login) => {
      const { device } = await signIn({ login: `xa.${login}${run}`, pin, device: 'bench' });
      devices.push(device);
      return device;
    },
    close: async () => {
      // The next server counts its writers from 1 again.
      for (const { store } of devices) await store.delete();
      link.close();
      server.kill('SIGKILL');
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
};

const fillPhone = async (device: Device, all: readonly Values[]): Promise<string[]> => {
  const ids: string[] = [];
  for (const patch of all) {
    const id = await newRecordId(device);
    await save(device, id, { do: 'save', kind: 'activity', unit: 'c', patch });
    ids.push(id);
  }
  return ids;
};

const editAll = async (device: Device, ids: readonly string[], note: string): Promise<void> => {
  for (const id of ids) await save(device, id, { do: 'save', kind: 'activity', unit: 'c', patch: { note } });
};

/** A phone whose link has been in use knows its speed. */
const warm = async (device: Device, { kbits }: LinkShape): Promise<void> => {
  const budget = kbits === 0 ? 200_000 : Math.min(200_000, Math.round(((kbits * 1000) / 8) * 2.2));
  await device.store.meta.put({ key: 'pace', value: { budget, perChange: 90 } });
};

const sync = async (device: Device): Promise<void> => {
  for (let tries = 0; !(await runSync(device, httpLink)); tries++) {
    if (tries > 60) throw new Error('the phone never got through');
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
};

const measureOurs = async (shape: LinkShape, all: readonly Values[]): Promise<Steps> => {
  const { link, phone, close } = await openOurs();
  try {
    const [a, b] = [await phone('a'), await phone('b')];
    const ids = await fillPhone(a, all);
    link.shape(shape);
    for (const device of [a, b]) await warm(device, shape);
    // The connection is open already.
    await sync(b);
    const push = await cost(link, () => sync(a));
    const pull = await cost(link, () => sync(b));
    await editAll(b, ids.slice(0, 5), 'Đã bổ sung danh sách ký nhận');
    await sync(b);
    await editAll(a, ids.slice(5, 10), 'Có 12 tổ dân phố tham gia');
    const delta = await cost(link, () => sync(a));
    const idle = await cost(link, () => sync(a));
    return { push, pull, delta, idle };
  } finally {
    await close();
  }
};

/** What a cut in the middle of a push wastes, in bytes, and what is on the server afterwards. */
const measureCut = async (all: readonly Values[]): Promise<{ uncut: number; cut: number; held: number }> => {
  const pushed = async (cutAfter: number | null): Promise<{ up: number; held: number }> => {
    const { link, phone, close } = await openOurs();
    try {
      const [a, b] = [await phone('a'), await phone('b')];
      await fillPhone(a, all);
      link.shape(shapes['2g']);
      await warm(a, shapes['2g']);
      if (cutAfter !== null) link.cutAfter(cutAfter, 1500);
      const { up } = await cost(link, () => sync(a));
      link.shape(shapes.loopback);
      await sync(b);
      return { up, held: await b.store.record.count() };
    } finally {
      await close();
    }
  };
  const [uncut, cut] = [await pushed(null), await pushed(41_000)];
  return { uncut: uncut.up, cut: cut.up, held: cut.held };
};

const lines = (all: readonly object[]): Buffer => gzipSync(all.map((row) => JSON.stringify(row)).join('\n'));

/** The floor: everything in one gzipped request of NDJSON, no sync at all. */
const measureFloor = async (shape: LinkShape, all: readonly Values[]): Promise<Steps> => {
  const held = new Map<string, object>();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const text = chunks.length === 0 ? '' : gunzipSync(Buffer.concat(chunks)).toString();
      const rows = text === '' ? [] : text.split('\n').map((line) => JSON.parse(line) as { id: string });
      const wanted = (request.headers['x-ids'] as string | undefined)?.split(',') ?? [...held.keys()];
      for (const row of rows) held.set(row.id, row);
      const answer = request.url === '/push' ? [] : wanted.map((id) => held.get(id) ?? {});
      response.writeHead(200, { 'Content-Type': 'application/x-ndjson', 'Content-Encoding': 'gzip' });
      response.end(lines(answer));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const link = await openLink((server.address() as AddressInfo).port);
  link.shape(shape);
  const headers = { 'Content-Type': 'application/x-ndjson', 'Content-Encoding': 'gzip' };
  const rows = all.map((values, i) => ({
    id: `00000001-0000-8000-8000-${String(i).padStart(12, '0')}`,
    ...values,
  }));
  const post = async (path: string, body: readonly object[], more = {}): Promise<void> => {
    const sent = { method: 'POST', headers: { ...headers, ...more }, body: new Uint8Array(lines(body)) };
    await (await plainFetch(link.url + path, sent)).text();
  };
  try {
    await post('/push', []);
    const push = await cost(link, () => post('/push', rows));
    const pull = await cost(link, () => post('/pull', []));
    const ids = rows.slice(0, 5).map(({ id }) => id);
    const delta = await cost(link, () => post('/pull', rows.slice(5, 10), { 'x-ids': ids.join(',') }));
    const idle = await cost(link, () => post('/push', []));
    return { push, pull, delta, idle };
  } finally {
    link.close();
    server.close();
  }
};

const peers = 'tests/bench/peers';

const told = (child: ChildProcess): Promise<Record<string, unknown>> =>
  new Promise((resolve, reject) =>
    child.once('message', (answer: Record<string, unknown>) =>
      'error' in answer ? reject(new Error(String(answer['error']))) : resolve(answer),
    ),
  );

const ask = async (child: ChildProcess, message: object): Promise<Record<string, unknown>> => {
  const answer = told(child);
  child.send(message);
  return answer;
};

/** PouchDB, which waits minutes for a slow link; there only its push is measured. */
const measurePouch = async (
  shape: LinkShape,
  all: readonly Values[],
  onlyPush: boolean,
): Promise<Partial<Steps> & Pick<Steps, 'push'>> => {
  const port = await freePort();
  const children = [fork(join(peers, 'pouchdb.mjs'), ['server', String(port)])];
  await told(children[0] as ChildProcess);
  const link = await openLink(port);
  const client = async (): Promise<ChildProcess> => {
    const child = fork(join(peers, 'pouchdb.mjs'), ['client']);
    children.push(child);
    await told(child);
    return child;
  };
  try {
    const [a, b] = [await client(), await client()];
    const rows = all.map(
      (values, i) => [`00000001-0000-8000-8000-${String(i).padStart(12, '0')}`, values] as const,
    );
    await ask(a, { what: 'load', records: rows });
    link.shape(shape);
    const { url } = link;
    const push = await cost(link, () => ask(a, { what: 'sync', url }));
    if (onlyPush) return { push };
    const pull = await cost(link, () => ask(b, { what: 'sync', url }));
    const ids = rows.map(([id]) => id);
    await ask(b, { what: 'edit', ids: ids.slice(0, 5), note: 'Đã bổ sung danh sách ký nhận' });
    await ask(b, { what: 'sync', url });
    await ask(a, { what: 'edit', ids: ids.slice(5, 10), note: 'Có 12 tổ dân phố tham gia' });
    const delta = await cost(link, () => ask(a, { what: 'sync', url }));
    const idle = await cost(link, () => ask(a, { what: 'sync', url }));
    return { push, pull, delta, idle };
  } finally {
    for (const child of children) child.kill('SIGKILL');
    link.close();
  }
};

const install = (): void => {
  if (existsSync(join(peers, 'node_modules'))) return;
  say('installing the peers, once');
  execFileSync('npm', ['install', '--no-package-lock', '--no-audit', '--no-fund'], {
    cwd: peers,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
};

const total = ({ up, down }: Cost): number => up + down;

export const syncBench = async (): Promise<Figure[]> => {
  execFileSync('npm', ['run', '--silent', 'build'], { stdio: ['ignore', 'ignore', 'inherit'] });
  install();
  const all = differentActivities(records);
  const ours = {} as Record<ShapeName, Steps>;
  const floor = {} as Record<ShapeName, Steps>;
  for (const name of Object.keys(shapes) as ShapeName[]) {
    say(`${name}: the floor and ours`);
    floor[name] = await measureFloor(shapes[name], all);
    ours[name] = await measureOurs(shapes[name], all);
  }
  say('a cut at 50 kbit/s');
  const cut = await measureCut(all);
  say('PouchDB on loopback');
  const pouch = await measurePouch(shapes.loopback, all, false);
  say('PouchDB at 50 kbit/s: minutes');
  const slowPouch = await measurePouch(shapes['2g'], all, true);
  say('packing at 6x CPU');
  const packing = await packBench(all);
  const { push, pull, delta, idle } = ours.loopback;
  const figure = (name: string, value: number, unit: string, target = Infinity): Figure =>
    atMost('sync', name, rounded(value, value < 10 ? 2 : 0), unit, target);
  const trips = (step: keyof Steps): number =>
    (ours.far[step].ms - ours.loopback[step].ms) / shapes.far.rttMs;
  const a = (c: Cost): number => c.ms / 1000;
  return [
    figure('push_bytes_per_record', push.up / records, 'B', 90),
    figure('push_bytes_per_record_2g', ours['2g'].push.up / records, 'B', 90),
    figure('push_bytes_per_record_floor', floor.loopback.push.up / records, 'B'),
    figure('push_bytes_per_record_pouchdb', total(pouch.push) / records, 'B'),
    figure('pull_bytes_per_record', pull.down / records, 'B', 75),
    figure('pull_bytes_per_record_2g', ours['2g'].pull.down / records, 'B', 75),
    figure('pull_bytes_per_record_floor', floor.loopback.pull.down / records, 'B'),
    figure('pull_bytes_per_record_pouchdb', total(pouch.pull as Cost) / records, 'B'),
    figure('delta_5_and_5', total(delta), 'B', 1500),
    figure('delta_5_and_5_floor', total(floor.loopback.delta), 'B'),
    figure('delta_5_and_5_pouchdb', total(pouch.delta as Cost), 'B'),
    figure('idle', total(idle), 'B', 400),
    figure('idle_floor', total(floor.loopback.idle), 'B'),
    figure('idle_pouchdb', total(pouch.idle as Cost), 'B'),
    figure('round_trips_push_warm', trips('push'), 'round trips', 1.5),
    figure('round_trips_delta_warm', trips('delta'), 'round trips', 1.5),
    figure('push_2g_vs_floor', a(ours['2g'].push) / a(floor['2g'].push), 'x, same run', 0.9),
    figure('push_3g_vs_floor', a(ours['3g'].push) / a(floor['3g'].push), 'x, same run'),
    figure('pull_2g_vs_floor', a(ours['2g'].pull) / a(floor['2g'].pull), 'x, same run'),
    figure('push_2g_vs_pouchdb', a(ours['2g'].push) / a(slowPouch.push), 'x, same run', 0.1),
    figure('wasted_by_a_cut_2g', cut.cut - cut.uncut, 'B', 16_000),
    figure('lost_or_twice_after_a_cut', Math.abs(cut.held - records), 'records', 0),
    ...packing,
  ];
};
