import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import * as z from 'zod/mini';
import { Problem } from '../../domain/problem.ts';
import { newPersonSchema } from '../../protocol/admin.ts';
import type { NewPerson } from '../../protocol/admin.ts';
import { StartError, databaseFile, readConfig, refuseForeignFile } from '../config.ts';
import { openSqlite, setMeta } from '../sql/open.ts';
import type { Db } from '../sql/open.ts';
import { touchDirectory } from '../units/directory.ts';
import { backup, restore } from './backup.ts';
import { addPerson } from '../units/people.ts';
import { addUnit, importUnits } from '../units/write-units.ts';

/** The command line for whoever installs the server: npm run admin -- <command>. */
const usage = `npm run admin -- <command>

  init --code 42 --name "Tỉnh Hà Tĩnh" --login quantri --pin 123456
      sets up the province and its first administrator; on an empty database only
  units --file units.csv [--dry]
      adds units from a CSV with the columns code, name, level, parent_code
      (level is province, district, commune or department)
  person --login ctv.xa --name "Cộng tác viên xã …" --role collaborator --unit 18382 --pin 123456
      adds a person (role: collaborator, officer or admin) to the unit with that code; with --restricted an
      officer sees the shelters and exact support figures below her also where another officer reviews them
  people
      lists the people and their units
  backup --to FOLDER
      copies the database and the photos, also while the server runs; the phones then know what is safe
  restore --from FOLDER
      puts a backup into an empty DATA_DIR; the phones hand in again what it lacks
  help --numbers "113, 111 (trẻ em), 0239 …"
      sets whom to call in an emergency, as every model form shows it

It works on the folder in DATA_DIR (./data unless set), also while the server runs.`;

type Options = Readonly<Record<string, string | boolean | undefined>>;

const need = (options: Options, name: string): string => {
  const value = options[name];
  if (typeof value !== 'string' || value.trim() === '')
    throw new StartError(`--${name} is missing.\n\n${usage}`);
  return value.trim();
};

const init = async (db: Db, options: Options): Promise<string> => {
  const any = await db.selectFrom('unit').select('id').executeTakeFirst();
  if (any !== undefined)
    throw new StartError('This database is set up already; add people with: npm run admin -- person');
  const [code, name] = [need(options, 'code'), need(options, 'name')];
  const admin = readPerson({
    login: need(options, 'login'),
    pin: need(options, 'pin'),
    name: 'Quản trị hệ thống',
    role: 'admin',
    unit: '',
    restricted: false,
  });
  const unit = await addUnit(db, { code, name, level: 'province', parent: null, from: null });
  await addPerson(db, { ...admin, unit }, new Date());
  return `${name} is set up. Sign in as ${admin.login} to add units and people, or go on here with: npm run admin -- units`;
};

const units = async (db: Db, options: Options): Promise<string> => {
  const dry = options['dry'] === true;
  const result = await importUnits(db, readFileSync(need(options, 'file'), 'utf8'), dry);
  const errors = result.errors.map(
    ({ line, code, value }) => `  line ${line}: ${importErrors[code] ?? code} "${value}"`,
  );
  if (errors.length > 0) throw new StartError(['Nothing was added:', ...errors].join('\n'));
  return `${dry ? 'Would add' : 'Added'} ${result.added} units; ${result.unchanged} were there already.`;
};

const importErrors: Readonly<Record<string, string>> = {
  I_CODE: 'the code is missing or too long',
  I_NAME: 'the name is missing or too long',
  I_LEVEL: 'the level is not province, district, commune or department',
  I_PARENT: 'no unit with this parent_code comes before it',
};

const person = async (db: Db, options: Options): Promise<string> => {
  const code = need(options, 'unit');
  const unit = await db
    .selectFrom('unit')
    .select(['id', 'name'])
    .where('code', '=', code)
    .where('valid_to', 'is', null)
    .executeTakeFirst();
  if (unit === undefined) throw new StartError(`There is no unit with the code ${code}.`);
  const fresh = readPerson({
    login: need(options, 'login'),
    name: need(options, 'name'),
    role: need(options, 'role'),
    pin: need(options, 'pin'),
    unit: unit.id,
    restricted: options['restricted'] === true,
  });
  await addPerson(db, fresh, new Date());
  return `${fresh.login} may now sign in for ${unit.name}.`;
};

const readPerson = (typed: Readonly<Record<keyof NewPerson, string | boolean>>): NewPerson => {
  const parsed = newPersonSchema.safeParse(typed);
  if (parsed.success) return parsed.data;
  const at = String(parsed.error.issues[0]?.path[0]);
  const rules: Readonly<Record<string, string>> = {
    login: 'a login has 3 to 40 letters a-z, digits, dots or dashes',
    name: 'a name has 2 to 80 characters',
    role: 'a role is collaborator, officer or admin',
    pin: 'a PIN has 6 digits',
  };
  throw new StartError(`--${at} is not right: ${rules[at] ?? at}.`);
};

const people = async (db: Db): Promise<string> => {
  const rows = await db
    .selectFrom('account')
    .innerJoin('unit', 'unit.id', 'account.unit')
    .select(['account.login', 'account.name', 'account.role', 'account.active', 'unit.name as unit'])
    .orderBy('account.login')
    .execute();
  return rows
    .map((row) => [row.login, row.role, row.unit, row.name, row.active ? '' : '(closed)'].join('\t'))
    .join('\n');
};

const help = async (db: Db, options: Options): Promise<string> => {
  const numbers = need(options, 'numbers');
  if (numbers.length > longestHelp) throw new StartError(`--numbers has at most ${longestHelp} characters.`);
  await setMeta(db, 'help', numbers.normalize('NFC'));
  await touchDirectory(db);
  return `Model forms now say: ${numbers}`;
};

const longestHelp = 200;

const commands: Readonly<Record<string, (db: Db, options: Options) => Promise<string>>> = {
  init,
  units,
  person,
  people,
  help,
  restore: () => Promise.reject(new StartError(usage)),
  backup: (db, options) => backup(db, need(options, 'to'), readConfig(process.env).dataDir),
};

const readOptions = (): { command: string | undefined; options: Options } => {
  const text = { type: 'string' } as const;
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      code: text,
      name: text,
      login: text,
      pin: text,
      role: text,
      unit: text,
      file: text,
      numbers: text,
      dry: { type: 'boolean' },
      restricted: { type: 'boolean' },
      to: text,
      from: text,
    },
  });
  return { command: positionals[0], options: values };
};

const run = async (): Promise<void> => {
  const { command, options } = readOptions();
  const action = commands[command ?? ''];
  if (action === undefined) throw new StartError(usage);
  const file = databaseFile(readConfig(process.env).dataDir);
  refuseForeignFile(file);
  if (command === 'restore') return console.log(await restore(need(options, 'from'), dirname(file)));
  const db = await openSqlite(file);
  try {
    console.log(await action(db, options));
  } finally {
    await db.destroy();
  }
};

const plain = (error: unknown): unknown => {
  if (error instanceof StartError) return error.message;
  if (error instanceof Problem)
    return error.code === 'P_TAKEN'
      ? `This ${String(error.details['field'])} is taken already.`
      : `Not possible: ${error.code} ${JSON.stringify(error.details)}`;
  return error instanceof z.core.$ZodError || error instanceof Error ? (error as Error).message : error;
};

await run().catch((error: unknown) => {
  console.error(plain(error));
  process.exit(1);
});
