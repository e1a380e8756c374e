import { campaignWindow } from '../campaign.ts';
import type { Window } from '../campaign.ts';
import { addDays } from '../typed/date.ts';
import { isAtWork, modelsOf } from './model-course.ts';
import { figure, isSure, isWhole, sortOf, spent } from './fact.ts';
import type { Fact } from './fact.ts';

/** The action month at a glance: what was planned, what was done, who is silent. All of it follows from the facts. */

/** What counts: approved and locked work. Trainees are persons, participants are attendances; they are never added. */
export type Totals = {
  readonly activities: number;
  readonly classes: number;
  readonly male: number;
  readonly female: number;
  readonly unknown: number;
  readonly traineesMale: number;
  readonly traineesFemale: number;
  readonly broadcasts: number;
  readonly vnd: number;
};

export type MonthFeatures = { readonly month: string; readonly features: number };

/** How one unit stands. */
export type UnitRow = {
  readonly unit: string;
  /** Records of the action month that are not void, and those of them that count. */
  readonly done: number;
  readonly counted: number;
  readonly planned: number;
  readonly carriedOut: number;
  /** When the server last took something of its (ISO); null when it never did. */
  readonly lastReceived: string | null;
  /** Programmes on the loudspeakers in each month of the action month; two a month are asked for. */
  readonly months: readonly MonthFeatures[];
};

export type Board = {
  readonly year: number;
  readonly days: readonly { readonly day: string; readonly count: number }[];
  readonly totals: Totals;
  /** The same a year before, up to the same day. */
  readonly lastYear: Totals;
  readonly waiting: number;
  readonly models: number;
  readonly planned: number;
  readonly carriedOut: number;
  readonly units: readonly UnitRow[];
};

export type Asked = {
  readonly year: number;
  /** Today (ISO). */
  readonly today: string;
  /** The units that are looked at, and those of them that are asked to do something in the action month. */
  readonly area: ReadonlySet<string>;
  readonly asked: readonly string[];
  /** When something of each unit’s came last, where the facts are not all there are. */
  readonly received?: ReadonlyMap<string, string>;
};

/** The days whose facts a board looks at: the last months of its year and of the year before. Models it needs whatever their day. */
export const boardWindows = (year: number): Window[] =>
  [year - 1, year].map((one) => ({ from: `${one}-10-01`, to: `${one}-12-31` }));

/** How many programmes a month each commune is asked to broadcast (Decision 800/QĐ-TTg). */
export const featuresAMonth = 2;

const isWork = ({ kind }: Fact): boolean => kind === 'activity' || kind === 'training';
const isLiving = ({ state }: Fact): boolean => state !== 'void';

export const boardOf = (all: Iterable<Fact>, { year, today, area, asked, received }: Asked): Board => {
  const facts = [...all].filter((fact) => area.has(fact.unit) && isLiving(fact));
  const work = facts.filter((fact) => isWork(fact) && fact.campaign === year);
  const { from, to } = campaignWindow(year);
  const months = [from.slice(0, 7), to.slice(0, 7)];
  const plan = planOf(facts, work, year);
  const own = { facts: byUnit(facts), work: byUnit(work), plan: byUnit(plan) };
  const lastYears = facts.filter((fact) => isWork(fact) && fact.campaign === year - 1);
  const sameDay = `${year - 1}${today.slice(4)}`;
  const isRunning = today >= from && today <= to;
  return {
    year,
    days: daysOf(from, to, work),
    totals: totalsOf(work),
    lastYear: totalsOf(isRunning ? lastYears.filter((fact) => fact.from <= sameDay) : lastYears),
    waiting: work.filter(({ state }) => state === 'submitted').length,
    models: activeModels(facts, today < to ? today : to),
    planned: sum(plan, ({ quantity }) => quantity),
    carriedOut: sum(plan, ({ carriedOut }) => carriedOut),
    units: asked.map((unit) => {
      const row = unitRow(
        unit,
        own.facts.get(unit) ?? [],
        own.work.get(unit) ?? [],
        own.plan.get(unit) ?? [],
        months,
      );
      const last = received?.get(unit) ?? null;
      return last !== null && last > (row.lastReceived ?? '') ? { ...row, lastReceived: last } : row;
    }),
  };
};

