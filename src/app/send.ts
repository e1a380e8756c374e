import type { RecordState } from '../domain/change.ts';
import type { Doing, Saving } from '../device/save.ts';
import { noteStore } from '../device/canary.ts';
import { canary } from './canary.ts';
import { session } from './session.ts';
import { askForBackgroundSync } from './shell/update.ts';

/** A moment later, the rest is surely over. */
const marginMs = 300;

/** Two frames: by then the screen says it. */
const saidMs = 32;

/** By then "saved" has been painted: on a slow phone the road to the server takes as long as the saving did. */
const paintedMs = 300;

/**
 * Makes changes, all or none and safe on the phone when this resolves, and lets them be handed in as soon as may be. The
 * draft in which they were written is gone with it.
 */
export const saveAndSend = async (doings: readonly Doing[], how: Saving = {}): Promise<RecordState[]> => {
  const { device, engine, nudge } = await session();
  const saved = await engine.saveAll(device, doings, how);
  const rests = how.holdMs === undefined ? paintedMs : how.holdMs + marginMs;
  // As soon as it is said: what was saved just before a store is emptied counts among what is lost.
  setTimeout(() => void noteStore(canary, device).catch(() => undefined), saidMs);
  setTimeout(() => void nudge('saved').catch(() => undefined), rests);
  // Also for what rests: the page may be closed before its time is over.
  void askForBackgroundSync();
  return saved;
};
