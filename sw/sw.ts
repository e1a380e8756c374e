import { cleanupOutdatedCaches, createHandlerBoundToURL, precacheAndRoute } from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';
import { readPhone } from '../src/device/phone.ts';
import { syncEveryone } from '../src/device/sync/everyone.ts';
import { httpLink } from '../src/device/sync/transport.ts';

/** The service worker: which event calls what. An ES module, so that it shares the device's files with the page. */

type ExtendableSyncEvent = ExtendableEvent & { readonly tag: string };

declare const self: ServiceWorkerGlobalScope & {
  readonly __WB_MANIFEST: { url: string; revision: string | null }[];
};

// Every file of the app that is of use without a network is kept; every page address is answered with the one page
// there is.
precacheAndRoute(self.__WB_MANIFEST);
cleanupOutdatedCaches();
registerRoute(
  new NavigationRoute(createHandlerBoundToURL('/index.html'), {
    denylist: [/^\/api\//, /^\/(healthz|readyz|metrics)$/],
  }),
);

/** Files that few need (English, writers of office files) are kept from the first time they are asked for. */
const later = 'later';
registerRoute(
  ({ url, sameOrigin }) => sameOrigin && url.pathname.startsWith('/assets/'),
  async ({ request }) => {
    const cache = await caches.open(later);
    const held = await cache.match(request);
    if (held !== undefined) return held;
    const response = await fetch(request);
    if (response.ok) await cache.put(request, response.clone());
    return response;
  },
);

// The page asks first: a new version never takes over while somebody is typing.
self.addEventListener('message', (event) => {
  if ((event.data as { type?: string } | null)?.type === 'SKIP_WAITING') void self.skipWaiting();
});
self.addEventListener('activate', (event) =>
  // What was kept of the version before would never be asked for again.
  event.waitUntil(Promise.all([caches.delete(later), self.clients.claim()])),
);

/** Fails when anything is left, to be woken again. */
const syncOrWakeAgain = async (): Promise<void> => {
  if (await syncEveryone(httpLink)) throw new Error('something is still waiting');
};

/** Something is to be looked at: what is new is fetched, and she is told so without a word of what it is. */
const remind = async (): Promise<void> => {
  const { notice } = await readPhone();
  await Promise.allSettled([
    syncEveryone(httpLink),
    self.registration.showNotification(notice?.title ?? '', {
      body: notice?.body ?? '',
      icon: '/icon-192.png',
      tag: 'binh-dang',
    }),
  ]);
};
self.addEventListener('push', (event) => event.waitUntil(remind()));
self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(self.clients.openWindow('/'));
});

self.addEventListener('sync' as 'message', (event) =>
  (event as unknown as ExtendableSyncEvent).waitUntil(syncOrWakeAgain()),
);
