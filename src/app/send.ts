import type { Deed, RecordState } from '../domain/change.ts';
import { session } from './session.ts';
import { askForBackgroundSync } from './shell/update.ts';

/**
 * Makes changes, all or none and safe on the phone when this resolves, and lets them be handed in as soon as may be.
 * `form`: the draft in which they were written, which is gone with it.
 */
export const saveAndSend = async (
  doings: readonly { readonly record: string; readonly deed: Deed }[],
  form?: string,
): Promise<RecordState[]> => {
  const { device, engine, nudge } = await session();
  const saved = await engine.saveAll(device, doings, form);
  void nudge('saved').catch(() => undefined);
  void askForBackgroundSync();
  return saved;
};
