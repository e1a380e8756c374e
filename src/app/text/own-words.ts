import { signal } from '@preact/signals';
import type { Signal } from '@preact/signals';
import { language } from './words.ts';
import type { Language } from './words.ts';

/** Words that come with the screens that use them; the others have no use for them. */
export type OwnWords<T> = {
  /** In the chosen language. */
  readonly words: Signal<T>;
  /** Fetches them; awaited before the first of their screens is drawn. In another language they are fetched by themselves. */
  readonly load: () => Promise<void>;
};

export const ownWords = <T>(fetchIn: (language: Language) => Promise<T>): OwnWords<T> => {
  const words = signal({} as T);
  let heldIn: Language | null = null;
  const load = async (): Promise<void> => {
    const chosen = language.value;
    if (heldIn === chosen) return;
    const fetched = await fetchIn(chosen);
    if (language.value !== chosen) return load();
    words.value = fetched;
    heldIn = chosen;
  };
  language.subscribe(() => {
    if (heldIn !== null) void load().catch(() => undefined);
  });
  return { words, load };
};
