import { signal } from '@preact/signals';

/** Chromium's offer to install the app, kept until the person asks for it. */
type InstallPrompt = Event & { readonly prompt: () => Promise<unknown> };

export const installPrompt = signal<InstallPrompt | null>(null);

addEventListener('beforeinstallprompt', (event) => {
  event.preventDefault();
  installPrompt.value = event as InstallPrompt;
});

export const isInstalled = (): boolean => matchMedia('(display-mode: standalone)').matches;
