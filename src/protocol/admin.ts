import * as z from 'zod/mini';
import { roles } from '../domain/access.ts';
import { loginShape, personNameMost, pinShape } from '../domain/credentials.ts';
import { isIsoDate } from '../domain/typed/date.ts';
import { unitCodeMost, unitLevels, unitNameMost } from '../domain/unit.ts';

const pinSchema = z.string().check(z.regex(pinShape));

const date = z.string().check(z.refine(isIsoDate));

/** `POST /api/v1/admin/units`: one unit, by hand. */
export const newUnitSchema = z.object({
  code: z.string().check(z.trim(), z.minLength(1), z.maxLength(unitCodeMost)),
  name: z.string().check(z.trim(), z.minLength(2), z.maxLength(unitNameMost)),
  level: z.enum(unitLevels),
  parent: z.nullable(z.string()),
  from: z.nullable(date),
});

export type NewUnit = z.infer<typeof newUnitSchema>;

/** `POST /api/v1/admin/units/import`: a CSV with code, name, level, parent_code. With `dry` nothing is written. */
export const unitImportSchema = z.object({ csv: z.string().check(z.maxLength(900_000)), dry: z.boolean() });

export const unitImportResultSchema = z.object({
  added: z.int(),
  unchanged: z.int(),
  errors: z.array(z.object({ line: z.int(), code: z.string(), value: z.string() })),
});

export type UnitImportResult = z.infer<typeof unitImportResultSchema>;

/** `POST /api/v1/admin/people`: a person with a role in a unit and a first PIN. */
export const newPersonSchema = z.object({
  login: z.string().check(z.trim(), z.toLowerCase(), z.regex(loginShape)),
  name: z.string().check(z.trim(), z.minLength(2), z.maxLength(personNameMost)),
  role: z.enum(roles),
  unit: z.string(),
  pin: pinSchema,
  /** An officer who may see shelters and exact support figures although another reviews them. */
  restricted: z._default(z.boolean(), false),
});

export type NewPerson = z.input<typeof newPersonSchema>;

/** `POST /api/v1/admin/people/:id`: a new PIN or right, or closing and reopening an account. */
export const personChangeSchema = z.object({
  pin: z.optional(pinSchema),
  active: z.optional(z.boolean()),
  restricted: z.optional(z.boolean()),
});

export type PersonChange = z.infer<typeof personChangeSchema>;

export const personSchema = z.object({
  id: z.int(),
  login: z.string(),
  name: z.string(),
  role: z.enum(roles),
  unit: z.string(),
  active: z.boolean(),
  restricted: z.boolean(),
  lastContact: z.nullable(z.string()),
});

export type Person = z.infer<typeof personSchema>;

/** `POST /api/v1/pin`: a person changes her own PIN. */
export const pinChangeSchema = z.object({ old: z.string(), new: pinSchema });
