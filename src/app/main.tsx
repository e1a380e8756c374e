import { render } from 'preact';
import { freshPhone, readPhone } from '../device/phone.ts';
import { loadNetwork, person, phone, session } from './session.ts';
import { App, preload } from './shell/app.tsx';
import './shell/install.ts';
import { askForBackgroundSync, registerWorker } from './shell/update.ts';
import { dictionaries } from './text/dictionaries.ts';
import { vi } from './text/vi.ts';
import { provideWords, setLanguage } from './text/words.ts';
import './ui/style.css';
import { whenIdle } from './ui/when-idle.ts';

/** How often a waiting queue is looked at when nothing else happens. */
const timerMs = 10_000;

/** So long the first drawing waits for what it draws, which lies on the phone. */
const preloadMs = 500;

/** The composition root of the page: reads what the phone knows, draws, and sets the sync's triggers. */
const start = async (): Promise<void> => {
  const root = document.getElementById('app') as HTMLElement;
  provideWords(vi, dictionaries);
  // What lies on the phone already is taken up at once; a first visit fetches one thing after the other.
  const preloaded = navigator.serviceWorker?.controller ? preload() : undefined;
  const held = await readPhone().catch(() => null);
  phone.value = held ?? freshPhone;
  // Without a network English may not be there; then the words are Vietnamese until it is.
  if (held?.language === 'en') await setLanguage('en').catch(() => undefined);
  if (sessionStorage.getItem('left') !== null) {
    sessionStorage.removeItem('left');
    history.replaceState(null, '', '/');
  }
  // Drawn with its screen, and not twice; the store opens meanwhile.
  await Promise.race([preloaded, new Promise((late) => setTimeout(late, preloadMs))]);
  render(<App />, root);
  void registerWorker();
  startSyncing();
};

const startSyncing = (): void => {
  const nudge = async (why: 'start' | 'online' | 'visible' | 'timer'): Promise<void> => {
    if (phone.value?.people.length === 0) return;
    if (why !== 'timer') void askForBackgroundSync();
    const mine = person.value !== undefined && person.value.role !== 'admin';
    if (mine) await (await session()).nudge(why);
    if (why === 'timer') return;
    const { httpLink, syncEveryone } = await loadNetwork();
    await syncEveryone(httpLink, person.value?.writer ?? null);
  };
  const quietly = (why: Parameters<typeof nudge>[0]) => (): void => void nudge(why).catch(() => undefined);
  addEventListener('online', quietly('online'));
  document.addEventListener(
    'visibilitychange',
    () => document.visibilityState === 'visible' && quietly('visible')(),
  );
  setInterval(quietly('timer'), timerMs);
  // After the first frame, so that a form can be typed into before the database is even fetched; and when the phone
  // has drawn what she looks at, for the road to the server takes a slow one as long as a list.
  setTimeout(() => whenIdle(quietly('start'), 3000), 1500);
};

void start();
