import { keepDraft, newRecordId } from '../../../src/device/drafts.ts';
import { sealMeta } from '../../../src/device/device.ts';
import { NotSaved, save } from '../../../src/device/save.ts';
import { runSync } from '../../../src/device/sync/run.ts';
import { httpLink } from '../../../src/device/sync/transport.ts';
import type { Deed } from '../../../src/domain/change.ts';
import { packResponse, unpackRequest, unpackResponse } from '../../../src/protocol/packed-sync.ts';
import type { SyncRequest } from '../../../src/protocol/sync-request.ts';
import type { RecordRow, SyncResponse } from '../../../src/protocol/sync-response.ts';
import { touchDirectory } from '../../../src/server/units/directory.ts';
import { activity } from '../../support/activity.ts';
import { noPhotos } from '../../support/phone.ts';
import { diceOf } from './dice.ts';
import type { Dice } from './dice.ts';
import { newSession, openOffice, people, units } from './office.ts';
import type { Office } from './office.ts';
import { checkAtRest, checkWhole, mayRead } from './oracle.ts';
import { openPhone } from './phone.ts';
import type { Phone } from './phone.ts';

/**
 * A world in one process: the real server on real SQLite, several phones with the real engine on IndexedDB, and a link
 * between them that loses, cuts, delays, repeats and reorders. All chance comes from the seed, and one thing happens
 * at a time, so a seed that fails can be played again.
 */
export type World = {
  readonly office: Office;
  readonly phones: readonly Phone[];
  readonly trace: string[];
  readonly violations: string[];
};

export type Played = {
  readonly seed: number;
  readonly steps: number;
  readonly requests: number;
  readonly faults: number;
  readonly saved: number;
  readonly violations: readonly string[];
  readonly trace: readonly string[];
};

type Sent = {
  readonly method: 'POST';
  readonly headers: Record<string, string>;
  readonly body: Uint8Array<ArrayBuffer>;
};

const faults = {
  none: 55,
  requestLost: 6,
  answerLost: 9,
  requestCut: 4,
  answerCut: 5,
  late: 5,
  twice: 5,
  serverDies: 8,
  captive: 2,
} as const;

const deeds = {
  write: 26,
  edit: 20,
  decide: 14,
  sync: 30,
  draft: 2,
  clock: 4,
  late: 4,
  session: 2,
  move: 1,
  skew: 1,
  plain: 1,
  backup: 1.5,
  restore: 0.8,
  forget: 0.7,
} as const;

const lost = new TypeError('fetch failed');

/** Things that happen while an answer is on its way happen inside of each other so deep at the most. */
const deepest = 2;

/** Plays one seed: so many steps, then everything comes to rest and is compared. */
export const play = async (seed: number, steps = 45): Promise<Played> => {
  const dice = diceOf(seed);
  let time = Date.parse('2019-12-01T00:00:00Z');
  const clock = (): Date => new Date(time);
  const office = await openOffice(clock);
  const world: World = { office, phones: [], trace: [], violations: [] };
  const chosen = people.filter(() => dice.chance(0.6)).slice(0, 6);
  const logins = new Set(['xa1', 'huyen1', ...chosen.map(([login]) => login)]);
  for (const login of logins) (world.phones as Phone[]).push(await openPhone(office, login, clock));
  const wire = wireOf(world, dice, () => step(1 + depth));
  let depth = 0;

  const step = async (at: number): Promise<void> => {
    if (at > deepest) return;
    depth = at;
    await actOnce(world, dice, wire, (ms) => (time += ms));
    depth = at - 1;
  };
  const before = globalThis.fetch;
  globalThis.fetch = (_address, init) => wire.carry(init ?? {});
  const seal = crypto.subtle.encrypt.bind(crypto.subtle);
  crypto.subtle.encrypt = async (how, key, data) => {
    await writeInBetween(world, dice, wire, key);
    return seal(how, key, data);
  };
  try {
    for (let i = 0; i < steps; i++) await step(0);
    await comeToRest(world, wire, (ms) => (time += ms));
    await checkAtRest(world);
  } finally {
    globalThis.fetch = before;
    crypto.subtle.encrypt = seal;
    for (const { device } of world.phones) await device.store.delete({ disableAutoOpen: false });
    await office.db.destroy();
  }
  const { trace, violations, phones } = world;
  const saved = phones.reduce((sum, phone) => sum + phone.saved.length, 0);
  return { seed, steps, ...wire.counted(), saved, violations, trace };
};

