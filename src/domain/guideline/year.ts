import type { Deadline } from '../reminders.ts';
import { lastGoodDay } from '../reminders.ts';
import type { Guideline } from '../records/guideline.ts';
import { fold } from '../typed/fold.ts';
import type { Unit, UnitLevel } from '../unit.ts';
import { tasks2019 } from './tasks-2019.ts';

/** A task as a year’s guideline words it. Of the built-in one the wording stands in the message files. */
export type YearTask = {
  readonly code: string;
  readonly text: string | null;
  readonly actors: string | null;
};

/** Each number of part III of the guideline is one actor's; part II is asked of all. */
export const actorOf = (code: string): string =>
  code.startsWith('II.') ? 'II' : (/^III\.\d+/.exec(code)?.[0] ?? 'II');

/** By the levels of units that are asked: districts and communes of III.10, the province of III.1. */
const actorsOfLevel: Readonly<Record<UnitLevel, readonly string[]>> = {
  province: ['III.1', 'III.9', 'III.11'],
  district: ['III.10', 'III.11'],
  commune: ['III.10'],
  department: ['III.11'],
};

/**
 * Whether a task is asked of a unit. A department's own are those whose actor bears its name; without any such it is one of
 * the others (III.8).
 */
export const isTaskOf = (
  { code, actors }: YearTask,
  unit: Pick<Unit, 'level' | 'name'>,
  nameOf: (actor: string) => string,
): boolean => {
  const actor = actorOf(code);
  if (actor === 'II' || actorsOfLevel[unit.level].includes(actor)) return true;
  if (unit.level !== 'department') return false;
  const bears = (name: string): boolean => fold(name).includes(fold(unit.name));
  const named = ['III.2', 'III.3', 'III.4', 'III.5', 'III.6', 'III.7'].some((one) => bears(nameOf(one)));
  return bears(actors ?? nameOf(actor)) || (!named && actor === 'III.8');
};

/** The tasks of a year: the published ones, or those of 2019 that come with the app. */
export const tasksOfYear = (guideline: Guideline | null): readonly YearTask[] =>
  guideline === null || guideline.tasks.length === 0
    ? tasks2019.map((code) => ({ code, text: null, actors: null }))
    : guideline.tasks.map(({ code, text, actors }) => ({ code: code ?? '', text, actors }));

/** The targets that the 2019 guideline names by number only; no wording is invented for them. */
const targets2019 = ['MT2', 'MT7.3', 'MT7.4', 'MT7.5'];

export type YearTarget = {
  readonly code: string;
  readonly text: string;
  readonly measure: string;
  readonly target: number | null;
};

export const targetsOfYear = (guideline: Guideline | null): readonly YearTarget[] =>
  guideline === null || guideline.targets.length === 0
    ? targets2019.map((code) => ({ code, text: '', measure: '', target: null }))
    : guideline.targets.map(({ code, text, measure, target }) => ({
        code: code ?? '',
        text: text ?? '',
        measure: measure ?? '',
        target,
      }));

/** The last day on which a report is in time: the province’s, or the usual one moved to a working day. */
export const dueDay = (
  guideline: Guideline | null,
  role: 'collaborator' | 'officer',
  report: Deadline,
  year: number,
): string => {
  const dues = guideline as Readonly<Record<string, unknown>> | null;
  const set = dues?.[role === 'officer' ? `${report}_due` : `commune_${report}_due`];
  return typeof set === 'string' ? set : lastGoodDay(role, report, year);
};

/** By whose dates a unit reports: communes hand in to the district before the others do to the province. */
export const dueRole = (level: UnitLevel): 'collaborator' | 'officer' =>
  level === 'commune' ? 'collaborator' : 'officer';

/** What changed between two lists of tasks. */
export const changedTasks = (
  before: readonly YearTask[],
  after: readonly YearTask[],
): { readonly added: string[]; readonly removed: string[]; readonly reworded: string[] } => {
  const [old, fresh] = [
    new Map(before.map((task) => [task.code, task])),
    new Set(after.map(({ code }) => code)),
  ];
  return {
    added: after.filter(({ code }) => !old.has(code)).map(({ code }) => code),
    removed: before.filter(({ code }) => !fresh.has(code)).map(({ code }) => code),
    reworded: after
      .filter(({ code, text }) => old.has(code) && (old.get(code)?.text ?? null) !== text)
      .map(({ code }) => code),
  };
};
