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
 * What a model adds to each column. Board, members and rules are those of models at work at the end. Meetings are those of
 * the periods that count in the report. What stopped and resumed again within one window counts in both columns.
 */
const cellsOf = (
  course: ModelCourse,
  { from, to }: Window,
  counted: ReadonlySet<string>,
): Record<ModelColumn, number> => {
  const { model, events, periods } = course;
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
  const own = periods.filter(({ id }) => counted.has(id));
  const sum = (name: string): number => own.reduce((all, period) => all + figure(period, name), 0);
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
    meetings: sum('meetings'),
    attendances: sum('attendance_total'),
    attendances_female: sum('attendance_female'),
    vnd: own.reduce((all, period) => all + spent(period), 0),
  };
};

/** Whether it was at work on any day before this one. */
const hasWorked = (course: ModelCourse, day: string): boolean =>
  [course.model.from, ...course.events.map(({ from }) => from)].some(
    (earlier) => earlier < day && isAtWork(course, earlier),
  );

/** `counted`: the ids of the periods that count in this report. */
export const modelTable = (facts: Iterable<Fact>, window: Window, counted: ReadonlySet<string>): Table => {
  const rows = new Map<string, Record<string, number>>();
  const total: Record<string, number> = {};
  for (const course of modelsOf(facts)) {
    const cells = cellsOf(course, window, counted);
    if (Object.values(cells).every((value) => value === 0)) continue;
    const type = sortOf(course.model, 'model_type') ?? 'khac';
    const row = rows.get(type) ?? {};
    rows.set(type, row);
    for (const into of [row, total])
      for (const name of modelColumns) into[name] = (into[name] ?? 0) + cells[name];
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

/** The models behind a cell. */
export const modelEvidence = (
  facts: Iterable<Fact>,
  window: Window,
  counted: ReadonlySet<string>,
  row: string,
  column: string,
): Fact[] =>
  modelsOf(facts)
    .filter(({ model }) => row === totalCode || sortOf(model, 'model_type') === row)
    .filter((course) => cellsOf(course, window, counted)[column as ModelColumn] !== 0)
    .map(({ model }) => model);
