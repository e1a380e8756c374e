import { readMeta } from '../device.ts';
import type { Device } from '../device.ts';
import { countSendable } from './hold.ts';
import { runSync } from './run.ts';
import type { Link } from './transport.ts';

/** What the page tells: something happened that makes an attempt worthwhile. */
export type Nudge = 'start' | 'saved' | 'online' | 'visible' | 'timer' | 'asked';

const savedDelayMs = 800;
const quietMs = 120_000;

/**
 * Decides when to sync. A timer's tick respects the wait after failures; a save waits a moment for the next one; the
 * network's return, the screen's return and the person's wish try at once.
 */
export const syncTrigger = (device: Device, link: Link): ((why: Nudge) => Promise<boolean>) => {
  let running: Promise<boolean> | null = null;
  let next: Promise<boolean> | null = null;
  const start = (): Promise<boolean> =>
    (running = runSync(device, link).finally(() => {
      running = null;
    }));
  // Who asks during a run is answered by one that began afterwards, shared by all who asked meanwhile.
  const run = (): Promise<boolean> => {
    if (running === null) return start();
    return (next ??= running
      .catch(() => false)
      .then(() => {
        next = null;
        return start();
      }));
  };
  return async (why) => {
    if (why === 'saved') await new Promise((resolve) => setTimeout(resolve, savedDelayMs));
    if (why === 'timer' && !(await isDue(device))) return false;
    // Who asks for it wants all of it sent, also what rests.
    if (why === 'asked') await device.store.meta.delete('hold');
    return run();
  };
};

/** With work waiting, as soon as the wait after a failure is over; without, only now and then, to spare her data. */
const isDue = async (device: Device): Promise<boolean> => {
  const { store, now } = device;
  const status = await readMeta(store, 'status');
  if ((status?.notBefore ?? 0) > now().getTime()) return false;
  const waits =
    (await countSendable(device)) > 0 || (await store.photo.where('lane').equals('waiting').count()) > 0;
  return waits || now().getTime() - Date.parse(status?.lastContact ?? '1970-01-01') > quietMs;
};
