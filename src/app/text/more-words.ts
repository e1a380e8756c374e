import { computed } from '@preact/signals';
import type { MoreWords } from './vi-more.ts';
import { viMore } from './vi-more.ts';
import { englishMore, language } from './words.ts';

/** The words of the screens that are fetched later, in the chosen language. */
export const more = computed<MoreWords>(() =>
  language.value === 'en' ? (englishMore.value ?? viMore) : viMore,
);