const sum = <T>(items: readonly T[], value: (item: T) => number): number =>
  items.reduce((total, item) => total + value(item), 0);

const totalsOf = (work: readonly Fact[]): Totals => {
  const sure = work.filter(isSure);
  const activities = sure.filter(({ kind }) => kind === 'activity');
  const classes = sure.filter((fact) => fact.kind === 'training' && isWhole(fact));
  return {
    activities: activities.length,
    classes: classes.length,
    male: sum(activities, (fact) => figure(fact, 'participants_male')),
    female: sum(activities, (fact) => figure(fact, 'participants_female')),
    unknown: sum(activities, (fact) => figure(fact, 'participants_unknown')),
    traineesMale: sum(classes, (fact) => figure(fact, 'participants_male')),
    traineesFemale: sum(classes, (fact) => figure(fact, 'participants_female')),
    broadcasts: sum(activities, (fact) => figure(fact, 'broadcast_count')),
    vnd: sum(sure, (fact) => spent(fact)),
  };
};

const daysOf = (from: string, to: string, work: readonly Fact[]): Board['days'] => {
  const counts = new Map<string, number>();
  for (let day = from; day <= to; day = addDays(day, 1)) counts.set(day, 0);
  for (const fact of work) {
    const last = fact.to < to ? fact.to : to;
    for (let day = fact.from > from ? fact.from : from; day <= last; day = addDays(day, 1))
      counts.set(day, (counts.get(day) ?? 0) + 1);
  }
  return [...counts].map(([day, count]) => ({ day, count }));
};

/** How often each item of a plan was carried out, by its id. */
export const timesCarriedOut = (facts: Iterable<Fact>): Map<string, number> => {
  const times = new Map<string, number>();
  for (const fact of facts)
    if (isWork(fact) && isLiving(fact) && fact.plan !== null)
      times.set(fact.plan, (times.get(fact.plan) ?? 0) + 1);
  return times;
};

type Line = { readonly unit: string; readonly quantity: number; readonly carriedOut: number };

/** A line that was carried out more often than planned is carried out, and no more than that. */
const planOf = (facts: readonly Fact[], work: readonly Fact[], year: number): Line[] => {
  const times = timesCarriedOut(work);
  return facts
    .filter(({ kind, campaign }) => kind === 'plan' && campaign === year)
    .map((fact) => {
      const quantity = figure(fact, 'quantity');
      return { unit: fact.unit, quantity, carriedOut: Math.min(quantity, times.get(fact.id) ?? 0) };
    });
};

const byUnit = <T extends { readonly unit: string }>(items: readonly T[]): Map<string, T[]> => {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(item.unit);
    if (group === undefined) groups.set(item.unit, [item]);
    else group.push(item);
  }
  return groups;
};

const unitRow = (
  unit: string,
  facts: readonly Fact[],
  work: readonly Fact[],
  plan: readonly Line[],
  months: readonly string[],
): UnitRow => ({
  unit,
  done: work.length,
  counted: work.filter(isSure).length,
  planned: sum(plan, ({ quantity }) => quantity),
  carriedOut: sum(plan, ({ carriedOut }) => carriedOut),
  lastReceived: facts.reduce<string | null>(
    (last, { received }) => (received !== null && received > (last ?? '') ? received : last),
    null,
  ),
  // One that stretches over two months counts for the month in which it ends.
  months: months.map((month) => ({
    month,
    features: sum(
      facts.filter((fact) => fact.to.startsWith(month)),
      featuresOf,
    ),
  })),
});

/** Programmes on the loudspeakers of a commune. */
export const featuresOf = (fact: Fact): number =>
  sortOf(fact, 'form') === 'loa_truyen_thanh' ? figure(fact, 'broadcast_features') : 0;

/** Models at work on a day. */
const activeModels = (facts: readonly Fact[], day: string): number =>
  modelsOf(facts).filter((model) => isAtWork(model, day)).length;
