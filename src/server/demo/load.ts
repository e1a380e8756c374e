import type { Change } from '../../domain/change.ts';
import { recordId } from '../../domain/record-id.ts';
import { canonical } from '../../domain/records/canonical.ts';
import { Problem } from '../../domain/problem.ts';
import { isIsoDate } from '../../domain/typed/date.ts';
import type { About } from '../../protocol/about.ts';
import { hashSecret, newSecret } from '../access/secret.ts';
import { push } from '../feed/push.ts';
import type { Db } from '../sql/open.ts';
import { getMeta, setMeta } from '../sql/open.ts';
import { directoryHolder } from '../units/directory.ts';
import type { Account, Directory } from '../units/directory.ts';
import { addPerson } from '../units/people.ts';
import { addUnit } from '../units/write-units.ts';
import { demoActivities } from './activities.ts';
import type { DemoRecord } from './activities.ts';
import { generatedYear } from './generate.ts';
import { demoUnits } from './units.ts';

/** The day on which the demo plays until somebody sets another. */
const firstToday = '2019-12-31';

/** The commune that has a year of records, with its sisters in the same district. */
const fullYear = ['18382', '18349', '18352', '18388', '18403'];

const pin = '246810';
const unitId = (code: string): string => `demo-${code}`;

const nameOf = (code: string): string => demoUnits.find(([c]) => c === code)?.[1] ?? code;
const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
const collaboratorOf = (code: string): string => `ctv.${code}`;
const officerOf = (code: string): string => `cb.${code}`;

/** Fills an empty database with the reference province, its people and records. Everything goes in by the ordinary road. */
export const loadDemo = async (db: Db): Promise<void> => {
  const start = new Date('2019-01-01T00:00:00Z');
  for (const [code, name, level, parent] of demoUnits)
    await addUnit(db, { code, name, level, parent: parent && unitId(parent), from: null }, unitId(code));
  const add = (login: string, name: string, role: Account['role'], code: string): Promise<number> =>
    addPerson(db, { login, name, role, unit: unitId(code), pin }, start);
  await add('quantri', 'Quản trị hệ thống', 'admin', '42');
  await add(officerOf('42'), 'Cán bộ tỉnh', 'officer', '42');
  await add(`${officerOf('42')}.2`, 'Cán bộ tỉnh thứ hai', 'officer', '42');
  for (const [code, name, level] of demoUnits) {
    if (level === 'district') await add(officerOf(code), `Cán bộ ${lowerFirst(name)}`, 'officer', code);
    if (level === 'commune')
      await add(collaboratorOf(code), `Cộng tác viên ${lowerFirst(name)}`, 'collaborator', code);
  }
  const records = [...demoActivities, ...fullYear.flatMap((code, i) => generatedYear(code, 2019 + i))];
  await loadRecords(db, records);
  await setMeta(db, 'demo', 'yes');
  await setToday(db, firstToday);
};

/** A draft is only ever on its author's phone, so the one draft among the samples is not loaded. */
const loadRecords = async (db: Db, records: readonly DemoRecord[]): Promise<void> => {
  const directory = await directoryHolder(db).get();
  const writers = new Map<number, Hand>();
  for (const record of records) {
    if (record.state === 'draft') continue;
    const author = await handOf(db, directory, writers, collaboratorOf(record.unit));
    const id = await submit(db, directory, author, record);
    if (record.state === 'submitted') continue;
    const district = demoUnits.find(([code]) => code === record.unit)?.[3] ?? '42';
    await decide(db, directory, await handOf(db, directory, writers, officerOf(district)), record, id);
  }
};

/** A person with her demo writer and how far it has counted. */
type Hand = { readonly writer: number; readonly account: Account; seq: number; counter: number };

