import { isFullDisk } from '../../../src/app/full-disk.ts';
import { readFacts } from '../../../src/device/board.ts';
import { keepDraft, newRecordId } from '../../../src/device/drafts.ts';
import { openMeta, sealMeta } from '../../../src/device/device.ts';
import { handIn } from '../../../src/device/report.ts';
import { keepPhoto } from '../../../src/device/photos.ts';
import { NotSaved, saveAll } from '../../../src/device/save.ts';
import type { Doing } from '../../../src/device/save.ts';
import { openRecord } from '../../../src/device/store/record-box.ts';
import { noteAudit } from '../../../src/device/sync/audit.ts';
import { keepAnswer } from '../../../src/device/sign-in.ts';
import { runSync } from '../../../src/device/sync/run.ts';
import { httpLink } from '../../../src/device/sync/transport.ts';
import type { Link } from '../../../src/device/sync/transport.ts';
import type { Deed } from '../../../src/domain/change.ts';
import { markOf, reportsAmong } from '../../../src/domain/report/issued.ts';
import type { Scope } from '../../../src/protocol/scope.ts';
import { touchDirectory } from '../../../src/server/units/directory.ts';
import { activity } from '../../support/activity.ts';
import { noPhotos } from '../../support/phone.ts';
import { places } from '../../support/server.ts';
import { diceOf } from './dice.ts';
import type { Dice } from './dice.ts';
import { newSession, openOffice, signInAt, workers } from './office.ts';
import type { Office } from './office.ts';
import { checkAtRest, checkWhole } from './oracle.ts';
import { pictures } from './pictures.ts';
import { openNewPhone, openPhone } from './phone.ts';
import type { Phone } from './phone.ts';
import { wireOf } from './wire.ts';
import type { Wire } from './wire.ts';
import { yearOf } from './years.ts';
import type { Year } from './years.ts';

/**
 * A world in one process: the real server on real SQLite, several phones with the real engine on IndexedDB, and a link
 * between them that loses, cuts, delays, repeats and reorders. All chance comes from the seed, and one thing happens
 * at a time, so a seed that fails can be played again.
 */
