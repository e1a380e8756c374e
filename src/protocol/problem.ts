import * as z from 'zod/mini';

/** The body of every answer that is not a success. `code` is one of the domain's problems. */
export const problemSchema = z.object({ code: z.string(), details: z.record(z.string(), z.unknown()) });
