import { always, note } from './common-fields.ts';
import type { Fields, Finding, ValuesOf } from './field.ts';
import { fromFigures } from './figures-lists.ts';
import { from } from './lists.ts';
import type { Rule } from './rule.ts';

/**
 * What a unit reports of a year and no record can give: shares of women, commendations, inspections of others, the budget it
 * was allotted, and the targets it answers for (DOMAIN: Biểu 05 and 06). Counts only, never a name.
 */

const count = { type: 'count', privacy: 'P0', section: 'commended' } as const;

export const figuresFields = {
  year: {
    type: 'count',
    plain: true,
    min: 2015,
    max: 2100,
    privacy: 'P0',
    section: 'figures',
    required: always,
  },
  cadres: {
    type: 'rows',
    privacy: 'P0',
    section: 'cadres',
    group: 'cadres',
    max: 4,
    columns: {
      position: {
        type: 'choice',
        ...fromFigures('cadre_position'),
        privacy: 'P0',
        section: 'cadres',
        required: always,
      },
      total: { type: 'count', privacy: 'P0', section: 'cadres', required: always },
      female: { type: 'count', privacy: 'P0', section: 'cadres', required: always },
    },
    unique: ['position'],
    whenTwice: 'E_TWICE',
  },
  indicators: {
    type: 'rows',
    privacy: 'P0',
    section: 'indicators',
    max: 40,
    columns: {
      code: { type: 'text', max: 20, privacy: 'P0', section: 'indicators', required: always },
      target: { type: 'decimal', max: 1_000_000_000, privacy: 'P0', section: 'indicators' },
      result: { type: 'decimal', max: 1_000_000_000, privacy: 'P0', section: 'indicators', required: always },
      standing: { type: 'choice', ...fromFigures('standing'), privacy: 'P0', section: 'indicators' },
      source: { type: 'text', max: 150, privacy: 'P0', section: 'indicators' },
    },
    unique: ['code'],
    whenTwice: 'E_TWICE',
  },
  collaborators_total: count,
  collaborators_trained: count,
  commended_groups: count,
  commended_people: count,
  inspections: count,
  violations: count,
  budget: {
    type: 'rows',
    privacy: 'P1',
    section: 'budget',
    max: 8,
    columns: {
      source: { type: 'choice', ...from('fund_source'), privacy: 'P1', section: 'budget', required: always },
      amount_vnd: { type: 'money', privacy: 'P1', section: 'budget', required: always },
    },
    unique: ['source'],
    whenTwice: 'E_FUND_DUP',
    whenWrong: 'E_FUND_AMOUNT',
  },
  source: { type: 'text', max: 200, privacy: 'P0', section: 'notes' },
  note,
} as const satisfies Fields;

export type YearFigures = ValuesOf<typeof figuresFields>;

/** Women are part of all. */
const femaleIsPart: Rule<YearFigures> = ({ cadres }, sound) =>
  sound('cadres')
    ? cadres.flatMap(({ total, female }, row): Finding[] =>
        (female ?? 0) > (total ?? 0) ? [{ field: 'cadres', code: 'E_FEMALE_GT_TOTAL', row }] : [],
      )
    : [];

const trainedArePart: Rule<YearFigures> = ({ collaborators_total: all, collaborators_trained: trained }) =>
  all !== null && trained !== null && trained > all
    ? [{ field: 'collaborators_trained', code: 'E_SUBGROUP_GT_TOTAL' }]
    : [];

export const figuresRules: readonly Rule<YearFigures>[] = [femaleIsPart, trainedArePart];