type Wire = {
  readonly carry: (init: RequestInit) => Promise<Response>;
  readonly deliverLate: () => Promise<void>;
  readonly calm: () => void;
  readonly isCalm: () => boolean;
  /** How many answers said something. */
  readonly told: () => number;
  readonly counted: () => { readonly requests: number; readonly faults: number };
  readonly fault: () => void;
};

const bytesOf = async (body: RequestInit['body']): Promise<Uint8Array<ArrayBuffer>> =>
  new Uint8Array(await new Response(body ?? '').arrayBuffer());

const wireOf = (world: World, dice: Dice, meanwhile: () => Promise<void>): Wire => {
  const { office, trace, phones } = world;
  const late: Sent[] = [];
  let isCalm = false;
  let [requests, faulty, told] = [0, 0, 0];

  const deliver = async (sent: Sent): Promise<Response> => {
    requests += 1;
    const response = await office.handle(sent);
    if (response.status === 200) told += 1;
    if (response.status === 200) await checkRights(world, sent, (await response.clone().json()) as object);
    return response;
  };
  const carry = async (init: RequestInit): Promise<Response> => {
    const headers = Object.fromEntries(new Headers(init.headers).entries());
    const phone = phones.find(({ credential }) => credential === headers['x-writer']);
    const body = phone?.plain === true ? await plainOf(init) : await bytesOf(init.body);
    if (phone?.plain === true) delete headers['content-encoding'];
    const sent: Sent = { method: 'POST', headers, body };
    const fault = isCalm ? 'none' : dice.weighed(faults);
    if (fault !== 'none') faulty += 1;
    trace.push(`  ${phone?.login} → server, ${body.length} bytes: ${fault}`);
    if (fault === 'requestCut') await deliver({ ...sent, body: body.slice(0, dice.below(body.length)) });
    if (fault === 'late') late.push(sent);
    if (fault === 'requestLost' || fault === 'requestCut' || fault === 'late') throw lost;
    if (fault === 'captive') return new Response('<html>Chào mừng</html>');
    if (fault === 'serverDies') office.dieAfter(dice.below(30));
    let response = await deliver(sent);
    if (fault === 'twice') response = await deliver(sent);
    if (office.isDead()) {
      office.restart();
      throw lost;
    }
    office.restart();
    if (!isCalm && dice.chance(0.2)) await meanwhile();
    if (fault === 'answerLost') throw lost;
    const text = await response.text();
    const cut = fault === 'answerCut' ? text.slice(0, dice.below(text.length)) : text;
    return new Response(response.status === 204 ? null : cut, { status: response.status });
  };
  return {
    carry,
    deliverLate: async () => {
      const [sent] = late.splice(dice.below(late.length), 1);
      if (sent === undefined) return;
      trace.push('  a request arrives that was given up long ago');
      await deliver(sent);
    },
    calm: () => {
      isCalm = true;
    },
    isCalm: () => isCalm,
    told: () => told,
    counted: () => ({ requests, faults: faulty }),
    fault: () => {
      faulty += 1;
    },
  };
};

/** The same request as a client of others would write it. */
const plainOf = async (init: RequestInit): Promise<Uint8Array<ArrayBuffer>> => {
  const zipped = new Headers(init.headers).get('content-encoding') === 'gzip';
  const whole = new Response(init.body ?? '').body as ReadableStream<Uint8Array<ArrayBuffer>>;
  const text = await new Response(zipped ? whole.pipeThrough(new DecompressionStream('gzip')) : whole).text();
  const request = unpackRequest(JSON.parse(text)) as SyncRequest;
  return new TextEncoder().encode(JSON.stringify({ ...request, v: 1 }));
};

/** Every byte that goes out is checked against rights that are worked out here, without the server's own rules. */
const checkRights = async (
  { office, violations, phones }: World,
  sent: Sent,
  body: object,
): Promise<void> => {
  const answer = unpackResponse(body) as SyncResponse;
  const phone = phones.find(({ credential }) => credential === sent.headers['x-writer']);
  const reader = await office.db
    .selectFrom('account')
    .select(['role', 'unit', 'login'])
    .where('id', '=', phone?.account ?? 0)
    .executeTakeFirst();
  for (const row of answer.records)
    if (reader === undefined || answer.signIn || !mayRead(reader, row.unit))
      violations.push(`${reader?.login} was sent ${row.id} of ${row.unit}`);
  // What is packed says the same as what is not.
  const again = unpackResponse(JSON.parse(JSON.stringify(packResponse(2, answer)))) as SyncResponse;
  if (JSON.stringify(sorted(again.records)) !== JSON.stringify(sorted(answer.records)))
    violations.push('packing changed an answer');
};

