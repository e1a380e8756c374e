import { cleanupOutdatedCaches, createHandlerBoundToURL, precacheAndRoute } from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';
import { openDevice } from '../src/device/device.ts';
import { readPhone } from '../src/device/phone.ts';
import type { Phone, PhonePerson } from '../src/device/phone.ts';
import { runSync } from '../src/device/sync/run.ts';
import { httpTransport } from '../src/device/sync/transport.ts';

/**
 * What the service worker can do. A file of its own, imported by name and hash: sw.js carries the list of files and
 * so changes with every build, and this, by far the larger part, must not be fetched anew each time.
 */

type Manifest = { readonly url: string; readonly revision: string | null }[];

/** Every file of the app is kept; every page address is answered with the one page there is. */
const serveFromCache = (manifest: Manifest): void => {
  precacheAndRoute(manifest);
  cleanupOutdatedCaches();
  registerRoute(
    new NavigationRoute(createHandlerBoundToURL('/index.html'), {
      denylist: [/^\/api\//, /^\/(healthz|readyz|metrics)$/],
    }),
  );
};

/** Whether anything of hers is still waiting afterwards. */
const syncOne = async (phone: Phone, person: PhonePerson): Promise<boolean> => {
  const device = await openDevice(phone, person);
  try {
    await runSync(device, httpTransport);
    return (await device.store.outbox.count()) > 0;
  } finally {
    device.store.close();
  }
};

/** Hands in what waits for everyone on this phone, one after the other; fails when anything is left, to be woken again. */
const syncEveryone = async (): Promise<void> => {
  const phone = await readPhone();
  let left = false;
  for (const person of phone.people) {
    try {
      left = (await syncOne(phone, person)) || left;
    } catch {
      // One person's trouble must not keep back another's work.
      left = true;
    }
  }
  if (left) throw new Error('something is still waiting');
};

export type Engine = {
  readonly serveFromCache: (manifest: Manifest) => void;
  readonly syncEveryone: () => Promise<void>;
};

(self as unknown as { engine: Engine }).engine = { serveFromCache, syncEveryone };
