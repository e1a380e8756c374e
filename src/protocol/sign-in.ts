import * as z from 'zod/mini';
import { scopeSchema } from './scope.ts';

/**
 * `POST /api/v1/sign-in`. `writer` is sent by a phone that this person has used before, so that she keeps her store
 * and her numbers.
 */
export const signInRequestSchema = z.object({
  login: z.string().check(z.minLength(1), z.maxLength(60)),
  pin: z.string().check(z.minLength(4), z.maxLength(64)),
  device: z.string().check(z.maxLength(100)),
  writer: z.nullable(z.string().check(z.maxLength(100))),
});

export type SignInRequest = z.infer<typeof signInRequestSchema>;

/** `session` reads and writes and ends after a while; `writer.credential` can only hand in, and does not end by itself. */
export const signInResponseSchema = z.object({
  session: z.string(),
  writer: z.object({ number: z.int(), credential: z.string() }),
  epoch: z.string(),
  now: z.string(),
  /** The server plays a demo, on a day of its own. */
  demo: z.boolean(),
  scope: scopeSchema,
});

export type SignInResponse = z.infer<typeof signInResponseSchema>;
