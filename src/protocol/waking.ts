import * as z from 'zod/mini';

/** `GET /api/v1/push`: with which key a browser asks its push service for an address. */
export const pushKeySchema = z.object({ publicKey: z.string() });

/** `POST /api/v1/push`: the address at which this phone may be woken; null when it may not any more. */
export const pushAddressSchema = z.object({ endpoint: z.nullable(z.string().check(z.maxLength(1000))) });
