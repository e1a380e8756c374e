import { signal } from '@preact/signals';
import { showNumber } from '../../domain/typed/number.ts';
import { vi } from './vi.ts';
import type { MoreWords } from './vi-more.ts';
import type { Words } from './vi.ts';

/** The words of the chosen language. Components read `words.value` and so follow a change at once. */
export const words = signal<Words>(vi);

export type Language = 'vi' | 'en';

export const language = signal<Language>('vi');

/** The English words of the later screens, once English was asked for. */
export const englishMore = signal<MoreWords | null>(null);

/** Changes the language; English is fetched when it is first asked for. */
export const setLanguage = async (next: Language): Promise<void> => {
  if (next === 'en') {
    const [{ en }, { enMore }] = await Promise.all([import('./en.ts'), import('./en-more.ts')]);
    englishMore.value = enMore;
    words.value = en;
  } else words.value = vi;
  language.value = next;
  document.documentElement.lang = next;
};

/** Fills {name} in a text. Numbers are written the Vietnamese way. */
export const fill = (text: string, values: Readonly<Record<string, string | number>>): string =>
  text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name];
    return value === undefined ? whole : typeof value === 'number' ? showNumber(value) : value;
  });

/** The name of a code in one of the lists; an unknown code is shown as it is. */
export const labelOf = (list: keyof Words['lists'], code: string): string =>
  (words.value.lists[list] as Readonly<Record<string, string>>)[code] ?? code;

export const fieldLabel = (name: string): string =>
  (words.value.fields as Readonly<Record<string, string>>)[name] ?? name;
