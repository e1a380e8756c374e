import { vi } from './vi.ts';
import type { Dictionaries } from './words.ts';

/** The files of words. Imported by the entry alone; see `Dictionaries`. */
export const dictionaries: Dictionaries = {
  core: async (language) => (language === 'vi' ? vi : (await import('./en.ts')).en),
  more: async (language) =>
    language === 'vi' ? (await import('./vi-more.ts')).viMore : (await import('./en-more.ts')).enMore,
};
