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

/** The record that names a photo, if this person reads it. */
const recordOf = async (
  { db, directory }: PhotoParts,
  who: Account,
  { sha256, record }: Asked,
): Promise<RecordState> => {
  const row = shape.test(sha256)
    ? await db.selectFrom('record').selectAll().where('id', '=', record).executeTakeFirst()
    : undefined;
  const held = row && fromRow(row).record;
  const names = ((held?.fields['evidence'] ?? []) as Evidence[]).some((photo) => photo.sha256 === sha256);
  if (held === undefined || !names || !can(who, 'read', held, placesOf(directory)))
    throw new Problem('P_NOT_FOUND');
  return held;
};

/** How much of a photo there is. Asked by whoever hands it in. */
export const photoOffset = async (
  parts: PhotoParts,
  who: Account,
  asked: Asked,
): Promise<{ offset: number; complete: boolean }> => {
  await recordOf(parts, who, asked);
  return parts.store.offset(asked.sha256);
};

/** Takes the rest of a photo in, from a byte on, and makes it one when all of it is there. */
export const takePhoto = async (
  parts: PhotoParts,
  who: Account,
  asked: Asked,
  { offset, length }: { offset: number; length: number },
  body: AsyncIterable<Uint8Array>,
): Promise<{ offset: number; complete: boolean }> => {
  await recordOf(parts, who, asked);
  if (!Number.isInteger(length) || length < 1 || length > mostPhotoBytes) throw new Problem('P_NO_PHOTO');
  return oneAtATime(asked.sha256, async () => {
    const held = await parts.store.offset(asked.sha256);
    // Somebody else may have sent it, or some of it; she goes on from what there is.
    if (held.complete || offset !== held.offset) return held;
    await parts.store.append(asked.sha256, offset, body);
    const now = await parts.store.offset(asked.sha256);
    if (now.offset < length) return now;
    if (!(await parts.store.finish(asked.sha256))) throw new Problem('P_NO_PHOTO');
    return { offset: length, complete: true };
  });
};

const underway = new Map<string, Promise<unknown>>();

/** Two uploads of one photo must not write over each other. */
const oneAtATime = async <T>(sha256: string, run: () => Promise<T>): Promise<T> => {
  const before = underway.get(sha256) ?? Promise.resolve();
  const mine = before.catch(() => undefined).then(run);
  underway.set(sha256, mine);
  try {
    return await mine;
  } finally {
    if (underway.get(sha256) === mine) underway.delete(sha256);
  }
};

export const readPhoto = async (parts: PhotoParts, who: Account, asked: Asked): Promise<Buffer> => {
  await recordOf(parts, who, asked);
  const photo = await parts.store.read(asked.sha256);
  if (photo === null) throw new Problem('P_NOT_FOUND');
  return photo;
};
