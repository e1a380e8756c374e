import { recordId, writerOf } from '../domain/record-id.ts';

/**
 * Packing: rows of one shape, turned into columns. What repeats is said once, what counts up is said as steps, and what
 * is alike lies side by side, so that gzip finds it. JSON in, JSON out; the order of the rows is kept, the order of
 * their keys is not.
 *
 *     table  = [number of rows, { key: column … }]
 *     column = [holes, code, …]   holes: 0, or runs of [how many, state]; state 0 missing, 1 null, 2 a value
 *
 * and by code, of the values that are left:
 *
 *     0 all the same: value          4 objects: table
 *     1 as they are: values          5 arrays of objects: column of lengths, table
 *     2 one of few: values, indexes  6 days (2019-12-31): column of days since 1970
 *     3 whole numbers: steps         7 moments (2019-12-31T12:00:00.000Z): column of milliseconds since 1970
 *                                    8 record ids: column of writers, column of counters
 */
export type Table = readonly [rows: number, columns: Readonly<Record<string, Column>>];
export type Column = readonly [
  holes: 0 | readonly (readonly [number, number])[],
  ...coded: readonly unknown[],
];

type Row = Readonly<Record<string, unknown>>;

const dayMs = 86_400_000;

const isObject = (value: unknown): value is Row =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isRows = (value: unknown): value is readonly Row[] => Array.isArray(value) && value.every(isObject);
const isWhole = (value: unknown): value is number => Number.isSafeInteger(value);
const toDay = (value: string): number => Date.parse(value) / dayMs;
const fromDay = (day: number): string => new Date(day * dayMs).toISOString().slice(0, 10);
const fromMoment = (ms: number): string => new Date(ms).toISOString();
const isDay = (value: unknown): value is string =>
  typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value) && isSame(value, toDay(value), fromDay);
const isMoment = (value: unknown): value is string =>
  typeof value === 'string' &&
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value) &&
  isSame(value, Date.parse(value), fromMoment);
/** Dates such as 30 February become others when they are read. */
const isSame = (value: string, read: number, back: (read: number) => string): boolean =>
  isWhole(read) && back(read) === value;
const counterOf = (id: string): number => parseInt(id.slice(-12), 16);
const isId = (value: unknown): value is string =>
  typeof value === 'string' &&
  value.length === 36 &&
  recordId(writerOf(value) ?? 0, counterOf(value)) === value;

/** Packs rows into a table of columns. */
export const pack = (rows: readonly Row[]): Table => {
  const keys = new Set<string>();
  for (const row of rows) for (const key of Object.keys(row)) keys.add(key);
  const columns = [...keys].map((key): [string, Column] => [
    key,
    packColumn(rows.map((row) => (Object.hasOwn(row, key) ? row[key] : undefined))),
  ]);
  return [rows.length, Object.fromEntries(columns)];
};

const packColumn = (all: readonly unknown[]): Column => {
  const values = all.filter((value) => value !== undefined && value !== null);
  return [values.length === all.length ? 0 : holesOf(all), ...code(values)];
};

const holesOf = (all: readonly unknown[]): [number, number][] => {
  const runs: [number, number][] = [];
  for (const value of all) {
    const state = value === undefined ? 0 : value === null ? 1 : 2;
    const last = runs.at(-1);
    if (last?.[1] === state) last[0] += 1;
    else runs.push([1, state]);
  }
  return runs;
};

const code = (values: readonly unknown[]): readonly unknown[] => {
  if (values.length === 0) return [1, []];
  if (values.every((value) => typeof value === 'string')) return codeTexts(values);
  if (values.every(isWhole)) return codeNumbers(values);
  // What holds whole records is written out only as far as it is alike.
  const first = JSON.stringify(values[0]);
  if (values.every((value) => JSON.stringify(value) === first)) return [0, values[0]];
  if (values.every(isObject)) return [4, pack(values)];
  if (values.every(isRows) && values.some((value) => value.length > 0))
    return [5, packColumn(values.map(({ length }) => length)), pack(values.flat())];
  return (
    fewOf(
      values,
      values.map((value) => JSON.stringify(value)),
    ) ?? [1, values]
  );
};

const codeTexts = (values: readonly string[]): readonly unknown[] => {
  const [first] = values;
  if (values.every((value) => value === first)) return [0, first];
  // The first tells what a column holds, so that most columns are looked through only once.
  if (isId(first) && values.every(isId))
    return [8, packColumn(values.map(writerOf)), packColumn(values.map(counterOf))];
  if (isDay(first) && values.every(isDay)) return [6, packColumn(values.map(toDay))];
  if (isMoment(first) && values.every(isMoment))
    return [7, packColumn(values.map((value) => Date.parse(value)))];
  return fewOf(values, values) ?? [1, values];
};

const codeNumbers = (values: readonly number[]): readonly unknown[] => {
  if (values.every((value) => value === values[0])) return [0, values[0]];
  const steps = values.map((value, i) => value - (values[i - 1] ?? 0));
  return digits(steps) < digits(values) ? [3, steps] : [1, values];
};

const digits = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + String(value).length, 0);

