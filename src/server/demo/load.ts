import type { Change, Deed } from '../../domain/change.ts';
import { recordId } from '../../domain/record-id.ts';
import { canonical } from '../../domain/records/canonical.ts';
import { kinds } from '../../domain/records/kinds.ts';
import type { Kind } from '../../domain/records/kinds.ts';
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
import { demoModels } from './models.ts';
import type { DemoModel } from './models.ts';
import { demoPlans } from './plans.ts';
import { demoTrainings } from './trainings.ts';
import { demoUnits } from './units.ts';

/** The day on which the demo plays until somebody sets another. */
const firstToday = '2019-12-31';

/** Models are older than the demo; their cards were handed in on this day. */
const firstDay = '2019-01-05';

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

/** The plan of the action month was handed in on this day. */
const plannedOn = '2019-10-28';

/** Which item of the plan a record carries out: the one of its unit and form. */
const planKey = ({ unit, values }: DemoRecord): string => `${unit} ${String(values['form'])}`;

/** One record of the demo on its way in: whose, of which kind, when, and how its review went. */
type Entry = DemoRecord & { readonly kind: Kind; readonly on: string };

/** The kinds of records by the day on which they were handed in: their last one. */
const entry = (kind: Kind, record: DemoRecord): Entry => {
  const { startDate, endDate } = kinds[kind];
  const on = record.values[endDate ?? ''] ?? record.values[startDate ?? ''];
  return { ...record, kind, on: typeof on === 'string' && on > firstDay ? on : firstDay };
};

/** A draft is only ever on its author's phone, so the drafts among the samples are not loaded. */
const loadRecords = async (db: Db, activities: readonly DemoRecord[]): Promise<void> => {
  const demo: Loading = { db, directory: await directoryHolder(db).get(), hands: new Map() };
  const plans = new Map<string, string>();
  for (const record of demoPlans) {
    const id = await enter(demo, { ...entry('plan', record), on: plannedOn });
    if (id !== null) plans.set(planKey(record), id);
  }
  for (const record of activities) {
    const plan = record.values['campaign_year'] === null ? undefined : plans.get(planKey(record));
    await enter(demo, entry('activity', { ...record, values: { ...record.values, plan } }));
  }
  for (const record of demoTrainings) await enter(demo, entry('training', record));
  for (const model of demoModels) await enterModel(demo, model);
};

const enterModel = async (demo: Loading, model: DemoModel): Promise<void> => {
  const { effectiveness, replicate_proposed, ...card } = model.values;
  const id = await enter(demo, entry('model', { ...model, values: card }));
  if (id === null) return;
  if (effectiveness !== undefined)
    await assess(demo, model, id, { effectiveness, replicate_proposed: replicate_proposed ?? false });
  const { unit, state } = model;
  const of = { model: id, model_type: card['model_type'] };
  if (model.status !== undefined)
    await enter(demo, entry('model_status', { unit, state, values: { ...of, ...model.status } }));
  for (const { values, support } of model.periods) {
    const figures = entry('model_period', { unit, state, values: { ...of, ...values } });
    const period = await enter(demo, figures);
    const given = { period, model_type: of.model_type, ...support };
    await enter(demo, { ...figures, kind: 'model_support', values: given });
  }
};

type Loading = { readonly db: Db; readonly directory: Directory; readonly hands: Map<number, Hand> };

const reviewerOfDemo = ({ unit }: DemoRecord): string =>
  officerOf(demoUnits.find(([code]) => code === unit)?.[3] ?? '42');

const handFor = ({ db, directory, hands }: Loading, login: string): Promise<Hand> =>
  handOf(db, directory, hands, login);

/** Hands a record in and has it decided; returns its id, null for a draft. */
const enter = async (demo: Loading, record: Entry): Promise<string | null> => {
  if (record.state === 'draft') return null;
  const author = await handFor(demo, collaboratorOf(record.unit));
  const id = recordId(author.writer, ++author.counter);
  const { kind, unit } = record;
  const patch = canonical(kind, record.values);
  const deed = { do: 'save', kind, unit: unitId(unit), patch } as const;
  await send(demo, author, hours(record.on, 8), id, 0, deed);
  if (record.state !== 'submitted') await decide(demo, record, id);
  return id;
};

const decide = async (demo: Loading, record: Entry, id: string): Promise<void> => {
  const hand = await handFor(demo, reviewerOfDemo(record));
  const deed: Deed =
    record.state === 'returned' ? { do: 'return', note: record.comment ?? '', marks: [] } : { do: 'approve' };
  await send(demo, hand, hours(record.on, 32), id, await revOf(demo, id), deed);
};

const assess = async (
  demo: Loading,
  record: DemoRecord,
  id: string,
  patch: Record<string, unknown>,
): Promise<void> => {
  const hand = await handFor(demo, reviewerOfDemo(record));
  const deed = { do: 'save', kind: 'model', unit: unitId(record.unit), patch } as const;
  await send(demo, hand, hours(firstToday, 0), id, await revOf(demo, id), deed);
};

const revOf = async ({ db }: Loading, id: string): Promise<number> =>
  (await db.selectFrom('record').select('seq').where('id', '=', id).executeTakeFirstOrThrow()).seq;

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

const send = async (
  { db, directory }: Loading,
  hand: Hand,
  time: Date,
  record: string,
  base: number,
  deed: Deed,
): Promise<void> => {
  const parts = {
    db,
    directory,
    now: () => time,
    onPoison: (error: unknown) => {
      throw error;
    },
  };
  const change: Change = { seq: ++hand.seq, record, base, made: time.toISOString(), ...deed };
  const { verdicts } = await push(parts, hand.writer, hand.account, [change]);
  if (verdicts.length > 0)
    throw new Error(`a demo record was refused: ${JSON.stringify([verdicts, change])}`);
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
