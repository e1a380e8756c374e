import { openMeta } from '../../../src/device/device.ts';
import { openNotice, openRecord } from '../../../src/device/store/record-box.ts';
import type { RecordState } from '../../../src/domain/change.ts';
import { fromRow } from '../../../src/server/feed/stored-record.ts';
import { places } from '../../support/server.ts';
import type { Phone } from './phone.ts';
import type { World } from './world.ts';

/** What must hold when everything has come to rest. It knows the protocol's promises and none of its code. */

export type Reader = { readonly role: string; readonly unit: string };

const parents = new Map<string, string | null>(places.map(([id, , , parent]) => [id, parent]));

/** A collaborator reads her unit, an officer her unit and all below it. */
export const mayRead = ({ role, unit }: Reader, of: string): boolean => {
  if (role === 'collaborator') return unit === of;
  for (let at: string | null | undefined = of; at !== null && at !== undefined; at = parents.get(at))
    if (at === unit) return true;
  return false;
};

/** Words are the unit's own; an officer decides on what she may read, and the unit may take its own back. */
const mayDo = (author: Reader, deed: string, of: string): boolean => {
  const own = author.unit === of;
  const decides = author.role !== 'collaborator' && mayRead(author, of);
  return deed === 'save' ? own : deed === 'void' ? own || decides : decides;
};

/**
 * Everything that a writer's request brought, above the number she stood at: what is in force she had the right to do at that
 * moment, as far as role and unit go, and nothing of it, in force or not, is kept among what she may not read.
 */
export const checkWritten = async (
  { office, violations }: World,
  writer: number,
  above: number,
): Promise<void> => {
  const rows = await office.db
    .selectFrom('change')
    .innerJoin('feed', 'feed.id', 'change.feed')
    .innerJoin('account', 'account.id', 'change.account')
    .select(['change.seq', 'verdict', 'deed_json', 'feed.unit as of', 'account.unit', 'role', 'login'])
    .where('writer', '=', writer)
    .where('change.seq', '>', above)
    .execute();
  for (const { seq, verdict, deed_json, of, ...author } of rows) {
    const { do: deed } = JSON.parse(deed_json) as { do?: string };
    if (!mayRead(author, of) || (verdict === 'applied' && !mayDo(author, deed ?? '', of)))
      violations.push(`change ${seq} of ${author.login}, of ${author.unit}: ${deed} ${verdict} in ${of}`);
  }
};

/** A value whose keys stand in order, without those that hold nothing: to be compared as text. */
export const ordered = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(ordered)
    : typeof value === 'object' && value !== null
      ? Object.fromEntries(
          Object.entries(value)
            .filter(([, inner]) => inner !== undefined)
            .sort(([a], [b]) => (a < b ? -1 : 1))
            .map(([key, inner]) => [key, ordered(inner)]),
        )
      : value;

/** Without the times of receipt, which a copy that was put back by hand gives anew where nobody had heard of the first ones. */
const untimed = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value ?? null, (key, inner: unknown) => (key === 'at' ? undefined : inner)));

const same = (a: unknown, b: unknown): boolean => JSON.stringify(ordered(a)) === JSON.stringify(ordered(b));

export const checkAtRest = async (world: World): Promise<void> => {
  const truth = await readTruth(world);
  await checkCounters(world, truth);
  checkLocks(world, truth);
  for (const phone of world.phones) {
    await checkHandedIn(world, phone);
    await checkContent(world, phone, truth);
    // Of a photo that a copy lacks nobody is told, where nothing else gives that copy away.
    if (!world.needsAudit) await checkPhotos(world, phone, truth);
  }
};

/** A photo that a record names has arrived, and she is told so; that of words which were refused is still on her phone. */
const checkPhotos = async (
  { office, violations }: World,
  { login, photos, device }: Phone,
  truth: Truth,
): Promise<void> => {
  for (const { seq, record, sha256 } of photos) {
    const evidence = (truth.get(record)?.record.fields['evidence'] ?? []) as readonly { sha256: string }[];
    const isNamed = evidence.some((photo) => photo.sha256 === sha256);
    const held = await device.store.photo.get([record, sha256]);
    const told = await device.store.notice.get(seq);
    if (isNamed && !(await office.photos.offset(`${record}.${sha256}`)).complete)
      violations.push(`a photo of ${record} on ${login} (${held?.lane}) has not arrived`);
    if (isNamed && held?.lane !== 'received')
      violations.push(`a photo of ${record} on ${login} is ${held?.lane}, and the server names it`);
    if (told !== undefined && held === undefined)
      violations.push(`a photo of ${record} is gone from ${login}, with words that were refused`);
  }
};