export type World = {
  readonly office: Office;
  readonly phones: readonly Phone[];
  /** Phones that are gone for good; what they once sent may still arrive. */
  readonly gone: Phone[];
  readonly trace: string[];
  readonly violations: string[];
  readonly clock: () => Date;
  /** Lets time go by. */
  readonly pass: (ms: number) => void;
  /** Something happened that nothing but the daily audit can notice. */
  needsAudit: boolean;
  readonly year: Year;
  /** A copy was put back by hand: what comes in again under the same numbers may have another time of receipt. */
  putBackByHand: boolean;
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

/** Things that happen while an answer is on its way happen inside of each other so deep at the most. */
const deepest = 2;

/** Plays one seed: so many steps, then everything comes to rest and is compared. Another year than the seed's own may be asked for. */
export const play = async (seed: number, steps = 45, year = yearOf(seed)): Promise<Played> => {
  const dice = diceOf(seed);
  let time = Date.parse('2019-12-01T00:00:00Z');
  const clock = (): Date => new Date(time);
  const office = await openOffice(clock);
  const world: World = {
    office,
    phones: [],
    gone: [],
    trace: [],
    violations: [],
    clock,
    pass: (ms) => {
      time += ms;
    },
    needsAudit: false,
    year,
    putBackByHand: false,
  };
  const chosen = workers.filter(() => dice.chance(0.6)).slice(0, 6);
  const logins = world.year.logins ?? new Set(['xa1', 'huyen1', ...chosen.map(([login]) => login)]);
  for (const login of logins) {
    const phone = await openPhone(office, login, clock);
    phone.plain = world.year.isPlain;
    (world.phones as Phone[]).push(phone);
  }
  if (year.fire !== undefined) await office.backup();
  const wire = wireOf(world, dice, () => step(1 + depth));
  let depth = 0;

  const step = async (at: number): Promise<void> => {
    if (at > deepest) return;
    depth = at;
    await actOnce(world, dice, wire);
    depth = at - 1;
  };
  const before = globalThis.fetch;
  globalThis.fetch = (address, init) => wire.carry(address as string, init ?? {});
  const seal = crypto.subtle.encrypt.bind(crypto.subtle);
  crypto.subtle.encrypt = async (how, key, data) => {
    await writeInBetween(world, dice, wire, key);
    return seal(how, key, data);
  };
  try {
    for (let i = 0; i < steps; i++) await step(0);
    // So long until a server that was put back by hand once more says so.
    world.pass(7 * 3_600_000);
    // The audit mends what the protocol missed, so the protocol has to hold before it.
    for (const phone of world.phones) {
      // A wrong clock is told in every answer, and then nothing would ever be without news; and its audit would be due.
      phone.skewMs = 0;
      phone.fill(0);
      await noteAudit(phone.device);
    }
    await comeToRest(world, wire);
    if (!world.needsAudit) await checkAtRest(world);
    // Late enough for everybody’s daily audit, also by a clock that was weeks ahead.
    world.pass(60 * 86_400_000);
    await comeToRest(world, wire);
    await checkAtRest(world);
  } finally {
    globalThis.fetch = before;
    crypto.subtle.encrypt = seal;
    for (const { device } of [...world.phones, ...world.gone])
      await device.store.delete({ disableAutoOpen: false });
    await office.close();
  }
  const { trace, violations, phones } = world;
  const saved = phones.reduce((sum, phone) => sum + phone.saved.length, 0);
  return { seed, steps, ...wire.counted(), saved, violations, trace };
};

/** One thing happens somewhere. */
const actOnce = async (world: World, dice: Dice, wire: Wire): Promise<void> => {
  const { office, phones, trace, pass } = world;
  const phone = dice.one(phones);
  const what = dice.weighed(world.year.likely);
  trace.push(`${phone.login}: ${what}`);
  pass(dice.below(world.year.betweenMs));
  if (isIdle(world, phone, what)) return;
  switch (what) {
    case 'write':
      return saving(world, dice, phone, await written(phone, dice), true);
    case 'report':
      return reporting(world, dice, wire, phone);
    case 'edit':
    case 'decide': {
      const rows = await phone.device.store.record.toArray();
      if (rows.length === 0) return;
      const { id, unit } = dice.one(rows);
      const deed = what === 'edit' ? edited(world.year, unit, dice) : decided(dice);
      return saving(world, dice, phone, [{ record: id, deed }]);
    }
    case 'draft':
      return drafting(phone).catch(() => undefined);
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
    case 'photo':
      return photographing(world, dice, phone);
    case 'enrol':
      return enrolling(world, dice, wire);
    case 'signIn':
      return signingIn(world, phone);
    case 'forget': {
      // A miss that nobody notices: a browser that loses a row, a bug that skips one.
      const row = (await phone.device.store.record.toArray()).find(({ pending }) => pending === 0);
      if (row === undefined || phone.syncing) return;
      wire.fault();
      world.needsAudit = true;
      return phone.device.store.record.delete(row.id);
    }
    case 'skew':
      phone.skewMs = (dice.below(41) - 20) * 86_400_000;
      return;
    case 'plain':
      phone.plain = !phone.plain;
      return;
    case 'full':
      wire.fault();
      return phone.fill(1 + dice.below(8));
    case 'backup':
      return office.backup();
    case 'restore': {
      const { fire } = world.year;
      if (fire !== undefined && (world.putBackByHand || !(await isWorstMoment(world)))) return;
      const byTheBook = dice.chance(world.year.byTheBook);
      // It takes longer than so many people need to sign in for the first time.
      if (world.year.likely.enrol > 0) pass(600_000);
      const done = await office.restore(byTheBook);
      if (done) wire.fault();
      // By the book everybody reads again; by hand nobody does before a phone has told of more than the copy holds.
      if (done) world.needsAudit = !byTheBook;
      if (done && !byTheBook) world.putBackByHand = true;
      trace.push(done ? `  put back, ${byTheBook ? 'by the book' : 'by hand'}` : '  there is no copy');
      if (done && (byTheBook || fire?.takesPhone === true)) await losePhone(world);
      const back = phones.find(({ login }) => login === fire?.comesBack);
      if (done && back !== undefined) await syncing(world, dice, wire, back);
      return;
    }
    case 'move': {
      wire.fault();
      const unit = dice.one(places.filter(([, , level]) => level === 'commune'))[0];
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

/** Whether somebody has no signal yet, or only reads. */
const isIdle = ({ year, putBackByHand }: World, { login }: Phone, what: string): boolean => {
  if (year.fire === undefined) return false;
  if (login === year.fire.comesBack) return what === 'sync' && !putBackByHand;
  return !login.startsWith('xa') && ['write', 'edit', 'decide'].includes(what);
};

/**
 * The worst moment for a fire: one alone has handed anything in since the copy was made, another has read of it.
 */
const isWorstMoment = async ({ office, phones }: World): Promise<boolean> => {
  const stands = new Map(office.copied('writer').map(({ id, last_seq }) => [id, Number(last_seq)]));
  const records = new Set(office.copied('record').map(({ id }) => id));
  const told = ({ heard, device }: Phone): number => (heard?.upto ?? 0) - (stands.get(device.writer) ?? 0);
  const [teller, second] = phones.filter((phone) => told(phone) > 0);
  if (teller === undefined || second !== undefined) return false;
  const others = phones.filter((phone) => phone !== teller);
  const held = await Promise.all(others.map(({ device }) => device.store.record.toArray()));
  return held.flat().some(({ id, pending }) => pending === 0 && !records.has(id));
};

/** The phone that handed most in since the copy was made. */
const losesMost = async ({ office }: World, phones: readonly Phone[]): Promise<Phone | undefined> => {
  const rows = await office.db.selectFrom('writer').selectAll().execute();
  const stands = new Map(rows.map(({ id, last_seq }) => [id, last_seq]));
  const lost = ({ heard, device }: Phone): number => (heard?.upto ?? 0) - (stands.get(device.writer) ?? 0);
  return [...phones].sort((a, b) => lost(b) - lost(a))[0];
};

/**
 * A phone is gone for good in the same fire as the server: what only it knew is lost, and the others must not go on
 * showing it. The chance is one of its own, so that every other seed plays as it did.
 */
const losePhone = async (world: World): Promise<void> => {
  const { phones, gone, trace } = world;
  const idle = phones.filter((phone) => !phone.syncing && !phone.writing);
  const lost = world.year.auditsRest
    ? await losesMost(world, idle)
    : idle[trace.length % (2 * phones.length)];
  if (lost === undefined || phones.length < 3) return;
  trace.push(`  the phone of ${lost.login} is lost`);
  gone.push(...(phones as Phone[]).splice(phones.indexOf(lost), 1));
};

/** A photo is taken for a new record, or for one that is there. */
const photographing = async (world: World, dice: Dice, phone: Phone): Promise<void> => {
  const { device, saved, photos } = phone;
  const bytes = dice.one(await pictures);
  const rows = (await device.store.record.toArray()).filter(({ kind }) => kind === 'activity');
  const row = rows.length === 0 || dice.chance(0.5) ? null : dice.one(rows);
  const doings =
    row === null
      ? await written(phone, dice)
      : [{ record: row.id, deed: retitled(row.unit, `Có ảnh ${dice.below(1e6)}`) }];
  const [doing] = doings;
  if (doing === undefined || doing.deed.do !== 'save') return;
  const { record, deed } = doing;
  const held = row === null ? [] : (await openRecord(device, row)).view.fields['evidence'];
  const sha256 = await keepPhoto(device, record, bytes).catch(() => null);
  if (sha256 === null) return;
  const evidence = [
    ...((held ?? []) as readonly unknown[]),
    { kind: 'photo', caption: null, sha256, consent: true },
  ];
  const before = saved.length;
  const named = { ...deed, patch: { ...deed.patch, evidence } };
  await saving(world, dice, phone, [{ record, deed: named }], row === null);
  const [told] = saved.slice(before).filter((one) => one.deed === named);
  if (told !== undefined) photos.push({ seq: told.seq, record, sha256 });
};

const mostPhones = 7;

/** Somebody signs in on a phone for the first time, at a server that may die of it; her answer may be lost. */
const enrolling = async ({ office, phones, clock, trace }: World, dice: Dice, wire: Wire): Promise<void> => {
  if (phones.length >= mostPhones) return;
  const [login] = dice.one(workers);
  const fault = dice.weighed({ none: 14, answerLost: 3, serverDies: 3 });
  trace.push(`  a new phone of ${login}: ${fault}`);
  if (fault !== 'none') wire.fault();
  if (fault === 'serverDies') office.dieAfter(dice.below(20));
  if (fault === 'answerLost') return void (await signInAt(office, login, null));
  const phone = await openNewPhone(office, login, clock);
  if (phone !== null) (phones as Phone[]).push(phone);
};

/** Gives her PIN again. Whatever happened to the server, her phone keeps its number: under another it could hand in nothing. */
const signingIn = async ({ office, violations }: World, phone: Phone): Promise<void> => {
  const answer = await signInAt(office, phone.login, phone.credential);
  if (answer === null) return;
  const { number, credential } = answer.writer;
  if (number !== phone.device.writer || credential !== phone.credential)
    return void violations.push(`${phone.login} was ${phone.device.writer} and is ${number}`);
  await keepAnswer(phone.device, answer).catch((error: unknown) => {
    if (!phone.isStopped() && !isFullDisk(error)) throw error;
  });
  phone.session = answer.session;
};

const drafting = async ({ device }: Phone): Promise<void> =>
  void (await keepDraft(device, await newRecordId(device), 'activity', { title: 'dở dang' }));

const written = async (phone: Phone, dice: Dice): Promise<Doing[]> => {
  const unit = (await scopeOf(phone))?.me.unit ?? '';
  const record = await newRecordId(phone.device).catch(() => null);
  if (record === null) return [];
  const patch = activity({ title: `Tọa đàm số ${dice.below(1e6)}`, ...crowd(dice) });
  return [{ record, deed: { do: 'save', kind: 'activity', unit, patch } }];
};

/**
 * Somebody, mostly an officer, hands in her unit's report, for the first time or again; before that an officer reads what
 * has come and approves it, so that there is something to lock.
 */
const reporting = async (world: World, dice: Dice, wire: Wire, somebody: Phone): Promise<void> => {
  const officers = world.phones.filter(({ login }) => !login.startsWith('xa'));
  // All officers' phones may be lost by now.
  const phone = officers.length > 0 && dice.chance(0.8) ? dice.one(officers) : somebody;
  if (phone.syncing) return;
  await syncing(world, dice, wire, phone);
  if (officers.includes(phone))
    for (const { id, kind, state } of await phone.device.store.record.toArray())
      if (kind === 'activity' && state === 'submitted')
        await saving(world, dice, phone, [{ record: id, deed: { do: 'approve' } }]);
  await saving(world, dice, phone, await reported(phone, dice));
};

const reported = async (phone: Phone, dice: Dice): Promise<Doing[]> => {
  const { device } = phone;
  const type = dice.one(['year', 'year', 'year', 'campaign'] as const);
  const scope = await scopeOf(phone);
  if (scope === null) return [];
  const key = { type, year: 2019, unit: scope.me.unit };
  const held = markOf(reportsAmong(await readFacts(device)), key);
  const record = held?.id ?? (await newRecordId(device));
  const note = dice.one([null, 'Số liệu chưa đủ, sẽ bổ sung']);
  return handIn(device, scope, key, record, { own: [], narrative: [], note });
};

const scopeOf = async ({ device, account }: Phone): Promise<Scope | null> => {
  const scope = await openMeta(device, 'scope', await device.store.meta.get('scope')).catch(() => null);
  return scope?.me.account === account ? scope : null;
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

const retitled = (unit: string, title: string): Deed => ({
  do: 'save',
  kind: 'activity',
  unit,
  patch: { title },
});

const edited = ({ addsToSets, likely }: Year, unit: string, dice: Dice): Deed => {
  const patch = dice.one<Record<string, unknown>>([
    ...(addsToSets
      ? [{ hamlets: ['Thôn 1', `Thôn ${2 + dice.below(4)}`] }, { task_codes: ['II.1.a.1', 'II.1.a.3'] }]
      : []),
    ...(likely.photo > 0 ? [{ evidence: [] }] : []),
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
    { do: 'lock', report: 'bao-cao', tile: '2019B' },
  ] as const);

/** A save that goes through, is refused by the rules, or meets the moment at which the phone stops. */
const saving = async (
  world: World,
  dice: Dice,
  phone: Phone,
  doings: readonly Doing[],
  fresh = false,
): Promise<void> => {
  if (doings.length === 0) return;
  const before = await phone.lastSeq();
  if (!phone.syncing && dice.chance(0.06)) phone.stopAfter(dice.below(10));
  let isRefused = false;
  await saveAll(phone.device, doings, { fresh }).catch((error: unknown) => {
    isRefused = error instanceof NotSaved;
    if (!isRefused && !phone.isStopped() && !isFullDisk(error))
      world.violations.push(`${phone.login} could not save: ${String(error)}`);
  });
  if (phone.isStopped()) world.trace.push('  the phone stopped while saving');
  if (!phone.syncing) await phone.reopen();
  const after = await phone.lastSeq();
  if (isRefused || after === before) return;
  const first = after - doings.length + 1;
  if (first <= before) world.violations.push(`${phone.login} saved a part of what belongs together`);
  doings.forEach(({ record, deed }, i) => phone.saved.push({ seq: first + i, record, deed }));
};

const linkIn = ({ year }: World): Link =>
  year.likely.photo > 0 ? httpLink : { ...httpLink, photos: noPhotos };

const syncing = async (world: World, dice: Dice, wire: Wire, phone: Phone): Promise<void> => {
  if (phone.syncing) return void (await runSync(phone.device, linkIn(world)).catch(() => false));
  if (world.year.auditsRest)
    await noteAudit(phone.device).catch((error: unknown) => {
      if (!isFullDisk(error)) throw error;
    });
  phone.syncing = true;
  const stops = dice.chance(0.15);
  if (stops) {
    wire.fault();
    phone.stopAfter(dice.below(60));
  }
  try {
    await runSync(phone.device, linkIn(world));
  } catch (error) {
    if (!phone.isStopped() && !isFullDisk(error))
      world.violations.push(`the sync of ${phone.login} failed: ${String(error)}`);
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
  if (isIdle(world, phone, 'write') || !dice.chance(0.15)) return;
  phone.writing = true;
  // Nobody saves twice in one moment: by it a record's beginning is told from what was said later.
  world.pass(1);
  try {
    const rows = await phone.device.store.record.toArray();
    const row = rows.length === 0 || dice.chance(0.3) ? null : dice.one(rows);
    world.trace.push(`  ${phone.login} saves in the middle of her sync`);
    if (row === null) await saving(world, dice, phone, await written(phone, dice), true);
    else await saving(world, dice, phone, [{ record: row.id, deed: edited(world.year, row.unit, dice) }]);
  } catch (error) {
    if (!phone.isStopped()) throw error;
  } finally {
    phone.writing = false;
  }
};

/** Links are up, the server runs, sessions hold; everybody syncs until the server has nothing new for anybody. */
const comeToRest = async (world: World, wire: Wire): Promise<void> => {
  const { office, phones, year } = world;
  wire.calm();
  for (let i = 0; i < 20; i++) await wire.deliverLate();
  for (const phone of phones) {
    phone.plain = false;
    await phone.reopen(true);
  }
  for (let round = 0; round < mostRounds; round++) {
    const before = wire.told();
    for (const phone of phones) {
      const { account, device, credential } = phone;
      if (year.likely.enrol > 0) await signingIn(world, phone);
      else {
        const session = await newSession(office, account, device.writer);
        await device.store.meta.put(await sealMeta(device, 'keys', { session, credential }));
      }
      await runSync(device, linkIn(world));
    }
    if (wire.told() === before) return;
  }
};

const mostRounds = 8;
