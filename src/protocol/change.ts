import * as z from 'zod/mini';
import type { Change } from '../domain/change.ts';
import { kindNames } from '../domain/records/kinds.ts';

const text = z.string().check(z.maxLength(1000));

/** Values are judged by the domain's checks, field by field, so that a bad one gets a verdict and not a refused batch. */
const values = z.record(z.string().check(z.maxLength(60)), z.unknown());

/** What is to be mended, by the names of fields. */
export const remarksSchema = z.record(z.string().check(z.maxLength(60)), z.string().check(z.maxLength(200)));

const common = {
  seq: z.int().check(z.positive()),
  record: z.string().check(z.minLength(1), z.maxLength(60)),
  base: z.int().check(z.nonnegative()),
  made: z.string().check(z.maxLength(40)),
};

/** One change as it travels; see `Change` in the domain. */
export const changeSchema = z.discriminatedUnion('do', [
  z.object({
    ...common,
    do: z.literal('save'),
    kind: z.enum(kindNames),
    unit: z.string().check(z.maxLength(60)),
    patch: values,
    answer: z.optional(z.string().check(z.maxLength(500))),
  }),
  z.object({ ...common, do: z.literal('approve') }),
  z.object({
    ...common,
    do: z.literal('return'),
    note: z.string().check(z.maxLength(500)),
    marks: z.array(z.string().check(z.maxLength(60))).check(z.maxLength(60)),
    remarks: z.optional(remarksSchema),
  }),
  z.object({ ...common, do: z.literal('void'), note: z.string().check(z.maxLength(500)) }),
  z.object({
    ...common,
    do: z.literal('lock'),
    report: z.string().check(z.maxLength(60)),
    tile: z.string().check(z.regex(/^\d{4}[ABC]$/)),
  }),
]);

/** What can be told of a change that is not a sound one: enough to give it a verdict and let the others pass. */
export const changeHeadSchema = z.object({ seq: common.seq });

export const eventSchema = z.object({
  rev: z.int(),
  at: z.string(),
  made: z.string(),
  by: z.int(),
  do: z.enum(['save', 'approve', 'return', 'void', 'lock', 'erase']),
  fields: z.optional(z.array(z.string())),
  note: z.optional(text),
  marks: z.optional(z.array(z.string())),
  remarks: z.optional(remarksSchema),
  overwrote: z.optional(values),
  settles: z.optional(z.array(z.string())),
  report: z.optional(z.string()),
  tile: z.optional(z.string()),
  lost: z.optional(z.boolean()),
});

/** A change is sent as the domain knows it; this line fails to compile when the two drift apart. */
export const toWire = (change: Change): z.infer<typeof changeSchema> =>
  change.do === 'return' ? { ...change, marks: [...change.marks] } : { ...change };
