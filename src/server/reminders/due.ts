import { dueDay, dueRole } from '../../domain/guideline/year.ts';
import type { Guideline } from '../../domain/records/guideline.ts';
import type { RecordState } from '../../domain/change.ts';
import { figure } from '../../domain/report/fact.ts';
import { timesCarriedOut } from '../../domain/report/board.ts';
import { reportsAmong } from '../../domain/report/issued.ts';
import { remindersOf } from '../../domain/reminders.ts';
import { addDays } from '../../domain/typed/date.ts';
import { getMeta, setMeta } from '../sql/open.ts';
import type { Db } from '../sql/open.ts';
import type { Directory } from '../units/directory.ts';
import { factsFor } from '../report/facts.ts';

/** Who is to be reminded of something today: of what is returned, planned, or due. The words are the phone's. */

/** So long before a deadline it is worth a notification; the first page names it every day. */
const deadlineDays = [14, 7, 3, 1, 0];

/** The accounts that are to be reminded today, of those that have a phone which may be woken. */
export const dueToday = async (db: Db, directory: Directory, today: string): Promise<number[]> => {
  const rows = await db
    .selectFrom('push_address')
    .innerJoin('writer', 'writer.id', 'push_address.writer')
    .select('writer.account')
    .distinct()
    .execute();
  const guideline = await guidelineOf(db, Number(today.slice(0, 4)));
  const due: number[] = [];
  for (const { account } of rows) {
    const who = directory.accounts.get(account);
    if (who === undefined || !who.active) continue;
    const returned = await db
      .selectFrom('record')
      .select((e) => e.fn.countAll<number>().as('n'))
      .where('unit', '=', who.unit)
      .where('state', '=', 'returned')
      .executeTakeFirstOrThrow();
    const year = { from: `${today.slice(0, 4)}-01-01`, to: `${today.slice(0, 4)}-12-31` };
    const facts = await factsFor(db, who, directory, [who.unit], [year]);
    const level = directory.tree.get(who.unit)?.level ?? 'commune';
    const times = timesCarriedOut(facts);
    const reminders = remindersOf({
      role: who.role,
      today,
      oldestUnsent: null,
      returned: Number(returned.n),
      dueOf: (report, of) => dueDay(guideline, dueRole(level), report, of),
      handedIn: reportsAmong(facts)
        .filter(({ state }) => state !== 'returned')
        .map(({ type }) => type),
      plan: facts
        .filter(({ kind, state, from }) => kind === 'plan' && state !== 'void' && from <= addDays(today, 1))
        .map((fact) => ({
          id: fact.id,
          title: '',
          from: fact.from,
          done: (times.get(fact.id) ?? 0) >= Math.max(1, figure(fact, 'quantity')),
        })),
    });
    if (reminders.some((reminder) => reminder.what !== 'deadline' || deadlineDays.includes(reminder.days)))
      due.push(account);
  }
  return due;
};

/** The guideline that was published for a year; of two the one that was written last. */
const guidelineOf = async (db: Db, year: number): Promise<Guideline | null> => {
  const rows = await db
    .selectFrom('record')
    .select('fields_json')
    .where('kind', '=', 'guideline')
    .where('state', '!=', 'void')
    .orderBy('seq', 'desc')
    .execute();
  const all = rows.map(({ fields_json }) => JSON.parse(fields_json) as Guideline);
  return all.find((guideline) => guideline.year === year) ?? null;
};

/** The accounts to be reminded, once a day; nobody the second time. */
export const dueOnce = async (db: Db, directory: Directory, today: string): Promise<number[]> => {
  if ((await getMeta(db, 'reminded')) === today) return [];
  await setMeta(db, 'reminded', today);
  return dueToday(db, directory, today);
};

/** The authors of records that have just been returned. */
export const authorsOf = async (db: Db, records: readonly string[]): Promise<number[]> => {
  if (records.length === 0) return [];
  const rows = await db
    .selectFrom('record')
    .select('authors_json')
    .where('id', 'in', records)
    .where('state', '=', 'returned')
    .execute();
  const authors = rows.flatMap(({ authors_json }) => JSON.parse(authors_json) as RecordState['authors']);
  return [...new Set(authors)];
};
