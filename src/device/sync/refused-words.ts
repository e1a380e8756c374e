import type { Change, Deed, RecordState } from '../../domain/change.ts';
import type { Values } from '../../domain/records/field.ts';
import { isCompanion, kinds, parentOf } from '../../domain/records/kinds.ts';
import type { Kind } from '../../domain/records/kinds.ts';
import { toTyped } from '../../domain/records/typed.ts';
import type { Device } from '../device.ts';
import { boxDraft, readDraft } from '../drafts.ts';
import { openRecord } from '../store/record-box.ts';
import type { DraftRow } from '../store/store.ts';

/** A draft as it will be written, what stands in it, and which one it was made over. */
export type NewDraft = { readonly row: DraftRow; readonly typed: Values; readonly over: string | null };

/** The record in whose form a change was written: its own, or the one that its record is a companion of. */
export const formOf = async (device: Device, change: Change): Promise<string> => {
  const row = await device.store.record.get(change.record);
  if (row !== undefined) return isCompanion(row.kind) ? (row.parent ?? row.id) : row.id;
  const parent =
    change.do === 'save' && isCompanion(change.kind) ? parentOf(change.kind, change.patch) : null;
  return parent ?? change.record;
};

/**
 * Words that the server refused go back into a draft, with everything else of the form, to be mended and sent again. A
 * draft that she is writing is left alone; the words are then in the notice. With them goes the revision that
 * she had seen, so that what others wrote since is not written over unseen. `earlier`: a draft that the same answer makes
 * of the same form.
 */
export const refusedWords = async (
  device: Device,
  view: RecordState | null,
  refused: readonly Change[],
  earlier: (form: string) => NewDraft | undefined,
): Promise<NewDraft | null> => {
  const saves = refused.flatMap((change) => (change.do === 'save' ? [change] : []));
  const last = saves.at(-1);
  if (last === undefined) return null;
  const form = await formOf(device, last);
  const before = earlier(form);
  const held = await readDraft(device, form);
  if (held !== undefined && !held.refused) return null;
  const words = saves.reduce<Values>((all, { patch }) => ({ ...all, ...patch }), {});
  const said = answerIn(saves);
  const typedNow = toTyped(last.kind, { ...view?.fields, ...words });
  const newer = Object.fromEntries(Object.entries(typedNow).filter(([name]) => name in words));
  const standing = before?.typed ?? held?.typed;
  const seen = {
    [form === last.record ? 'rev' : 'companionRev']: Math.min(...saves.map(({ base }) => base)),
  };
  const typed =
    standing === undefined
      ? { ...seen, ...(await around(device, form, last)), ...typedNow, ...said }
      : { ...seen, ...standing, ...newer, ...said };
  const kind = isCompanion(last.kind) ? (kinds[last.kind].parent as { kind: Kind }).kind : last.kind;
  const updated = device.now().toISOString();
  const row = await boxDraft(device, { id: form, kind, typed, updated, refused: true });
  return { row, typed, over: held?.updated ?? null };
};

/** Her last answer to the reviewer, as it lies in the form beside its fields. */
export const answerIn = (changes: readonly Deed[]): { readonly answer?: string } => {
  const last = changes.flatMap((deed) => (deed.do === 'save' ? (deed.answer ?? []) : [])).at(-1);
  return last === undefined ? {} : { answer: last };
};

/** What stands in the rest of the form, when only its companion was refused; and which revision of it she had seen. */
const around = async (device: Device, form: string, { record }: Change): Promise<Values> => {
  if (form === record) return {};
  const row = await device.store.record.get(form);
  if (row === undefined) return {};
  const { view } = await openRecord(device, row);
  return { rev: view.rev, ...toTyped(view.kind, view.fields) };
};