const sorted = (rows: readonly RecordRow[]): unknown => deepSorted(rows);
const deepSorted = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(deepSorted)
    : typeof value === 'object' && value !== null
      ? Object.fromEntries(
          Object.entries(value)
            .sort(([a], [b]) => (a < b ? -1 : 1))
            .map(([key, inner]) => [key, deepSorted(inner)]),
        )
      : value;

/** One thing happens somewhere. */
const actOnce = async (world: World, dice: Dice, wire: Wire, pass: (ms: number) => void): Promise<void> => {
  const { office, phones, trace } = world;
  const phone = dice.one(phones);
  const what = dice.weighed(deeds);
  trace.push(`${phone.login}: ${what}`);
  pass(dice.below(3_600_000));
  switch (what) {
    case 'write':
      return saving(world, dice, phone, await written(phone, dice));
    case 'edit':
    case 'decide': {
      const rows = await phone.device.store.record.toArray();
      if (rows.length === 0) return;
      const { id, unit } = dice.one(rows);
      return saving(world, dice, phone, {
        record: id,
        deed: what === 'edit' ? edited(unit, dice) : decided(dice),
      });
    }
    case 'draft':
      return void (await keepDraft(phone.device, await newRecordId(phone.device), 'activity', {
        title: 'dở dang',
      }).catch(() => undefined));
    case 'sync':
      // A second run on the same phone at the same time: another tab, the worker.
      return syncing(world, dice, wire, phone);
    case 'clock':
      return pass(dice.below(20) * 86_400_000);
    case 'late':
      return wire.deliverLate();
    case 'session':
      wire.fault();
      await office.db.deleteFrom('session').where('account', '=', phone.account).execute();
      return;
    case 'forget': {
      // A miss that nobody notices: a browser that loses a row, a bug that skips one.
      const row = (await phone.device.store.record.where('pending').equals(0).toArray()).at(0);
      if (row === undefined || phone.syncing) return;
      wire.fault();
      return phone.device.store.record.delete(row.id);
    }
    case 'skew':
      phone.skewMs = (dice.below(41) - 20) * 86_400_000;
      return;
    case 'plain':
      phone.plain = !phone.plain;
      return;
    case 'backup':
      return office.backup();
    case 'restore': {
      const byTheBook = dice.chance(0.6);
      const done = await office.restore(byTheBook);
      if (done) wire.fault();
      trace.push(done ? `  put back, ${byTheBook ? 'by the book' : 'by hand'}` : '  there is no copy');
      return;
    }
    case 'move': {
      wire.fault();
      const unit = dice.one(units.filter(([, level]) => level === 'commune'))[0];
      await office.db
        .updateTable('account')
        .set({ unit })
        .where('id', '=', phone.account)
        .where('role', '=', 'collaborator')
        .execute();
      await touchDirectory(office.db);
    }
  }
};

type Doing = { readonly record: string; readonly deed: Deed };

const written = async (phone: Phone, dice: Dice): Promise<Doing | null> => {
  const unit = await unitOf(phone);
  const record = await newRecordId(phone.device).catch(() => null);
  if (record === null) return null;
  const patch = activity({ title: `Tọa đàm số ${dice.below(1e6)}`, ...crowd(dice) });
  return { record, deed: { do: 'save', kind: 'activity', unit, patch } };
};

const unitOf = async ({ device, account }: Phone): Promise<string> => {
  const { openMeta } = await import('../../../src/device/device.ts');
  const scope = await openMeta(device, 'scope', await device.store.meta.get('scope')).catch(() => null);
  return scope?.me.account === account ? scope.me.unit : '';
};

const crowd = (dice: Dice): Record<string, number> => {
  const [male, female] = [dice.below(90), 1 + dice.below(90)];
  return {
    participants_male: male,
    participants_female: female,
    participants_unknown: 0,
    participants_total: male + female,
  };
};

