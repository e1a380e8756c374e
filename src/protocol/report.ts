import * as z from 'zod/mini';

/** `GET /api/v1/board` and `GET /api/v1/report`: sums of what a person may see, for a phone that does not hold all of it. */

const day = z.string();
const cell = z.nullable(
  z.union([z.number(), z.object({ below: z.number() }), z.object({ atLeast: z.number() })]),
);
const row = z.object({ code: z.string(), cells: z.record(z.string(), cell) });

export const reportSchema = z.object({
  type: z.string(),
  year: z.int(),
  window: z.object({ from: day, to: day }),
  tables: z.array(z.object({ name: z.string(), rows: z.array(row), total: row })),
  counted: z.int(),
  carried: z.int(),
  waiting: z.int(),
  silent: z.array(z.string()),
  indicators: z.array(z.object({ code: z.string(), part: z.number(), whole: z.number() })),
});

const totals = z.object({
  activities: z.int(),
  classes: z.int(),
  male: z.int(),
  female: z.int(),
  unknown: z.int(),
  traineesMale: z.int(),
  traineesFemale: z.int(),
  broadcasts: z.int(),
  vnd: z.int(),
});

export const boardSchema = z.object({
  year: z.int(),
  days: z.array(z.object({ day, count: z.int() })),
  totals,
  lastYear: totals,
  waiting: z.int(),
  models: z.int(),
  planned: z.int(),
  carriedOut: z.int(),
  units: z.array(
    z.object({
      unit: z.string(),
      done: z.int(),
      counted: z.int(),
      planned: z.int(),
      carriedOut: z.int(),
      lastReceived: z.nullable(z.string()),
      months: z.array(z.object({ month: z.string(), features: z.int() })),
    }),
  ),
});
