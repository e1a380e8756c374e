import { isWhole, noteStore } from '../device/canary.ts';
import { readMeta } from '../device/device.ts';
import type { Device } from '../device/device.ts';
import { changePhone } from '../device/phone.ts';
import { readPhoto as readPhotoFrom } from '../device/photos.ts';
import { signIn as signInTo } from '../device/sign-in.ts';
import { betweenRuns } from '../device/sync/run.ts';
import { httpLink } from '../device/sync/transport.ts';
import { syncTrigger } from '../device/sync/triggers.ts';
import type { Nudge } from '../device/sync/triggers.ts';
import { canary, forgetStrays } from './canary.ts';
import { isFullDisk } from './full-disk.ts';
import { phone, syncHasNoRoom, syncing } from './session.ts';

/**
 * What the screens need of the road to the server, in one chunk of its own (the schemas of the messages are half of
 * the engine's weight): a list is drawn before it is there.
 */
export { signOut, switchPerson } from '../device/sign-in.ts';
export { syncEveryone } from '../device/sync/everyone.ts';
export { httpLink } from '../device/sync/transport.ts';

/** A photo of this phone or of the server that the app came from. */
export const readPhoto = (
  device: Device,
  sha256: string,
  record: string | undefined,
): Promise<Uint8Array<ArrayBuffer> | null> => readPhotoFrom(device, httpLink.photos, sha256, record);

/** Signs a person in; what was noted of stores that are gone has been said by then. */
export const signIn: typeof signInTo = async (credentials) => {
  const opened = await signInTo(credentials);
  forgetStrays(opened.phone);
  return opened;
};

let underway = 0;

/** Asks, and lets it be seen that something is asked. */
const counted =
  <A extends unknown[], R>(ask: (...asked: A) => Promise<R>) =>
  async (...asked: A): Promise<R> => {
    underway += 1;
    syncing.value = true;
    try {
      return await ask(...asked);
    } finally {
      underway -= 1;
      syncing.value = underway > 0;
    }
  };

/** Tells a device's sync that something happened; resolves to whether everything went through. */
export const nudgeOf = (device: Device): ((why: Nudge) => Promise<boolean>) => {
  const trigger = syncTrigger(device, {
    ...httpLink,
    glance: counted(httpLink.glance),
    sync: counted(httpLink.sync),
  });
  let whole: Promise<boolean> | undefined;
  return async (why) => {
    try {
      // The worker's run, which knows nothing of the canary, would write over what is noted of a store that is not whole.
      whole ??= isWhole(canary, device, (note) => betweenRuns(device.writer, note));
      if (!(await whole)) return false;
      const reached = await trigger(why);
      // A tick of the timer that is not due yet says nothing.
      if (!reached && why === 'timer') return false;
      syncHasNoRoom.value = false;
      void noteStore(canary, device).catch(() => undefined);
      if (reached) await followDemoClock(device);
      return reached;
    } catch (error) {
      whole = undefined;
      syncHasNoRoom.value = isFullDisk(error);
      throw error;
    }
  };
};

const demoToleranceMs = 60_000;

/** Somebody may have set the demo to another day; its phones follow. A real phone's clock is its owner's business. */
const followDemoClock = async ({ store }: Device): Promise<void> => {
  if (phone.value === null || phone.value.clockShift === 0) return;
  const skewMs = (await readMeta(store, 'status'))?.skewMs ?? 0;
  if (Math.abs(skewMs) < demoToleranceMs) return;
  phone.value = await changePhone((held) => ({ ...held, clockShift: held.clockShift + skewMs }));
};
