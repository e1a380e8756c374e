import type { Evidence } from '../domain/records/field.ts';
import { readSealedMeta } from './device.ts';
import type { Device, WaitReason } from './device.ts';
import { readDraft } from './drafts.ts';
import { openRecord } from './store/record-box.ts';
import type { PhotoRow } from './store/store.ts';
import { sealBytes, unsealBytes } from './vault/seal.ts';

/**
 * Photos: sealed on the phone, sent in a lane of their own once the record that names them has been received, and
 * taken up again where a cut left them.
 */

export type PhotoKeys = { readonly session: string | null; readonly credential: string };

/** What the server says of a photo: how much of it it has, or why it says nothing. */
export type PhotoReply =
  | { readonly offset: number; readonly complete: boolean }
  | { readonly refused: 'photo' | 'record' }
  | { readonly reason: Exclude<WaitReason, null> };

/** How photos travel. */
export type PhotoLink = {
  readonly offset: (sha256: string, record: string, keys: PhotoKeys) => Promise<PhotoReply>;
  readonly put: (
    sha256: string,
    record: string,
    bytes: Uint8Array<ArrayBuffer>,
    offset: number,
    keys: PhotoKeys,
  ) => Promise<PhotoReply>;
  readonly get: (sha256: string, record: string, keys: PhotoKeys) => Promise<Uint8Array<ArrayBuffer> | null>;
};

const hex = (bytes: ArrayBuffer): string =>
  [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('');

/** Keeps a photo that has been made small; returns its name. Durable when it resolves; a full disk rejects it. */
export const keepPhoto = async (
  device: Device,
  record: string,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<string> => {
  const sha256 = hex(await crypto.subtle.digest('SHA-256', bytes));
  const box = await sealBytes(device.key, `photo|${sha256}`, bytes);
  await device.store.photo.put({ sha256, record, lane: 'waiting', size: bytes.byteLength, box });
  return sha256;
};

/** The bytes of a photo of this phone. */
export const openPhoto = async (device: Device, row: PhotoRow): Promise<Uint8Array<ArrayBuffer>> =>
  new Uint8Array(await unsealBytes(device.key, `photo|${row.sha256}`, row.box));

/** How far a photo of this phone is; null when it is not this phone's to send. */
export const photoLane = async (device: Device, sha256: string): Promise<PhotoRow['lane'] | null> =>
  (await device.store.photo.where('sha256').equals(sha256).first())?.lane ?? null;

/** A photo from this phone, or else from the server; null where neither has it. */
export const readPhoto = async (
  device: Device,
  link: PhotoLink,
  sha256: string,
  record: string | undefined,
): Promise<Uint8Array<ArrayBuffer> | null> => {
  const row = await device.store.photo.where('sha256').equals(sha256).first();
  if (row !== undefined) return openPhoto(device, row);
  const keys = await readSealedMeta(device, 'keys');
  if (record === undefined || keys === null) return null;
  return link.get(sha256, record, keys);
};

const orphanMs = 86_400_000;

/**
 * Whether a photo is still named on this phone, and whether the server may wait for it. So it may where the record that
 * names it has been received, and where that record has left the phone, because she may not read it any more. The draft is
 * looked at before the record, because submitting moves the name from the one to the other.
 */
const placeOf = async (device: Device, row: PhotoRow): Promise<{ isNamed: boolean; mayWait: boolean }> => {
  const { store } = device;
  const names = (value: unknown): boolean =>
    Array.isArray(value) && (value as Evidence[]).some(({ sha256 }) => sha256 === row.sha256);
  const draft = await readDraft(device, row.record);
  const record = await store.record.get(row.record);
  if (record !== undefined && names((await openRecord(device, record)).view.fields['evidence']))
    return { isNamed: true, mayWait: record.pending === 0 };
  const isInDraft = names(draft?.typed['evidence']);
  // Words that were refused while she wrote others lie in a notice.
  const isNamed = isInDraft || (await store.notice.where('record').equals(row.record).count()) > 0;
  // Taken out again, it is not sent, though the server may still name it.
  const isTakenOut = Array.isArray(draft?.typed['evidence']) && !isInDraft;
  // For what was never handed in the server cannot wait.
  const isNew = isInDraft && draft?.typed['rev'] === undefined;
  return { isNamed, mayWait: record === undefined && !isTakenOut && !isNew };
};

/** A discarded draft can be had back for a while, and its photos with it. */
const setAside = async (device: Device, row: PhotoRow): Promise<void> => {
  const key: [string, string] = [row.record, row.sha256];
  const now = device.now();
  if (row.unnamed === undefined) await device.store.photo.update(key, { unnamed: now.toISOString() });
  else if (now.getTime() - Date.parse(row.unnamed) > orphanMs) await device.store.photo.delete(key);
};

/** Sends the photos whose records have been received. Resolves to why it stopped, null when nothing is left to send. */
export const sendPhotos = async (device: Device, link: PhotoLink): Promise<WaitReason> => {
  const { photo } = device.store;
  let trouble: WaitReason = null;
  for (const key of await photo.where('lane').equals('waiting').primaryKeys()) {
    const row = await photo.get(key);
    if (row === undefined) continue;
    const { isNamed, mayWait } = await placeOf(device, row);
    // The day that it is kept for begins when it is named no more.
    if (isNamed && row.unnamed !== undefined) await photo.update(key, { unnamed: undefined });
    const reason = mayWait ? await sendOne(device, link, row) : 'record';
    if (reason === 'record') {
      if (!isNamed) await setAside(device, row);
      continue;
    }
    // That one concerns the photo and not the link.
    if (reason !== null && reason !== 'server') return reason;
    trouble ??= reason;
  }
  return trouble;
};

/** Resolves to why it was not sent; `record` where the server knows none of hers that names it. */
const sendOne = async (device: Device, link: PhotoLink, row: PhotoRow): Promise<WaitReason | 'record'> => {
  const keys = await readSealedMeta(device, 'keys');
  if (keys === null) return 'signIn';
  const bytes = await openPhoto(device, row);
  let reply = await link.offset(row.sha256, row.record, keys);
  // The server may have less than was sent, or bytes that went wrong; a few turns are enough to agree.
  for (let turn = 0; turn < 3 && 'offset' in reply && !reply.complete; turn++)
    reply = await link.put(row.sha256, row.record, bytes.subarray(reply.offset), reply.offset, keys);
  if ('reason' in reply) return reply.reason;
  if ('refused' in reply) {
    if (reply.refused === 'record') return 'record';
    await mark(device, row, 'refused');
    return null;
  }
  if (!reply.complete) return 'server';
  await mark(device, row, 'received');
  return null;
};

const mark = async (device: Device, row: PhotoRow, lane: PhotoRow['lane']): Promise<void> => {
  await device.store.photo.update([row.record, row.sha256], { lane });
};
