import type { CellName } from './report.ts';

/** The figures beside which a unit may put its own, with why they differ. */
export type Headline = CellName & { readonly unit: 'count' | 'vnd' };

const total = (table: string, column: string, unit: Headline['unit'] = 'count'): Headline => ({
  table,
  row: 'total',
  column,
  unit,
});

export const headlines: readonly Headline[] = [
  total('communication', 'activities'),
  total('communication', 'attendances'),
  total('communication', 'male'),
  total('communication', 'female'),
  total('communication', 'broadcasts'),
  total('communication', 'posts'),
  total('training', 'classes'),
  total('training', 'people'),
  total('training', 'female'),
  total('models', 'at_end'),
  total('funding', 'all', 'vnd'),
];