const edited = (unit: string, dice: Dice): Deed => {
  const patch = dice.one([
    { title: `Tên khác ${dice.below(1e6)}` },
    { note: dice.one(['Đã bổ sung danh sách', null, 'Trời mưa, chuyển vào hội trường']) },
    { venue: `Nhà văn hóa thôn ${dice.below(9)}` },
    crowd(dice),
  ]);
  return { do: 'save', kind: 'activity', unit, patch };
};

const decided = (dice: Dice): Deed =>
  dice.one([
    { do: 'approve' },
    { do: 'approve' },
    { do: 'return', note: `Xem lại số liệu ${dice.below(99)}`, marks: ['participants_female'] },
    { do: 'void', note: 'Ghi nhầm' },
  ] as const);

/** A save that goes through, is refused by the rules, or meets the moment at which the phone stops. */
const saving = async (world: World, dice: Dice, phone: Phone, doing: Doing | null): Promise<void> => {
  if (doing === null) return;
  const before = await phone.lastSeq();
  if (!phone.syncing && dice.chance(0.06)) phone.stopAfter(dice.below(10));
  await save(phone.device, doing.record, doing.deed).catch((error: unknown) => {
    if (!(error instanceof NotSaved) && !phone.isStopped()) throw error;
  });
  if (phone.isStopped()) world.trace.push('  the phone stopped while saving');
  if (!phone.syncing) await phone.reopen();
  const after = await phone.lastSeq();
  if (after > before) phone.saved.push({ seq: after, record: doing.record, deed: doing.deed });
};

const syncing = async (world: World, dice: Dice, wire: Wire, phone: Phone): Promise<void> => {
  if (phone.syncing)
    return void (await runSync(phone.device, { ...httpLink, photos: noPhotos }).catch(() => false));
  phone.syncing = true;
  const stops = dice.chance(0.15);
  if (stops) {
    wire.fault();
    phone.stopAfter(dice.below(60));
  }
  try {
    await runSync(phone.device, { ...httpLink, photos: noPhotos });
  } catch (error) {
    if (!phone.isStopped()) world.violations.push(`the sync of ${phone.login} failed: ${String(error)}`);
  } finally {
    if (phone.isStopped()) world.trace.push('  the phone stopped while syncing');
    phone.syncing = false;
    await phone.reopen();
    await checkWhole(world, phone);
  }
};

/** She saves while the same phone takes an answer in: sealing is where the engine waits outside of a transaction. */
const writeInBetween = async (world: World, dice: Dice, wire: Wire, key: CryptoKey): Promise<void> => {
  const phone = world.phones.find(({ device }) => device.key === key);
  if (phone === undefined || !phone.syncing || phone.writing || phone.isStopped() || wire.isCalm()) return;
  if (!dice.chance(0.15)) return;
  phone.writing = true;
  try {
    const rows = await phone.device.store.record.toArray();
    const row = rows.length === 0 || dice.chance(0.3) ? null : dice.one(rows);
    world.trace.push(`  ${phone.login} saves in the middle of her sync`);
    await saving(
      world,
      dice,
      phone,
      row === null ? await written(phone, dice) : { record: row.id, deed: edited(row.unit, dice) },
    );
  } catch (error) {
    if (!phone.isStopped()) throw error;
  } finally {
    phone.writing = false;
  }
};

/** Links are up, the server runs, sessions hold; everybody syncs until the server has nothing new for anybody. */
const comeToRest = async (
  { office, phones }: World,
  wire: Wire,
  pass: (ms: number) => void,
): Promise<void> => {
  wire.calm();
  for (let i = 0; i < 20; i++) await wire.deliverLate();
  for (const phone of phones) {
    phone.plain = false;
    // A wrong clock is told in every answer, and then nothing would ever be without news.
    phone.skewMs = 0;
  }
  // Late enough for everybody’s daily audit, also by a clock that was weeks ahead.
  pass(60 * 86_400_000);
  for (let round = 0; round < mostRounds; round++) {
    const before = wire.told();
    for (const { account, device, credential } of phones) {
      const session = await newSession(office, account, device.writer);
      await device.store.meta.put(await sealMeta(device, 'keys', { session, credential }));
      await runSync(device, { ...httpLink, photos: noPhotos });
    }
    if (wire.told() === before) return;
  }
};

const mostRounds = 8;
