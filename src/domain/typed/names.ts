import { fold } from './fold.ts';

/** A person of a pasted list: her name, and what else stood in her line. */
export type TypedName = {
  readonly full_name: string;
  readonly sex: 'nu' | 'nam' | '';
  readonly org_title: string;
};

const women = ['nu', 'f', 'female', 'ba'];
const men = ['nam', 'm', 'male', 'ong'];

/** What a word says about a sex, or nothing. */
const sexOf = (word: string): TypedName['sex'] => {
  const said = fold(word);
  if (women.includes(said)) return 'nu';
  return men.includes(said) ? 'nam' : '';
};

/** The middle name tells for most people; whoever pasted the list sees it and can change it. */
const sexOfName = (name: string): TypedName['sex'] => {
  const middle = name.normalize('NFC').toLowerCase().split(' ').slice(1, -1);
  if (middle.includes('thị')) return 'nu';
  return middle.includes('văn') ? 'nam' : '';
};

/**
 * Names as people paste them, one a line: "1. Nguyễn Thị A; nữ; Hội phụ nữ", cells of a sheet, or names alone. Numbers
 * in front go; what is no sex is the person's office.
 */
export const parseNames = (text: string): TypedName[] =>
  text.split(/\r?\n/).flatMap((line) => {
    const cells = line
      .split(/[;,\t|]|\s[–-]\s/)
      .map((cell) => cell.normalize('NFC').replace(/\s+/gu, ' ').trim())
      .filter((cell) => cell !== '' && !/^(?:STT\s*)?\d*[.)]?$/iu.test(cell));
    const [first, ...others] = cells;
    const full_name = first?.replace(/^(?:STT\s*)?\d+\s*[.)-]?\s*/iu, '') ?? '';
    if (full_name === '') return [];
    const said = others.map(sexOf).find((sex) => sex !== '');
    return [
      {
        full_name,
        sex: said ?? sexOfName(full_name),
        org_title: others.filter((cell) => sexOf(cell) === '').join(', '),
      },
    ];
  });
