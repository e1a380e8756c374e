import { StringDecoder } from 'node:string_decoder';
import { createGunzip, gunzip } from 'node:zlib';
import { promisify } from 'node:util';
import type { Context } from 'hono';
import sjson from 'secure-json-parse';
import * as z from 'zod/mini';
import { Problem } from '../../domain/problem.ts';
import { NotPacked } from '../../protocol/pack.ts';
import { linesType, maxInflatedBytes, maxLines, maxWireBytes } from '../../protocol/sync-request.ts';

const unzip = promisify(gunzip);

/** What arrives of a body, up to a cap, counting the bytes that arrive and not the length a client claims. */
async function* wireOf(c: Context, zipped: boolean): AsyncGenerator<Uint8Array> {
  const most = zipped ? maxWireBytes : maxInflatedBytes;
  let size = 0;
  for await (const chunk of (c.req.raw.body ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size > most) throw new Problem('P_TOO_LARGE');
    yield chunk;
  }
}

const isZipped = (c: Context): boolean => {
  const encoding = c.req.header('content-encoding') ?? 'identity';
  if (encoding !== 'gzip' && encoding !== 'identity') throw new Problem('P_BAD_REQUEST', { encoding });
  return encoding === 'gzip';
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

/** What one chunk of the wire may inflate to; the lines in it are measured after that. */
const mostAtOnce = 4 * maxInflatedBytes;

/** Inflates a stream piece by piece: what has arrived can be read although the rest never does. */
const inflater = (): { readonly inflate: (chunk: Uint8Array) => Promise<Uint8Array[]>; end: () => void } => {
  const gunzip = createGunzip();
  const out: Uint8Array[] = [];
  let size = 0;
  let fail = (_: Error): void => undefined;
  // Listened to all the time: an error that nobody hears ends the process.
  gunzip.on('error', (error) => fail(error));
  gunzip.on('data', (part: Buffer) => {
    size += part.byteLength;
    if (size > mostAtOnce) gunzip.destroy(new Problem('P_TOO_LARGE'));
    else out.push(part);
  });
  return {
    inflate: async (chunk) => {
      await new Promise<void>((resolve, reject) => {
        fail = (error) =>
          reject(error instanceof Problem ? error : new Problem('P_BAD_REQUEST', { message: 'not gzip' }));
        gunzip.write(chunk, () => resolve());
      });
      size = 0;
      return out.splice(0);
    },
    end: () => gunzip.destroy(),
  };
};

/** The lines of a body as they arrive. The last one ends with the body; if that is cut, the line is none. */
async function* linesOf(c: Context): AsyncGenerator<string> {
  const zipped = isZipped(c);
  const { inflate, end } = inflater();
  const decoder = new StringDecoder('utf8');
  let text = '';
  let lines = 0;
  try {
    for await (const chunk of wireOf(c, zipped))
      for (const part of zipped ? await inflate(chunk) : [chunk]) {
        text += decoder.write(part as Buffer);
        for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n')) {
          if ((lines += 1) > maxLines || at > maxInflatedBytes) throw new Problem('P_TOO_LARGE');
          yield text.slice(0, at);
          text = text.slice(at + 1);
        }
        if (text.length > maxInflatedBytes) throw new Problem('P_TOO_LARGE');
      }
    if (text !== '') yield text;
  } finally {
    end();
  }
}

/** What is sent whole is read whole: its JSON may well have lines. */
const readWhole = async (c: Context): Promise<string> => {
  const zipped = isZipped(c);
  const chunks: Uint8Array[] = [];
  for await (const chunk of wireOf(c, zipped)) chunks.push(chunk);
  const wire = Buffer.concat(chunks);
  return (zipped ? await inflate(wire) : wire).toString('utf8');
};

/** How a body's text becomes what it says: unpacked if it travels packed, and checked against its schema. */
export const said = <S extends z.core.$ZodType>(
  text: string,
  schema: S,
  unpack = (body: unknown): unknown => body,
): z.output<S> => {
  const parsed = z.safeParse(schema, unpacked(parse(text), unpack));
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new Problem('P_BAD_REQUEST', { at: issue?.path.join('.'), message: issue?.message });
  }
  return parsed.data;
};

/** The JSON body of a request, plain or gzipped. */
export const readJson = async <S extends z.core.$ZodType>(c: Context, schema: S): Promise<z.output<S>> =>
  said(await readWhole(c), schema);

/** A body that may come in lines: one after the other as it arrives. */
export async function* readLines(c: Context): AsyncGenerator<string> {
  if (c.req.header('content-type') === linesType) yield* linesOf(c);
  else yield await readWhole(c);
}

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
