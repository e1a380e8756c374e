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
  const at = device.now().toISOString();
  await device.store.photo.put({ sha256, record, lane: 'waiting', size: bytes.byteLength, at, box });
  return sha256;
};

export type Photo = {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** How far it is, when this phone sends it. */
  readonly lane: PhotoRow['lane'] | null;
};

const openPhoto = async (device: Device, row: PhotoRow): Promise<Uint8Array<ArrayBuffer>> =>
  new Uint8Array(await unsealBytes(device.key, `photo|${row.sha256}`, row.box));

/** A photo from this phone, or else from the server; null where neither has it. */
export const readPhoto = async (
  device: Device,
  link: PhotoLink,
  sha256: string,
  record: string | undefined,
): Promise<Photo | null> => {
  const row = await device.store.photo.where('sha256').equals(sha256).first();
  if (row !== undefined) return { bytes: await openPhoto(device, row), lane: row.lane };
  const keys = await readSealedMeta(device, 'keys');
  if (record === undefined || keys === null) return null;
  const bytes = await link.get(sha256, record, keys);
  return bytes && { bytes, lane: null };
};

const orphanMs = 86_400_000;

/** Whether a photo is still named by its record or by a draft of it; `ready` when the server knows the record's words. */
const placeOf = async (
  device: Device,
  { sha256, record, at }: PhotoRow,
): Promise<'ready' | 'later' | 'gone'> => {
  const names = (value: unknown): boolean =>
    Array.isArray(value) && (value as Evidence[]).some((photo) => photo.sha256 === sha256);
  const row = await device.store.record.get(record);
  if (row !== undefined && names((await openRecord(device, row)).view.fields['evidence']))
    return row.pending === 0 ? 'ready' : 'later';
  const draft = await readDraft(device, record);
  if (draft !== undefined && names(draft.typed['evidence'])) return 'later';
  // A discarded draft can be had back for a while, and its photos with it.
  return device.now().getTime() - Date.parse(at) > orphanMs ? 'gone' : 'later';
};

/** Sends the photos whose records have been received. Resolves to why it stopped, null when nothing is left to send. */
export const sendPhotos = async (device: Device, link: PhotoLink): Promise<WaitReason> => {
  const { photo } = device.store;
  for (const key of await photo.where('lane').equals('waiting').primaryKeys()) {
    const row = await photo.get(key);
    const place = row === undefined ? 'gone' : await placeOf(device, row);
    if (place === 'gone') await photo.delete(key);
    if (row === undefined || place !== 'ready') continue;
    const reason = await sendOne(device, link, row);
    if (reason !== null) return reason;
  }
  return null;
};

const sendOne = async (device: Device, link: PhotoLink, row: PhotoRow): Promise<WaitReason> => {
  const keys = await readSealedMeta(device, 'keys');
  if (keys === null) return 'signIn';
  const bytes = await openPhoto(device, row);
  let reply = await link.offset(row.sha256, row.record, keys);
  // The server may have less than was sent, never more than it says; twice is enough to agree.
  for (let turn = 0; turn < 3 && 'offset' in reply && !reply.complete; turn++)
    reply = await link.put(row.sha256, row.record, bytes.subarray(reply.offset), reply.offset, keys);
  if ('reason' in reply) return reply.reason;
  if ('refused' in reply) {
    if (reply.refused === 'photo') await mark(device, row, 'refused');
    return null;
  }
  if (!reply.complete) return 'server';
  await mark(device, row, 'received');
  return null;
};

const mark = async (device: Device, row: PhotoRow, lane: PhotoRow['lane']): Promise<void> => {
  await device.store.photo.update([row.record, row.sha256], { lane });
};
