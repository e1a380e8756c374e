import type { Engine } from './engine.ts';

/** The service worker: which event calls what. */

type ExtendableSyncEvent = ExtendableEvent & { readonly tag: string };

declare const self: ServiceWorkerGlobalScope & { readonly engine: Engine };

const manifest = self.__WB_MANIFEST as { url: string; revision: string | null }[];
const engineFile = manifest.find(({ url }) => url.includes('worker-engine'));
importScripts(`/${engineFile?.url ?? ''}`);
const { engine } = self;

engine.serveFromCache(manifest);

// The page asks first: a new version never takes over while somebody is typing.
self.addEventListener('message', (event) => {
  if ((event.data as { type?: string } | null)?.type === 'SKIP_WAITING') void self.skipWaiting();
});
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

self.addEventListener('sync' as 'message', (event) =>
  (event as unknown as ExtendableSyncEvent).waitUntil(engine.syncEveryone()),
);
