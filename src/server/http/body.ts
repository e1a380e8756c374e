import { gunzip } from 'node:zlib';
import { promisify } from 'node:util';
import type { Context } from 'hono';
import sjson from 'secure-json-parse';
import * as z from 'zod/mini';
import { Problem } from '../../domain/problem.ts';
import { NotPacked } from '../../protocol/pack.ts';
import { maxInflatedBytes, maxWireBytes } from '../../protocol/sync-request.ts';

const unzip = promisify(gunzip);

/** Reads a body up to a cap, counting the bytes that arrive and not the length a client claims. */
const readWire = async (c: Context): Promise<Buffer> => {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of (c.req.raw.body ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size > maxWireBytes && c.req.header('content-encoding') === 'gzip') throw new Problem('P_TOO_LARGE');
    if (size > maxInflatedBytes) throw new Problem('P_TOO_LARGE');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
};

// A cap on the wire says nothing about what a body inflates to: 130 kB of gzip can hold 128 MB.
const inflate = async (wire: Buffer): Promise<Buffer> => {
  try {
    return await unzip(wire, { maxOutputLength: maxInflatedBytes });
  } catch (error) {
    throw new Problem(
      (error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE' ? 'P_TOO_LARGE' : 'P_BAD_REQUEST',
    );
  }
};

/** The JSON body of a request, plain or gzipped, unpacked if it travels packed, and checked against its schema. */
export const readJson = async <S extends z.core.$ZodType>(
  c: Context,
  schema: S,
  unpack = (body: unknown): unknown => body,
): Promise<z.output<S>> => {
  const encoding = c.req.header('content-encoding') ?? 'identity';
  if (encoding !== 'gzip' && encoding !== 'identity') throw new Problem('P_BAD_REQUEST', { encoding });
  const wire = await readWire(c);
  const text = (encoding === 'gzip' ? await inflate(wire) : wire).toString('utf8');
  const parsed = z.safeParse(schema, unpacked(parse(text), unpack));
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new Problem('P_BAD_REQUEST', { at: issue?.path.join('.'), message: issue?.message });
  }
  return parsed.data;
};

const unpacked = (body: unknown, unpack: (body: unknown) => unknown): unknown => {
  try {
    return unpack(body);
  } catch (error) {
    if (error instanceof NotPacked) throw new Problem('P_BAD_REQUEST', { message: error.message });
    throw error;
  }
};

const parse = (text: string): unknown => {
  try {
    const value = sjson.parse(text, undefined, {
      protoAction: 'error',
      constructorAction: 'error',
    }) as unknown;
    if (isTooDeep(value, deepest)) throw new Error('too deep');
    return value;
  } catch {
    throw new Problem('P_BAD_REQUEST', { message: 'not JSON' });
  }
};

/** A sync is eight levels deep at the most; whatever walks a value later may then do so without care. */
const deepest = 20;

const isTooDeep = (value: unknown, left: number): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (left === 0 || Object.values(value).some((inner) => isTooDeep(inner, left - 1)));
