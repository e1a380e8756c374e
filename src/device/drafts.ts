import { recordId } from '../domain/record-id.ts';
import type { Values } from '../domain/records/field.ts';
import type { Kind } from '../domain/records/kinds.ts';
import { readMeta, writeMeta } from './device.ts';
import type { Device } from './device.ts';
import type { DraftRow } from './store/store.ts';
import { seal, unseal } from './vault/seal.ts';

/**
 * Drafts: forms that are being filled in. `typed` is what stands in the fields, letter by letter, also what is no
 * value yet ("12/"); so nothing typed is ever lost to a rule.
 */
export type Draft = {
  readonly id: string;
  readonly kind: Kind;
  readonly typed: Values;
  readonly updated: string;
  readonly refused: boolean;
};

/** The id of a record that is about to be written; no other gets it, even if this draft is thrown away. */
export const newRecordId = (device: Device): Promise<string> =>
  device.store.transaction('rw', device.store.meta, async () => {
    const counter = (await readMeta(device.store, 'nextRecord')) ?? 1;
    await writeMeta(device.store, 'nextRecord', counter + 1);
    return recordId(device.writer, counter);
  });

export const boxDraft = async (device: Device, draft: Draft): Promise<DraftRow> => ({
  id: draft.id,
  kind: draft.kind,
  updated: draft.updated,
  refused: draft.refused ? 1 : 0,
  box: await seal(device.key, `draft|${draft.id}`, draft.typed),
});

/** Keeps a draft; durable when it resolves. Once she writes in it, it is hers, and no refusal writes over it. */
export const keepDraft = async (device: Device, id: string, kind: Kind, typed: Values): Promise<void> => {
  const updated = device.now().toISOString();
  await device.store.draft.put(await boxDraft(device, { id, kind, typed, updated, refused: false }));
};

const openDraft = async (device: Device, row: DraftRow): Promise<Draft> => ({
  id: row.id,
  kind: row.kind,
  updated: row.updated,
  refused: row.refused === 1,
  typed: await unseal(device.key, `draft|${row.id}`, row.box),
});

export const readDraft = async (device: Device, id: string): Promise<Draft | undefined> => {
  const row = await device.store.draft.get(id);
  return row && openDraft(device, row);
};

/** All drafts, the latest first. */
export const readDrafts = async (device: Device): Promise<Draft[]> => {
  const rows = await device.store.draft.orderBy('updated').reverse().toArray();
  return Promise.all(rows.map((row) => openDraft(device, row)));
};

/** Throws a draft away; returns it, so that the person can have it back. */
export const discardDraft = async (device: Device, id: string): Promise<Draft | undefined> => {
  const draft = await readDraft(device, id);
  await device.store.draft.delete(id);
  return draft;
};

export const restoreDraft = async (device: Device, draft: Draft): Promise<void> => {
  await device.store.draft.put(await boxDraft(device, draft));
};
