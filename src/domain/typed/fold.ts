/**
 * Text folded for search: no tones, no case, đ as d, single spaces. Both tone placements (hoà, hòa) fold to the same.
 * Done here because no database engine folds đ, and SQLite folds ASCII only.
 */
export const fold = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .replace(/[đĐ]/g, 'd')
    .toLowerCase()
    .replace(/\s+/gu, ' ')
    .trim();
