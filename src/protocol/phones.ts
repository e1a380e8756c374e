import * as z from 'zod/mini';

/** `GET /api/v1/phones`: how the phones of an officer's units stand. */
export const phonesSchema = z.object({
  phones: z.array(
    z.object({
      writer: z.int(),
      name: z.string(),
      unit: z.string(),
      /** When the phone last handed in or asked (ISO); null before the first time. */
      lastContact: z.nullable(z.string()),
      /** It runs a version from before this server's. */
      old: z.boolean(),
      /** How many changes of the last sixty days were refused or set aside. */
      refused: z.int(),
    }),
  ),
});

export type Phones = z.infer<typeof phonesSchema>['phones'];
