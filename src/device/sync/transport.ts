import { nothingNew, packLines, unpackResponse } from '../../protocol/packed-sync.ts';
import { standingText } from '../../protocol/standing.ts';
import { linesType } from '../../protocol/sync-request.ts';
import type { SyncRequest } from '../../protocol/sync-request.ts';
import { syncResponseSchema } from '../../protocol/sync-response.ts';
import type { SyncResponse } from '../../protocol/sync-response.ts';
import type { WaitReason } from '../device.ts';
import type { PhotoLink } from '../photos.ts';
import { digestOfText } from './digest.ts';
import { gzip } from './gzip.ts';
import { httpPhotos } from './photo-link.ts';
import { newPatience, patienceFor } from './patience.ts';
import type { Patience } from './patience.ts';
import { reasonOf, withoutAnswer } from './reason.ts';

type SyncKeys = { readonly session: string | null; readonly credential: string };

/** What came of asking the server: its answer, or why there is none and what that means for the person. */
export type Reply =
  | {
      readonly answer: SyncResponse;
      /** What was sent and how long it took to be answered; absent where nothing was measured. */
      readonly took?: { readonly bytes: number; readonly ms: number };
    }
  | {
      readonly answer: null;
      readonly reason: Exclude<WaitReason, null>;
      readonly waitSeconds: number | null;
    };

/** Everything that goes over the network. */
export type Link = { readonly glance: Glance; readonly sync: Transport; readonly photos: PhotoLink };

/** Asks in a few bytes whether anything is new; null when it has to be asked in full. */
export type Glance = (request: SyncRequest, keys: SyncKeys) => Promise<Reply | null>;

/** Asks once; `pieces` says how many of the changes go in each line of the request. */
export type Transport = (request: SyncRequest, keys: SyncKeys, pieces: readonly number[]) => Promise<Reply>;

/** Below this many bytes gzip makes more of it. */
const worthwhile = 150;

type Body = { readonly body: Blob; readonly isZipped: boolean; readonly isLines: boolean };

/**
 * A line for each piece, every one gzipped by itself: the server reads those that have come, whatever becomes of the rest.
 * One after the other, so that the page can draw in between.
 */
const bodyOf = async (request: SyncRequest, pieces: readonly number[]): Promise<Body> => {
  const isLines = pieces.length > 1;
  const parts: (ArrayBuffer | string)[] = [];
  let isZipped = typeof CompressionStream !== 'undefined';
  for (const line of packLines(request, pieces)) {
    const text = JSON.stringify(line) + (isLines ? '\n' : '');
    isZipped &&= isLines || text.length >= worthwhile;
    parts.push(isZipped ? await gzip(text) : text);
  }
  return { body: new Blob(parts), isZipped, isLines };
};

/** Reads an answer however long it takes, as long as something of it keeps coming. */
const readPatiently = async (response: Response, { renew }: Patience): Promise<unknown> => {
  const reader = response.body?.getReader();
  const decoder = new TextDecoder();
  let text = '';
  for (;;) {
    const { done, value } = (await reader?.read()) ?? { done: true, value: undefined };
    if (done) return JSON.parse(text + decoder.decode());
    text += decoder.decode(value, { stream: true });
    renew();
  }
};

/** Speaks to the server this app came from. A body that is no sync answer (a café's sign-in page) counts as no network. */
const httpTransport: Transport = async (request, { session, credential }, pieces) => {
  const { body, isZipped, isLines } = await bodyOf(request, pieces);
  const type = isLines ? linesType : 'application/json';
  const headers = new Headers({ 'Content-Type': type, 'X-Writer': credential });
  if (session !== null) headers.set('Authorization', `Bearer ${session}`);
  if (isZipped) headers.set('Content-Encoding', 'gzip');
  const patience = newPatience(patienceFor(body.size));
  const start = performance.now();
  try {
    const response = await fetch('/api/v1/sync', {
      method: 'POST',
      headers,
      body,
      signal: patience.signal,
    });
    if (!response.ok)
      return {
        answer: null,
        reason: reasonOf(response.status),
        waitSeconds: Number(response.headers.get('Retry-After')) || null,
      };
    const ms = performance.now() - start;
    if (response.status === 204)
      return {
        answer: nothingNew(request),
        took: { bytes: body.size, ms },
      };
    const parsed = syncResponseSchema.safeParse(unpackResponse(await readPatiently(response, patience)));
    return parsed.success
      ? { answer: parsed.data, took: { bytes: body.size, ms } }
      : { answer: null, reason: 'server', waitSeconds: null };
  } catch {
    return { answer: null, reason: withoutAnswer(), waitSeconds: null };
  } finally {
    patience.end();
  }
};

/** Only what says that nothing is new is believed; whatever else comes back is asked again in full, and judged there. */
const httpGlance: Glance = async (request, { session }) => {
  const { epoch, scope, at = 0, cursor, kept } = request;
  if (session === null || epoch === null || scope === null) return null;
  const as = await digestOfText(standingText({ epoch, scope, upto: at, cursor }));
  const query = kept === undefined ? `as=${as}` : `as=${as}&kept=${kept}`;
  const patience = newPatience(patienceFor(0));
  try {
    const headers = { Authorization: `Bearer ${session}` };
    const { status } = await fetch(`/api/v1/sync?${query}`, { headers, signal: patience.signal });
    return status === 204 ? { answer: nothingNew(request) } : null;
  } catch {
    return { answer: null, reason: withoutAnswer(), waitSeconds: null };
  } finally {
    patience.end();
  }
};

/** The server that this app came from. */
export const httpLink: Link = { glance: httpGlance, sync: httpTransport, photos: httpPhotos };
