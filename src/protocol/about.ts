import * as z from 'zod/mini';

/** `GET /api/v1/about`: what can be known before signing in. The demo's accounts are listed only by a demo. */
export const aboutSchema = z.object({
  v: z.int(),
  name: z.string(),
  now: z.string(),
  demo: z.nullable(
    z.object({
      people: z.array(
        z.object({
          login: z.string(),
          pin: z.string(),
          name: z.string(),
          unit: z.string(),
          role: z.string(),
        }),
      ),
    }),
  ),
});

export type About = z.infer<typeof aboutSchema>;

/** `POST /api/v1/demo/today`: lets a demo play on another day. */
export const demoTodaySchema = z.object({ today: z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/)) });
