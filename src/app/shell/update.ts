import { signal } from '@preact/signals';

/** A newer app that has been fetched and waits for the person's word. */
export const waitingWorker = signal<ServiceWorker | null>(null);

/**
 * Registers the service worker and notices a newer one. It never takes over by itself: a half-filled form is on
 * screen for longer than a new version is urgent.
 */
export const registerWorker = async (): Promise<void> => {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  const registration = await navigator.serviceWorker.register('/sw.js', { type: 'module' });
  const notice = (): void => {
    if (registration.waiting !== null && navigator.serviceWorker.controller !== null)
      waitingWorker.value = registration.waiting;
  };
  notice();
  registration.addEventListener('updatefound', () => {
    registration.installing?.addEventListener('statechange', notice);
  });
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible' && navigator.onLine)
      void registration.update().catch(() => undefined);
  });
};

/** Lets the waiting app take over and opens the page anew; drafts are on the disk already. */
export const applyUpdate = (): void => {
  navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
  waitingWorker.value?.postMessage({ type: 'SKIP_WAITING' });
};

/** Asks the browser to wake the worker when there is a network, where it can. */
export const askForBackgroundSync = async (): Promise<void> => {
  if (!('serviceWorker' in navigator) || navigator.serviceWorker.controller === null) return;
  const registration = (await navigator.serviceWorker.ready) as ServiceWorkerRegistration & {
    sync?: { register: (tag: string) => Promise<void> };
  };
  await registration.sync?.register('binh-dang').catch(() => undefined);
};