/** What is locked is locked by a report that the server has. */
const checkLocks = ({ violations }: World, truth: Truth): void => {
  for (const [id, { record }] of truth) {
    if (record.state !== 'locked') continue;
    const report = record.events.findLast((event) => event.do === 'lock' && event.lost !== true)?.report;
    if (truth.get(report ?? '')?.record.kind !== 'report')
      violations.push(`${id} is locked by ${report}, which is no report`);
  }
};

type Truth = ReadonlyMap<string, { readonly feed: number; readonly record: RecordState }>;

const readTruth = async ({ office }: World): Promise<Truth> => {
  const rows = await office.db.selectFrom('record').selectAll().execute();
  return new Map(rows.map((row) => [row.id, fromRow(row)]));
};

/** Every change that she was told is saved is on the server exactly once, or set aside with its reason and her words. */
const checkHandedIn = async ({ office, violations }: World, phone: Phone): Promise<void> => {
  const { store, writer } = phone.device;
  const left = await store.outbox.toArray();
  if (left.length > 0) violations.push(`${phone.login} still has ${left.length} changes waiting`);
  const rows = await office.db.selectFrom('change').selectAll().where('writer', '=', writer).execute();
  const made = await phone.lastSeq();
  if (rows.length !== made)
    violations.push(`${phone.login} made ${made} changes, the server has ${rows.length}`);
  for (const { seq, record, deed } of phone.saved) {
    const mine = rows.filter((row) => row.seq === seq);
    const [row] = mine;
    if (mine.length !== 1 || row === undefined) {
      violations.push(`change ${seq} of ${phone.login} is on the server ${mine.length} times`);
      continue;
    }
    if (row.record !== record) violations.push(`change ${seq} of ${phone.login} is about another record`);
    if (row.code === 'E_FORK' || row.code === 'E_INTERNAL')
      violations.push(`change ${seq} of ${phone.login}: ${row.code}`);
    const kept = JSON.parse(row.deed_json) as { do: string; patch?: Record<string, unknown> };
    const whole = deed.do === 'save' ? deed.patch : null;
    // Of what it refuses the server may keep nothing; of what holds, every word.
    if (row.verdict === 'applied' && (kept.do !== deed.do || (whole !== null && !same(kept.patch, whole))))
      violations.push(`change ${seq} of ${phone.login} says other words on the server`);
    const notice = await store.notice.get(seq);
    if (row.verdict === 'applied') {
      if (notice !== undefined)
        violations.push(`change ${seq} of ${phone.login} holds, and she is told it does not`);
      continue;
    }
    // What could not be locked is told of by the report that counts it, all at once and not one by one.
    if (deed.do === 'lock') {
      if (notice !== undefined) violations.push(`change ${seq} of ${phone.login}: told of a single lock`);
      continue;
    }
    if (notice === undefined) {
      violations.push(
        `change ${seq} of ${phone.login} was ${row.verdict} (${row.code}), and she was not told`,
      );
      continue;
    }
    if (notice.verdict !== row.verdict || notice.code !== row.code)
      violations.push(
        `change ${seq} of ${phone.login} was ${row.verdict}, and she was told ${notice.verdict}`,
      );
    const words = await openNotice(phone.device, notice);
    if (words.do !== deed.do) violations.push(`the notice of change ${seq} of ${phone.login} lost her words`);
  }
};

/**
 * At every moment: what a phone counts as waiting is what waits in its outbox, nothing waits that it was told has been
 * decided, and it shows no part of a record.
 */
export const checkWhole = async ({ violations }: World, { login, device, heard }: Phone): Promise<void> => {
  const { record, outbox } = device.store;
  const [rows, changes] = await Promise.all([record.toArray(), outbox.orderBy('seq').toArray()]);
  const [first] = changes;
  if (first !== undefined && heard !== null && first.seq <= heard.upto)
    violations.push(
      `${login} lets change ${first.seq} wait, and was told that all up to ${heard.upto} are decided`,
    );
  for (const row of rows) {
    const { id, pending, kind } = row;
    if (pending !== changes.filter((change) => change.record === id).length)
      violations.push(`${id} counts ${pending} waiting changes on ${login}, and others wait`);
    const { view } = await openRecord(device, row);
    // Every activity here has a day, and nobody takes it away.
    if (kind === 'activity' && typeof view.fields['start_date'] !== 'string')
      violations.push(`${login} shows a part of ${id}`);
  }
};

