import { toTyped } from '../domain/records/typed.ts';
import type { Values } from '../domain/records/field.ts';
import { isCompanion } from '../domain/records/kinds.ts';
import type { Kind } from '../domain/records/kinds.ts';
import type { Device } from './device.ts';
import { boxDraft, newRecordId, readDrafts } from './drafts.ts';
import { openRecord } from './store/record-box.ts';
import type { RecordRow } from './store/store.ts';

/**
 * The server has other content under this store's numbers: the browser has emptied it once, or it was copied to another
 * phone. Nothing can be handed in from it any more; what still waits in it, and its drafts, become drafts of a new store.
 * A companion's words go into the form that it belongs to. Decisions are not carried over: they are seen to be missing.
 */
export const carryOver = async (from: Device, to: Device): Promise<void> => {
  const waiting = await from.store.record.where('pending').above(0).toArray();
  const mains = waiting.filter(({ kind }) => !isCompanion(kind));
  const companions = waiting.filter(({ kind }) => isCompanion(kind));
  for (const row of mains) await toDraft(from, to, row, companions);
  const lonely = companions.filter(({ parent }) => !mains.some(({ id }) => id === parent));
  for (const { parent } of lonely) {
    const row = parent === undefined ? undefined : await from.store.record.get(parent);
    if (row !== undefined) await toDraft(from, to, row, companions);
  }
  for (const { id, kind, typed } of await readDrafts(from)) {
    const isKnown = (await from.store.record.get(id)) !== undefined;
    await keep(to, isKnown ? id : await newRecordId(to), kind, typed);
  }
};

const toDraft = async (
  from: Device,
  to: Device,
  row: RecordRow,
  companions: readonly RecordRow[],
): Promise<void> => {
  const { base, view } = await openRecord(from, row);
  const mine = companions.find(({ parent }) => parent === row.id);
  const also = mine === undefined ? {} : toTyped(mine.kind, (await openRecord(from, mine)).view.fields);
  // A record that the server has keeps its name; a new one gets another, because the old may be taken.
  const id = base === null ? await newRecordId(to) : row.id;
  await keep(to, id, view.kind, { ...also, ...toTyped(view.kind, view.fields) });
};

const keep = async (to: Device, id: string, kind: Kind, typed: Values): Promise<void> => {
  const updated = to.now().toISOString();
  await to.store.draft.put(await boxDraft(to, { id, kind, typed, updated, refused: true }));
};
