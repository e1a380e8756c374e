import type { Deed, RecordState } from '../domain/change.ts';
import { session } from './session.ts';
import { askForBackgroundSync } from './shell/update.ts';

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
  const saved = await engine.saveAll(device, doings, form);
  const send = (): void => {
    void nudge('saved').catch(() => undefined);
    void askForBackgroundSync();
  };
  if (waitMs === 0) send();
  else setTimeout(send, waitMs);
  return saved;
};
