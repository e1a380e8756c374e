import { addDays } from '../typed/date.ts';
import { modelLists } from '../records/model-lists.ts';
import { figure, sortOf, spent } from './fact.ts';
import type { Fact } from './fact.ts';
import { isAtWork, modelsOf } from './model-course.ts';
import type { ModelCourse } from './model-course.ts';
import { totalCode } from './tally.ts';
import type { Cell, Row, Table } from './tally.ts';

/** Biểu 03: models by type, as they stood before the window, what happened in it, and how they stand at its end. */

export const modelColumns = [
  'before',
  'founded',
  'stopped',
  'resumed',
  'at_end',
  'board',
  'board_female',
  'members',
  'members_female',
  'with_rules',
  'replicate',
  'meetings',
  'attendances',
  'attendances_female',
  'vnd',
] as const;

export type ModelColumn = (typeof modelColumns)[number];

type Window = { readonly from: string; readonly to: string };

/**
 * What a model adds to the columns that tell of its course. Board, members and rules are those of models at work at the end.
 * What stopped and resumed again within one window counts in both columns.
 */
const courseCells = (course: ModelCourse, { from, to }: Window): Cells => {
  const { model, events } = course;
  const before = isAtWork(course, addDays(from, -1));
  const atEnd = isAtWork(course, to);
  const days = [
    ...new Set(events.filter((event) => event.from >= from && event.from <= to).map((event) => event.from)),
  ];
  let [working, founded, stopped, resumed] = [before, 0, 0, 0];
  // A model that is only planned is founded on the day on which it starts to work.
  const start = model.from >= from && model.from <= to ? [model.from] : [];
  for (const day of [...new Set([...start, ...days])].sort()) {
    const now = isAtWork(course, day);
    if (now && !working) {
      if (hasWorked(course, day)) resumed += 1;
      else founded += 1;
    }
    if (!now && working) stopped += 1;
    working = now;
  }
  const standing = (name: string): number => (atEnd ? figure(model, name) : 0);
  return {
    before: Number(before),
    founded,
    stopped,
    resumed,
    at_end: Number(atEnd),
    board: standing('board_total'),
    board_female: standing('board_female'),
    members: standing('members_total'),
    members_female: standing('members_female'),
    with_rules: Number(atEnd && model.figures['operating_rules'] === true),
    replicate: Number(atEnd && model.figures['replicate_proposed'] === true),
  };
};

type Cells = Readonly<Partial<Record<ModelColumn, number>>>;

/** What a period that counts in the report adds, whatever has become of its model's card since. */
const periodCells = (period: Fact): Cells => ({
  meetings: figure(period, 'meetings'),
  attendances: figure(period, 'attendance_total'),
  attendances_female: figure(period, 'attendance_female'),
  vnd: spent(period),
});

/** Every model and every counted period among the facts, with what it adds. */
const contributions = (
  facts: Iterable<Fact>,
  window: Window,
  counted: ReadonlySet<string>,
): { readonly fact: Fact; readonly cells: Cells }[] => {
  const all = [...facts];
  return [
    ...modelsOf(all).map((course) => ({ fact: course.model, cells: courseCells(course, window) })),
    ...all
      .filter(({ kind, id }) => kind === 'model_period' && counted.has(id))
      .map((fact) => ({ fact, cells: periodCells(fact) })),
  ];
};

const typeOf = (fact: Fact): string => sortOf(fact, 'model_type') ?? 'khac';

/** Whether it was at work on any day before this one. */
const hasWorked = (course: ModelCourse, day: string): boolean =>
  [course.model.from, ...course.events.map(({ from }) => from)].some(
    (earlier) => earlier < day && isAtWork(course, earlier),
  );

/** `counted`: the ids of the periods that count in this report. */
export const modelTable = (facts: Iterable<Fact>, window: Window, counted: ReadonlySet<string>): Table => {
  const rows = new Map<string, Record<string, number>>();
  const total: Record<string, number> = {};
  for (const { fact, cells } of contributions(facts, window, counted)) {
    if (Object.values(cells).every((value) => value === 0)) continue;
    const row = rows.get(typeOf(fact)) ?? {};
    rows.set(typeOf(fact), row);
    for (const into of [row, total])
      for (const [name, value] of Object.entries(cells)) into[name] = (into[name] ?? 0) + value;
  }
  const finished = (code: string, sums: Readonly<Record<string, number>>): Row => ({
    code,
    cells: Object.fromEntries(modelColumns.map((name): [string, Cell] => [name, sums[name] ?? null])),
  });
  return {
    name: 'models',
    rows: modelLists.model_type.flatMap((type) => {
      const sums = rows.get(type);
      return sums === undefined ? [] : [finished(type, sums)];
    }),
    total: finished(totalCode, total),
  };
};

/** The models, or their periods, behind a cell. */
export const modelEvidence = (
  facts: Iterable<Fact>,
  window: Window,
  counted: ReadonlySet<string>,
  row: string,
  column: string,
): Fact[] =>
  contributions(facts, window, counted)
    .filter(({ fact }) => row === totalCode || typeOf(fact) === row)
    .filter(({ cells }) => (cells[column as ModelColumn] ?? 0) !== 0)
    .map(({ fact }) => fact);
