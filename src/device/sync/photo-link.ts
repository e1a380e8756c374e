import { blobPath, completeHeader, lengthHeader, offsetHeader } from '../../protocol/blob.ts';
import type { PhotoKeys, PhotoLink, PhotoReply } from '../photos.ts';
import { newPatience, patienceFor } from './patience.ts';
import { reasonOf, withoutAnswer } from './reason.ts';

const headersOf = ({ session, credential }: PhotoKeys): Headers => {
  const headers = new Headers({ 'X-Writer': credential });
  if (session !== null) headers.set('Authorization', `Bearer ${session}`);
  return headers;
};

const ask = async (url: string, init: RequestInit, ms?: number): Promise<Response | null> => {
  const patience = newPatience(ms);
  try {
    return await fetch(url, { ...init, signal: patience.signal });
  } catch {
    return null;
  } finally {
    patience.end();
  }
};

const replyOf = (response: Response | null): PhotoReply => {
  if (response === null) return { reason: withoutAnswer() };
  const offset = response.headers.get(offsetHeader);
  if (offset !== null)
    return { offset: Number(offset), complete: response.headers.get(completeHeader) === '?1' };
  if (response.status === 404) return { refused: 'record' };
  if (response.status === 422) return { refused: 'photo' };
  return { reason: reasonOf(response.status) };
};

export const httpPhotos: PhotoLink = {
  offset: async (sha256, record, keys) =>
    replyOf(await ask(blobPath(sha256, record), { method: 'HEAD', headers: headersOf(keys) })),
  put: async (sha256, record, bytes, offset, keys) => {
    const headers = headersOf(keys);
    headers.set(offsetHeader, String(offset));
    headers.set(lengthHeader, String(offset + bytes.byteLength));
    headers.set('Content-Type', 'application/octet-stream');
    return replyOf(
      await ask(
        blobPath(sha256, record),
        { method: 'PUT', headers, body: bytes },
        patienceFor(bytes.byteLength),
      ),
    );
  },
  get: async (sha256, record, keys) => {
    const response = await ask(blobPath(sha256, record), { headers: headersOf(keys) });
    return response?.ok === true ? new Uint8Array(await response.arrayBuffer()) : null;
  },
};
