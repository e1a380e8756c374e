import { randomUUID } from 'node:crypto';
import Papa from 'papaparse';
import { Problem } from '../../domain/problem.ts';
import { audiences } from '../../domain/records/kinds.ts';
import { isWithin, mayLieUnder, unitCodeMost, unitLevels, unitNameMost } from '../../domain/unit.ts';
import type { UnitLevel } from '../../domain/unit.ts';
import type { NewUnit, UnitImportResult } from '../../protocol/admin.ts';
import type { Db } from '../sql/open.ts';
import { touchDirectory } from './directory.ts';
import type { Account, Directory } from './directory.ts';

/** Adds a unit with its feeds; returns its id. Ids are ours and never reused; codes are reused over the years. */
export const addUnit = async (db: Db, unit: NewUnit, id: string = randomUUID()): Promise<string> =>
  db.transaction().execute(async (tx) => {
    const same = await tx
      .selectFrom('unit')
      .select('id')
      .where('code', '=', unit.code)
      .where('level', '=', unit.level)
      .where('valid_to', 'is', null)
      .executeTakeFirst();
    if (same !== undefined) throw new Problem('P_TAKEN', { field: 'code' });
    const parent =
      unit.parent === null
        ? null
        : await tx.selectFrom('unit').select('level').where('id', '=', unit.parent).executeTakeFirst();
    if (parent === undefined) throw new Problem('P_BAD_REQUEST', { at: 'parent' });
    if (!mayLieUnder(unit.level, parent?.level ?? null)) throw new Problem('P_BAD_REQUEST', { at: 'level' });
    await insertUnit(tx, id, unit);
    await touchDirectory(tx);
    return id;
  });

const insertUnit = async (
  tx: Db,
  id: string,
  { code, name, level, parent, from }: NewUnit,
): Promise<void> => {
  await tx
    .insertInto('unit')
    .values({ id, code, name, level, parent, valid_from: from, valid_to: null })
    .execute();
  await tx
    .insertInto('feed')
    .values(audiences.map((audience) => ({ unit: id, audience, seq: 0 })))
    .execute();
};

/** An administrator works on the units below hers; only who stands at the top may add a new top. */
export const within =
  (who: Account, { tree }: Directory) =>
  (unit: string | null): boolean =>
    unit === null ? tree.get(who.unit)?.parent === null : isWithin(tree, unit, who.unit);

export const addUnitAs = (db: Db, who: Account, directory: Directory, unit: NewUnit): Promise<string> => {
  if (!within(who, directory)(unit.parent)) throw new Problem('P_NOT_YOURS');
  return addUnit(db, unit);
};

type CsvRow = { line: number; code: string; name: string; level: string; parent_code: string };
type ImportError = UnitImportResult['errors'][number];

const columns = ['code', 'name', 'level', 'parent_code'] as const;

const readCsv = (csv: string): CsvRow[] => {
  // Without one the table is split by what it holds most of: a spreadsheet set to Vietnamese writes semicolons.
  const { data, errors } = Papa.parse<string[]>(csv.replace(/^\uFEFF/, ''), { delimiter: '' });
  const broken = errors.find(({ type }) => type === 'Quotes');
  if (broken !== undefined) throw new Problem('P_BAD_REQUEST', { at: 'csv', message: broken.message });
  const [heading = [], ...lines] = data.map((cells) => cells.map((cell) => cell.trim()));
  const missing = columns.find((column) => !heading.includes(column));
  if (missing !== undefined) throw new Problem('P_BAD_REQUEST', { at: missing });
  return lines
    .map((cells, i) => {
      const cell = (name: (typeof columns)[number]): string => cells[heading.indexOf(name)] ?? '';
      return {
        line: i + 2,
        code: cell('code'),
        name: cell('name').normalize('NFC').replace(/\s+/gu, ' '),
        level: cell('level'),
        parent_code: cell('parent_code'),
      };
    })
    .filter(({ line }) => lines[line - 2]?.some((cell) => cell !== ''));
};

/**
 * Adds the units of a CSV (code, name, level, parent_code) that are not there yet. A row with an error is listed by
 * its line and stops the import as a whole, so that a half-read tree never comes about; `dry` only looks.
 */
export const importUnits = async (
  db: Db,
  csv: string,
  dry: boolean,
  mayHold: (parent: string | null) => boolean = () => true,
): Promise<UnitImportResult> => {
  const rows = readCsv(csv);
  const held = await db
    .selectFrom('unit')
    .select(['id', 'code', 'level', 'name'])
    .where('valid_to', 'is', null)
    .execute();
  const byCode = new Map(held.map((unit) => [unit.code, unit.id]));
  const levels = new Map(held.map((unit) => [unit.code, unit.level]));
  const errors: ImportError[] = [];
  const fresh: (CsvRow & { id: string })[] = [];
  for (const row of rows) {
    const error = errorOf(row, levels);
    const parent = byCode.get(row.parent_code) ?? null;
    const isNew = error === null && !byCode.has(row.code);
    // A row that hangs on another new row is where that one is.
    const allowed = !isNew || fresh.some(({ id }) => id === parent) || mayHold(parent);
    if (error !== null) errors.push(error);
    else if (!allowed) errors.push({ line: row.line, code: 'I_PARENT', value: row.parent_code });
    else if (!byCode.has(row.code)) {
      const id = randomUUID();
      byCode.set(row.code, id);
      levels.set(row.code, row.level as UnitLevel);
      fresh.push({ ...row, id });
    }
  }
  const result = { added: fresh.length, unchanged: rows.length - fresh.length - errors.length, errors };
  if (dry || errors.length > 0) return { ...result, added: errors.length > 0 ? 0 : fresh.length };
  await db.transaction().execute(async (tx) => {
    for (const { id, code, name, level, parent_code } of fresh) {
      const parent = parent_code === '' ? null : (byCode.get(parent_code) ?? null);
      await insertUnit(tx, id, { code, name, level: level as UnitLevel, parent, from: null });
    }
    await touchDirectory(tx);
  });
  return result;
};

const errorOf = (row: CsvRow, known: ReadonlyMap<string, UnitLevel>): ImportError | null => {
  const error = (code: string, value: string): ImportError => ({ line: row.line, code, value });
  if (row.code === '' || row.code.length > unitCodeMost) return error('I_CODE', row.code);
  if (row.name.length < 2 || row.name.length > unitNameMost) return error('I_NAME', row.name);
  if (!(unitLevels as readonly string[]).includes(row.level)) return error('I_LEVEL', row.level);
  if (row.parent_code !== '' && !known.has(row.parent_code)) return error('I_PARENT', row.parent_code);
  const parent = row.parent_code === '' ? null : (known.get(row.parent_code) ?? null);
  if (parent === null && row.level !== 'province') return error('I_PARENT', '');
  return mayLieUnder(row.level as UnitLevel, parent) ? null : error('I_LEVEL', row.level);
};
