import { ownWords } from './own-words.ts';

/** The words of setting up units and people. */
export const { words: peopleWords, load: loadPeopleWords } = ownWords(async (language) =>
  language === 'vi' ? (await import('./vi-people.ts')).viPeople : (await import('./en-people.ts')).enPeople,
);