const handOf = async (
  db: Db,
  directory: Directory,
  writers: Map<number, Hand>,
  login: string,
): Promise<Hand> => {
  const account = [...directory.accounts.values()].find((a) => a.login === login);
  if (account === undefined) throw new Error(`the demo has no ${login}`);
  const held = writers.get(account.account);
  if (held !== undefined) return held;
  const { id } = await db
    .insertInto('writer')
    .values({
      account: account.account,
      credential_hash: hashSecret(newSecret()),
      device: 'demo',
      last_seq: 0,
      created_at: '2019-01-01T00:00:00Z',
      last_contact: null,
      revoked: 0,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const hand = { writer: id, account, seq: 0, counter: 0 };
  writers.set(account.account, hand);
  return hand;
};

const hours = (day: string, n: number): Date => new Date(Date.parse(`${day}T01:00:00Z`) + n * 3_600_000);

const send = async (db: Db, directory: Directory, hand: Hand, time: Date, change: Change): Promise<void> => {
  const parts = {
    db,
    directory,
    now: () => time,
    onPoison: (error: unknown) => {
      throw error;
    },
  };
  const { verdicts } = await push(parts, hand.writer, hand.account, [change]);
  if (verdicts.length > 0)
    throw new Error(`a demo record was refused: ${JSON.stringify([verdicts, change])}`);
};

const submit = async (
  db: Db,
  directory: Directory,
  hand: Hand,
  record: DemoRecord,
): Promise<{ id: string; rev: number }> => {
  const id = recordId(hand.writer, ++hand.counter);
  const time = hours((record.values['end_date'] ?? record.values['start_date']) as string, 8);
  const patch = canonical('activity', record.values);
  await send(db, directory, hand, time, {
    seq: ++hand.seq,
    record: id,
    base: 0,
    made: time.toISOString(),
    do: 'save',
    kind: 'activity',
    unit: unitId(record.unit),
    patch,
  });
  const { seq } = await db.selectFrom('record').select('seq').where('id', '=', id).executeTakeFirstOrThrow();
  return { id, rev: seq };
};

const decide = async (
  db: Db,
  directory: Directory,
  hand: Hand,
  record: DemoRecord,
  { id, rev }: { id: string; rev: number },
): Promise<void> => {
  const time = hours((record.values['end_date'] ?? record.values['start_date']) as string, 32);
  const about = { seq: ++hand.seq, record: id, base: rev, made: time.toISOString() };
  await send(
    db,
    directory,
    hand,
    time,
    record.state === 'returned'
      ? { ...about, do: 'return', note: record.comment ?? '', marks: [] }
      : { ...about, do: 'approve' },
  );
};

export const isDemo = async (db: Db): Promise<boolean> => (await getMeta(db, 'demo')) === 'yes';

/** The demo's clock runs beside the real one; this sets how far. */
export const setToday = async (db: Db, day: string): Promise<number> => {
  if (!isIsoDate(day) || day < '2000-01-01' || day > '2099-12-31')
    throw new Problem('P_BAD_REQUEST', { at: 'today' });
  const shift = Date.parse(`${day}T09:00:00+07:00`) - Date.now();
  await setMeta(db, 'demo_shift_ms', String(shift));
  return shift;
};

export const readShift = async (db: Db): Promise<number> => Number((await getMeta(db, 'demo_shift_ms')) ?? 0);

/** One account for each role, to be offered on the sign-in screen and printed at the start. */
export const demoPeople: NonNullable<About['demo']>['people'] = [
  [collaboratorOf('18382'), 'collaborator', '18382'],
  [collaboratorOf('18409'), 'collaborator', '18409'],
  [officerOf('442'), 'officer', '442'],
  [officerOf('448'), 'officer', '448'],
  [officerOf('42'), 'officer', '42'],
  ['quantri', 'admin', '42'],
].map(([login = '', role = '', code = '']) => ({
  login,
  pin,
  role,
  unit: nameOf(code),
  name: personName(role, code),
}));

function personName(role: string, code: string): string {
  if (role === 'admin') return 'Quản trị hệ thống';
  if (code === '42') return 'Cán bộ tỉnh';
  return role === 'officer'
    ? `Cán bộ ${lowerFirst(nameOf(code))}`
    : `Cộng tác viên ${lowerFirst(nameOf(code))}`;
}
