import { can } from '../../domain/access.ts';
import type { RecordState } from '../../domain/change.ts';
import { Problem } from '../../domain/problem.ts';
import type { Evidence } from '../../domain/records/field.ts';
import { mostPhotoBytes } from '../../domain/records/photo.ts';
import { fromRow } from '../feed/stored-record.ts';
import type { Db } from '../sql/open.ts';
import { placesOf } from '../units/directory.ts';
import type { Account, Directory } from '../units/directory.ts';
import type { PhotoStore } from './photo-store.ts';

/** Photos of records: who may hand one in and who may look at it follows from the record that names it. */

export type PhotoParts = { readonly db: Db; readonly directory: Directory; readonly store: PhotoStore };

export type Asked = { readonly sha256: string; readonly record: string };

const shape = /^[0-9a-f]{64}$/;

/** The record that names a photo, if it is this person's to ask for. */
const requireRecord = async (
  { db }: PhotoParts,
  { sha256, record }: Asked,
  isHers: (held: RecordState) => boolean,
): Promise<void> => {
  const row = shape.test(sha256)
    ? await db.selectFrom('record').selectAll().where('id', '=', record).executeTakeFirst()
    : undefined;
  const held = row && fromRow(row).record;
  const names = ((held?.fields['evidence'] ?? []) as Evidence[]).some((photo) => photo.sha256 === sha256);
  if (held === undefined || !names || !isHers(held)) throw new Problem('P_NOT_FOUND');
};

/** Handing in is for whoever wrote in it, also where she may not read it any more, and for the people of its unit. */
const requireHers = (parts: PhotoParts, who: Account, asked: Asked): Promise<void> => {
  const places = placesOf(parts.directory);
  const isHers = (held: RecordState): boolean =>
    held.authors.includes(who.account) || (held.unit === who.unit && can(who, 'read', held, places));
  return requireRecord(parts, asked, (held) => who.active && isHers(held));
};

/** A photo's file: of one record, so that naming a photo in another opens nothing. */
const fileOf = ({ sha256, record }: Asked): string => `${record}.${sha256}`;

/** How much of a photo there is. Asked by whoever hands it in. */
export const photoOffset = async (
  parts: PhotoParts,
  who: Account,
  asked: Asked,
): Promise<{ offset: number; complete: boolean }> => {
  await requireHers(parts, who, asked);
  return parts.store.offset(fileOf(asked));
};

/** Takes the rest of a photo in, from a byte on, and makes it one when all of it is there. */
export const takePhoto = async (
  parts: PhotoParts,
  who: Account,
  asked: Asked,
  { offset, length }: { offset: number; length: number },
  body: AsyncIterable<Uint8Array>,
): Promise<{ offset: number; complete: boolean }> => {
  await requireHers(parts, who, asked);
  if (!Number.isInteger(length) || length < 1 || length > mostPhotoBytes) throw new Problem('P_NO_PHOTO');
  const { store } = parts;
  const file = fileOf(asked);
  return newestFirst(file, async (stop) => {
    const held = await store.offset(file);
    // Somebody else may have sent it, or some of it; she goes on from what there is.
    if (held.complete || offset !== held.offset) return held;
    await store.append(file, offset, body, stop);
    const now = await store.offset(file);
    if (now.offset < length) return now;
    const made = await store.finish(file, asked.sha256);
    if (made === 'none') throw new Problem('P_NO_PHOTO');
    // Bytes that went wrong on the way are no refusal: she begins again.
    return made === 'photo' ? { offset: length, complete: true } : { offset: 0, complete: false };
  });
};

type Upload = { readonly done: Promise<unknown>; readonly stop: AbortController };

const underway = new Map<string, Upload>();

/** Two uploads of one photo must not write over each other; the newer one ends the older, whose link has died. */
const newestFirst = async <T>(file: string, run: (stop: AbortSignal) => Promise<T>): Promise<T> => {
  const before = underway.get(file);
  before?.stop.abort();
  const stop = new AbortController();
  const done = (before?.done ?? Promise.resolve()).catch(() => undefined).then(() => run(stop.signal));
  const mine = { done, stop };
  underway.set(file, mine);
  try {
    return await done;
  } finally {
    if (underway.get(file) === mine) underway.delete(file);
  }
};

export const readPhoto = async (parts: PhotoParts, who: Account, asked: Asked): Promise<Buffer> => {
  const places = placesOf(parts.directory);
  await requireRecord(parts, asked, (held) => can(who, 'read', held, places));
  const photo = await parts.store.read(fileOf(asked));
  if (photo === null) throw new Problem('P_NOT_FOUND');
  return photo;
};