/** What a phone shows is what the server holds of everything that its person may read, and nothing else. */
const checkContent = async (
  { office, violations, putBackByHand }: World,
  phone: Phone,
  truth: Truth,
): Promise<void> => {
  const reader = await office.db
    .selectFrom('account')
    .select(['role', 'unit'])
    .where('id', '=', phone.account)
    .executeTakeFirstOrThrow();
  const scope = await openMeta(phone.device, 'scope', await phone.device.store.meta.get('scope'));
  if (scope?.me.unit !== reader.unit)
    violations.push(`${phone.login} does not know that her unit is another`);
  const rows = await phone.device.store.record.toArray();
  const held = new Map(rows.map((row) => [row.id, row]));
  for (const [id, { record }] of truth) {
    const row = held.get(id);
    if (!mayRead(reader, record.unit)) {
      if (row !== undefined) violations.push(`${phone.login} keeps ${id}, which is not hers to read`);
      continue;
    }
    if (row === undefined) {
      violations.push(`${phone.login} lacks ${id}`);
      continue;
    }
    const { view } = await openRecord(phone.device, row);
    if (row.pending !== 0) violations.push(`${id} counts as waiting on ${phone.login}`);
    const revs = view.events.map(({ rev }) => rev);
    if (revs.some((rev, i) => rev <= (revs[i - 1] ?? 0)) || (revs.at(-1) ?? 0) > view.rev)
      violations.push(`the history of ${id} on ${phone.login} goes ${revs.join(', ')} up to ${view.rev}`);
    if (row.state !== record.state) violations.push(`${id} is listed as ${row.state} on ${phone.login}`);
    for (const part of Object.keys(record) as (keyof RecordState)[])
      if (
        !same(view[part], record[part]) &&
        !(putBackByHand && same(untimed(view[part]), untimed(record[part])))
      )
        violations.push(
          `${id} differs on ${phone.login} in ${part}: ${JSON.stringify(view[part])} instead of ${JSON.stringify(record[part])}`,
        );
  }
  for (const id of held.keys())
    if (!truth.has(id)) violations.push(`${phone.login} shows ${id}, which the server lacks`);
};

/** Fields of what is written here in which two people's words stand side by side. */
const sets = ['hamlets', 'task_codes', 'evidence'];

/** Counters and records are what the changes alone amount to. */
const checkCounters = async ({ office, violations }: World, truth: Truth): Promise<void> => {
  const { db } = office;
  const feeds = new Map((await db.selectFrom('feed').selectAll().execute()).map((feed) => [feed.id, feed]));
  const changes = await db.selectFrom('change').selectAll().orderBy('rev').execute();
  const writers = await db.selectFrom('writer').selectAll().execute();
  for (const { id, last_seq } of writers) {
    const seqs = changes.filter(({ writer }) => writer === id).map(({ seq }) => seq);
    if (
      !same(
        [...seqs].sort((a, b) => a - b),
        Array.from({ length: last_seq }, (_, i) => i + 1),
      )
    )
      violations.push(`writer ${id} stands at ${last_seq} and has ${seqs.length} changes`);
  }
  for (const [id, { feed, record }] of truth) {
    const mine = changes.filter((change) => change.record === id && change.feed === feed);
    const told = mine.filter(({ verdict }) => verdict === 'applied' || verdict === 'late');
    if (record.rev !== told.at(-1)?.rev)
      violations.push(`${id} stands at ${record.rev} after ${told.at(-1)?.rev}`);
    if (record.rev > (feeds.get(feed)?.seq ?? 0)) violations.push(`${id} is ahead of its feed`);
    if (record.events.length !== told.length)
      violations.push(`${id} has ${record.events.length} events of ${told.length} changes`);
    const applied = mine.filter(({ verdict }) => verdict === 'applied');
    let fields: Record<string, unknown> = {};
    let state = '';
    for (const { deed_json } of applied) {
      const deed = JSON.parse(deed_json) as { do: string; patch?: Record<string, unknown> };
      fields = { ...fields, ...deed.patch };
      state =
        { save: 'submitted', approve: 'approved', return: 'returned', void: 'void', lock: 'locked' }[
          deed.do
        ] ?? '';
    }
    for (const name of sets) {
      // What others had added stands beside what was said last.
      const [held, said] = [record.fields[name], fields[name]] as [unknown[], unknown[]];
      if (said?.some((item) => !held.some((one) => same(one, item))))
        violations.push(`${id} lacks some of ${name}`);
      fields[name] = held;
    }
    if (!same(record.fields, fields)) violations.push(`${id} is not what its changes amount to`);
    if (record.state !== state) violations.push(`${id} is ${record.state}, its changes say ${state}`);
  }
};
