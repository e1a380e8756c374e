import { showNumber } from '../../domain/typed/show.ts';

/** A remembered value as it would be typed. */
export const showUsual = (value: unknown): string =>
  typeof value === 'number' ? showNumber(value) : String(value);
