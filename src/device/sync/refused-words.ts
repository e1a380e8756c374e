import type { Change, RecordState } from '../../domain/change.ts';
import type { Values } from '../../domain/records/field.ts';
import { toTyped } from '../../domain/records/typed.ts';
import type { Device } from '../device.ts';
import { boxDraft, readDraft } from '../drafts.ts';
import type { DraftRow } from '../store/store.ts';

/** A draft as it will be written, and which one it was made over. */
export type NewDraft = { readonly row: DraftRow; readonly over: string | null };

/**
 * Words that the server refused go back into a draft, with everything else of the record, to be mended and sent
 * again. A draft that she is writing is left alone; the words are then in the notice.
 */
export const refusedWords = async (
  device: Device,
  view: RecordState | null,
  refused: readonly Change[],
): Promise<NewDraft | null> => {
  const saves = refused.flatMap((change) => (change.do === 'save' ? [change] : []));
  const last = saves.at(-1);
  if (last === undefined) return null;
  const held = await readDraft(device, last.record);
  if (held !== undefined && !held.refused) return null;
  const words = saves.reduce<Values>((all, { patch }) => ({ ...all, ...patch }), {});
  const typedNow = toTyped(last.kind, { ...view?.fields, ...words });
  const newer = Object.fromEntries(Object.entries(typedNow).filter(([name]) => name in words));
  const typed = held === undefined ? typedNow : { ...held.typed, ...newer };
  const updated = device.now().toISOString();
  const row = await boxDraft(device, { id: last.record, kind: last.kind, typed, updated, refused: true });
  return { row, over: held?.updated ?? null };
};