/** Worth it where most values come again. */
const fewOf = (values: readonly unknown[], texts: readonly string[]): readonly unknown[] | null => {
  const places = new Map<string, number>();
  const few: unknown[] = [];
  const indexes: number[] = [];
  for (const [i, text] of texts.entries()) {
    let place = places.get(text);
    if (place === undefined) {
      place = few.push(values[i]) - 1;
      places.set(text, place);
      if (few.length * 2 > texts.length) return null;
    }
    indexes.push(place);
  }
  return [2, few, indexes];
};

/** What is packed is not a table of ours, or holds more than was allowed. */
export class NotPacked extends Error {}

/**
 * Unpacks a table of at most so many rows. A few bytes can say "the same text a million times", so what comes out is
 * counted as well: at most `most` values. Throws `NotPacked`.
 */
export const unpack = (table: unknown, mostRows: number, most = 500_000): Row[] => {
  const left = { values: most };
  const rows = unpackTable(table, left);
  if (rows.length > mostRows) throw new NotPacked('too many rows');
  return rows;
};

type Left = { values: number };

const fail = (what: string): never => {
  throw new NotPacked(what);
};

const unpackTable = (table: unknown, left: Left): Row[] => {
  if (!Array.isArray(table)) return fail('no table');
  const [n, columns] = table as unknown[];
  if (!isWhole(n) || n < 0 || !isObject(columns)) return fail('no table');
  if ((left.values -= n) < 0) return fail('too much');
  const rows: Record<string, unknown>[] = Array.from({ length: n }, () => ({}));
  for (const [key, column] of Object.entries(columns)) {
    if (key === '__proto__') return fail('no key');
    unpackColumn(column, n, left).forEach((value, i) => {
      if (value !== undefined) (rows[i] as Record<string, unknown>)[key] = value;
    });
  }
  return rows;
};

const unpackColumn = (column: unknown, n: number, left: Left): unknown[] => {
  if ((left.values -= n) < 0) return fail('too much');
  if (!Array.isArray(column)) return fail('no column');
  const [holes, ...coded] = column as unknown[];
  if (holes === 0) return decode(coded, n, left);
  if (!Array.isArray(holes)) return fail('no holes');
  const runs = holes as unknown[];
  const states: number[] = [];
  for (const run of runs) {
    const [length, state] = Array.isArray(run) ? (run as unknown[]) : [];
    if (!isWhole(length) || length < 1 || states.length + length > n || !isWhole(state)) return fail('holes');
    for (let i = 0; i < length; i++) states.push(state);
  }
  if (states.length !== n) return fail('holes');
  const values = decode(coded, states.filter((state) => state === 2).length, left);
  let next = 0;
  return states.map((state) => (state === 2 ? values[next++] : state === 1 ? null : undefined));
};

const list = (value: unknown, n: number): unknown[] =>
  Array.isArray(value) && value.length === n ? (value as unknown[]) : fail('length');

const whole = (values: readonly unknown[]): number[] =>
  values.map((value) => (isWhole(value) ? value : fail('number')));

const decode = ([what, first, second]: readonly unknown[], n: number, left: Left): unknown[] => {
  switch (what) {
    case 0:
      return Array.from({ length: n }, copierOf(first, left));
    case 1:
      return list(first, n);
    case 2: {
      const few = Array.isArray(first) ? (first as unknown[]) : fail('values');
      const copiers = few.map((value) => copierOf(value, left));
      return list(second, n).map((at) => (isWhole(at) ? copiers[at] : undefined)?.() ?? fail('index'));
    }
    case 3: {
      let sum = 0;
      return whole(list(first, n)).map((step) => (sum += step));
    }
    case 4: {
      const rows = unpackTable(first, left);
      return rows.length === n ? rows : fail('length');
    }
    case 5: {
      const lengths = whole(unpackColumn(first, n, left));
      const rows = unpackTable(second, left);
      let at = 0;
      const parts = lengths.map((length) => (length < 0 ? fail('length') : rows.slice(at, (at += length))));
      return at === rows.length ? parts : fail('length');
    }
    case 6:
      return whole(unpackColumn(first, n, left)).map(dateOr(fromDay));
    case 7:
      return whole(unpackColumn(first, n, left)).map(dateOr(fromMoment));
    case 8: {
      const writers = whole(unpackColumn(first, n, left));
      const counters = whole(unpackColumn(second, n, left));
      return writers.map((writer, i) => recordId(writer, counters[i] ?? fail('id')));
    }
    default:
      return fail('code');
  }
};

/** Every row gets a copy of its own, because a reader may change one; long values count for more. */
const copierOf = (value: unknown, left: Left): (() => unknown) => {
  const text = JSON.stringify(value) ?? fail('value');
  const weight = Math.floor(text.length / 16);
  return () => {
    if ((left.values -= weight) < 0) return fail('too much');
    return typeof value === 'object' ? (JSON.parse(text) as unknown) : value;
  };
};

const dateOr =
  (date: (value: number) => string) =>
  (value: number): string => {
    try {
      return date(value);
    } catch {
      return fail('date');
    }
  };
