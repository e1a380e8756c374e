import * as z from 'zod/mini';
import { roles } from '../domain/access.ts';
import { audiences } from '../domain/records/kinds.ts';
import { reportTypes } from '../domain/report/tile.ts';
import { unitLevels } from '../domain/unit.ts';

export const unitSchema = z.object({
  id: z.string(),
  code: z.string(),
  name: z.string(),
  level: z.enum(unitLevels),
  parent: z.nullable(z.string()),
  from: z.nullable(z.string()),
  to: z.nullable(z.string()),
});

/** What a person may see: who she is, her units with those above them, who reviews, and which feeds she reads. */
export const scopeSchema = z.object({
  version: z.string(),
  me: z.object({
    account: z.int(),
    login: z.string(),
    name: z.string(),
    role: z.enum(roles),
    unit: z.string(),
    /** She may see shelters and exact support figures below her nearest reviewer. */
    restricted: z.boolean(),
  }),
  units: z.array(unitSchema),
  /** Whom to call in an emergency, as the province sets it; null for the numbers that hold everywhere. */
  help: z.nullable(z.string()),
  /** Units that have an officer; the nearest above a record reviews it. */
  officers: z.array(z.string()),
  people: z.array(z.object({ id: z.int(), name: z.string() })),
  /** Codes of tasks that the province’s guidelines have added to those of 2019. */
  tasks: z.optional(z.array(z.string())),
  /** Reports of units above hers: they close what they count for her as well, and she reads nothing else of them. */
  issued: z.optional(
    z.array(
      z.object({
        id: z.string(),
        unit: z.string(),
        type: z.enum(reportTypes),
        year: z.int(),
        state: z.enum(['submitted', 'returned', 'approved', 'locked', 'void']),
        closes: z.boolean(),
      }),
    ),
  ),
  feeds: z.array(z.object({ id: z.int(), unit: z.string(), audience: z.enum(audiences) })),
});

export type Scope = z.infer<typeof scopeSchema>;
