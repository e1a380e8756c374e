import { cleanupOutdatedCaches, createHandlerBoundToURL, precacheAndRoute } from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';
import { syncEveryone } from '../src/device/sync/everyone.ts';
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

/** Fails when anything is left, to be woken again. */
const syncOrWakeAgain = async (): Promise<void> => {
  if (await syncEveryone(httpTransport)) throw new Error('something is still waiting');
};

export type Engine = {
  readonly serveFromCache: (manifest: Manifest) => void;
  readonly syncEveryone: () => Promise<void>;
};

(self as unknown as { engine: Engine }).engine = { serveFromCache, syncEveryone: syncOrWakeAgain };
