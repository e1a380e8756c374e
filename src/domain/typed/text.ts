/** Text as people type or paste it, made canonical: NFC, no stray spaces; null when nothing is left. */
export const parseText = (typed: string): string | null =>
  typed.normalize('NFC').replace(/\s+/gu, ' ').trim() || null;

/** Like parseText, but line breaks stay. */
export const parseLongText = (typed: string): string | null =>
  typed
    .normalize('NFC')
    .replace(/\r\n?/g, '\n')
    .replace(/[^\S\n]+/gu, ' ')
    .replace(/ ?\n ?/g, '\n')
    .trim() || null;

/** Characters as a person counts them (code points, not UTF-16 units). */
export const lengthOf = (text: string): number => [...text].length;
