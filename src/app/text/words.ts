import { signal } from '@preact/signals';
import type { AnyListName } from '../../domain/records/field.ts';
import type { Kind } from '../../domain/records/kinds.ts';
import { showNumber } from '../../domain/typed/show.ts';
import type { MoreWords } from './vi-more.ts';
import type { Words } from './vi.ts';

export type Language = 'vi' | 'en';

/**
 * Where the words come from. Only the entry knows the files and nothing imports the entry, so that one changed word
 * changes one file of the app and not, through the names with their hashes, all of them.
 */
export type Dictionaries = {
  readonly core: (language: Language) => Promise<Words>;
  /** The words of the screens that are fetched when they are opened. */
  readonly more: (language: Language) => Promise<MoreWords>;
};

/** The words of the chosen language. Components read `.value` and so follow a change at once. */
export const words = signal({} as Words);
export const more = signal({} as MoreWords);
export const language = signal<Language>('vi');

let dictionaries: Dictionaries | null = null;
let moreIn: Language | null = null;

/** The entry hands in the first words and where the others are. */
export const provideWords = (first: Words, rest: Dictionaries): void => {
  words.value = first;
  dictionaries = rest;
};

/** Fetches the words of the later screens; awaited before the first of those is drawn. */
export const loadMore = async (): Promise<void> => {
  if (dictionaries === null || moreIn === language.value) return;
  const chosen = language.value;
  const fetched = await dictionaries.more(chosen);
  // The language may have been changed while the words were on their way.
  if (language.value !== chosen) return loadMore();
  more.value = fetched;
  moreIn = chosen;
};

/** Changes the language; English is fetched when it is first asked for. */
export const setLanguage = async (next: Language): Promise<void> => {
  if (dictionaries === null) return;
  const [chosen, chosenMore] = await Promise.all([
    dictionaries.core(next),
    moreIn === null ? null : dictionaries.more(next),
  ]);
  words.value = chosen;
  if (chosenMore !== null) [more.value, moreIn] = [chosenMore, next];
  language.value = next;
  document.documentElement.lang = next;
};

/** Fills {name} in a text. Numbers are written the Vietnamese way. */
export const fill = (text: string, values: Readonly<Record<string, string | number>>): string =>
  text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name];
    return value === undefined ? whole : typeof value === 'number' ? showNumber(value) : value;
  });

export const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** The name of a code in one of the lists; an unknown code is shown as it is. */
export const labelOf = (list: AnyListName, code: string): string => {
  const all = { ...words.value.lists, ...more.value.lists } as Partial<
    Record<AnyListName, Readonly<Record<string, string>>>
  >;
  return all[list]?.[code] ?? code;
};

/** A field's name: its kind's own, or the one that all kinds share. Without a kind, whichever is known. */
export const fieldLabel = (name: string, kind?: Kind): string => {
  const own = (more.value.kindFields ?? {}) as Readonly<Record<string, Readonly<Record<string, string>>>>;
  const mine = kind === undefined ? undefined : own[kind]?.[name];
  return mine ?? fromBoth('fields', name) ?? Object.values(own).find((all) => name in all)?.[name] ?? name;
};

export const hintOf = (name: string): string | undefined => fromBoth('hints', name);

/** Some words of a form come with its first section, the others later. */
const fromBoth = (part: 'fields' | 'hints', name: string): string | undefined =>
  (({ ...words.value[part], ...more.value[part] }) as Readonly<Record<string, string>>)[name];
