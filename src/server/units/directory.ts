import { randomUUID } from 'node:crypto';
import type { Actor, Places, Role } from '../../domain/access.ts';
import { isTask } from '../../domain/guideline/tasks-2019.ts';
import type { Guideline } from '../../domain/records/guideline.ts';
import { reportsAmong } from '../../domain/report/issued.ts';
import type { ReportMark } from '../../domain/report/issued.ts';
import type { Fact } from '../../domain/report/fact.ts';
import type { Audience } from '../../domain/records/kinds.ts';
import { treeOf } from '../../domain/unit.ts';
import type { Unit, UnitTree } from '../../domain/unit.ts';
import { getMeta, setMeta } from '../sql/open.ts';
import type { Db } from '../sql/open.ts';

export type Account = Actor & { readonly login: string; readonly name: string; readonly active: boolean };

export type Feed = {
  readonly id: number;
  readonly unit: string;
  readonly audience: Audience;
};

/** Units, people and feeds as they are now. Small and read by every request, so kept in memory until one changes. */
export type Directory = {
  readonly tree: UnitTree;
  readonly accounts: ReadonlyMap<number, Account>;
  readonly feeds: readonly Feed[];
  readonly officerUnits: ReadonlySet<string>;
  /** Codes of tasks that published guidelines have added to those of 2019. */
  readonly tasks: readonly string[];
  /** The reports that close what they count. */
  readonly reports: readonly ReportMark[];
  /** The numbers to call in an emergency, where the province has set some. */
  readonly help: string | null;
};

export const placesOf = ({ tree, officerUnits }: Directory): Places => ({
  tree,
  hasOfficer: (unit) => officerUnits.has(unit),
});

const readDirectory = async (db: Db): Promise<Directory> => {
  const units = await db.selectFrom('unit').selectAll().orderBy('code').execute();
  const people = await db.selectFrom('account').selectAll().execute();
  const feeds = await db.selectFrom('feed').select(['id', 'unit', 'audience']).orderBy('id').execute();
  const accounts = people.map((row): Account => ({
    account: row.id,
    login: row.login,
    name: row.name,
    role: row.role satisfies Role,
    unit: row.unit,
    active: row.active === 1,
    restricted: row.restricted === 1,
  }));
  return {
    tree: treeOf(
      units.map((row): Unit => ({
        id: row.id,
        code: row.code,
        name: row.name,
        level: row.level,
        parent: row.parent,
        from: row.valid_from,
        to: row.valid_to,
      })),
    ),
    accounts: new Map(accounts.map((account) => [account.account, account])),
    feeds,
    tasks: await addedTasks(db),
    reports: await closingReports(db),
    help: (await getMeta(db, 'help')) ?? null,
    officerUnits: new Set(accounts.filter((a) => a.active && a.role === 'officer').map((a) => a.unit)),
  };
};

const closingReports = async (db: Db): Promise<ReportMark[]> => {
  const rows = await db.selectFrom('fact').select('fact_json').where('kind', '=', 'report').execute();
  const facts = rows.map(({ fact_json }) => JSON.parse(fact_json) as Fact);
  return reportsAmong(facts).filter(({ closes }) => closes);
};

const addedTasks = async (db: Db): Promise<string[]> => {
  const rows = await db
    .selectFrom('record')
    .select('fields_json')
    .where('kind', '=', 'guideline')
    .where('state', '!=', 'void')
    .execute();
  const codes = rows.flatMap(({ fields_json }) =>
    (JSON.parse(fields_json) as Pick<Guideline, 'tasks'>).tasks.flatMap(({ code }) => code ?? []),
  );
  return [...new Set(codes)].filter((code) => !isTask(code)).sort();
};

export type DirectoryHolder = { readonly get: () => Promise<Directory> };

/** Whoever writes a unit, a person or a feed says so here, in the same transaction; another process notices too. */
export const touchDirectory = (db: Db): Promise<void> => setMeta(db, 'directory', randomUUID());

export const directoryHolder = (db: Db): DirectoryHolder => {
  let held: { readonly mark: string | undefined; readonly directory: Directory } | null = null;
  return {
    get: async () => {
      const mark = await getMeta(db, 'directory');
      if (held === null || held.mark !== mark) held = { mark, directory: await readDirectory(db) };
      return held.directory;
    },
  };
};
