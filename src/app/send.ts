import type { Deed, RecordState } from '../domain/change.ts';
import { session } from './session.ts';
import { askForBackgroundSync } from './shell/update.ts';

/** A moment later, the rest is surely over. */
const marginMs = 300;

/**
 * Makes changes, all or none and safe on the phone when this resolves, and lets them be handed in as soon as may be.
 * `form`: the draft in which they were written, which is gone with it. `waitMs`: how long they may still be taken back.
 */
export const saveAndSend = async (
  doings: readonly { readonly record: string; readonly deed: Deed }[],
  form?: string,
  waitMs = 0,
): Promise<RecordState[]> => {
  const { device, engine, nudge } = await session();
  const saved = await engine.saveAll(device, doings, form, waitMs);
  const send = (): void => void nudge('saved').catch(() => undefined);
  if (waitMs === 0) send();
  else setTimeout(send, waitMs + marginMs);
  // Also for what rests: the page may be closed before its time is over.
  void askForBackgroundSync();
  return saved;
};
