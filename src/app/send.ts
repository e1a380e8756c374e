import type { Deed, RecordState } from '../domain/change.ts';
import { session } from './session.ts';
import { askForBackgroundSync } from './shell/update.ts';

/** Makes a change, safe on the phone when this resolves, and lets it be handed in as soon as may be. */
export const saveAndSend = async (record: string, deed: Deed): Promise<RecordState> => {
  const { device, engine, nudge } = await session();
  const saved = await engine.save(device, record, deed);
  void nudge('saved').catch(() => undefined);
  void askForBackgroundSync();
  return saved;
};
