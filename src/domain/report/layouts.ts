import { figuresLists } from '../records/figures-lists.ts';
import { lists } from '../records/lists.ts';
import { trainingLists } from '../records/training-lists.ts';
import { choicesOf, figure, isWhole, linesOf, sortOf, spent } from './fact.ts';
import type { Fact } from './fact.ts';
import { totalCode } from './tally.ts';
import type { Cell, Column, Layout } from './tally.ts';

/** Which tables a report has, row by row and column by column (DOMAIN: Biểu 01, 02, 04). Models have a file of their own. */

const sum = (name: string, field = name): Column => ({ name, of: (fact) => held(fact, field) });

/** A figure that was given; null when it was not counted. */
const held = (fact: Fact, field: string): Cell =>
  typeof fact.figures[field] === 'number' ? fact.figures[field] : null;

/** How many records counted this at all, since not all do. */
const known = (name: string, field: string): Column => ({
  name,
  of: (fact) => (held(fact, field) === null ? null : 1),
});

const one = (name: string): Column => ({ name, of: () => 1 });

const isActivity = ({ kind }: Fact): boolean => kind === 'activity';

/** Biểu 01: communication, by form of activity. */
const communication: Layout = {
  name: 'communication',
  rows: lists.activity_form,
  counts: isActivity,
  rowsOf: (fact) => [sortOf(fact, 'form') ?? 'khac'],
  columns: [
    one('activities'),
    sum('sessions', 'sessions_count'),
    sum('attendances', 'participants_total'),
    sum('male', 'participants_male'),
    sum('female', 'participants_female'),
    sum('unknown', 'participants_unknown'),
    { name: 'female_share', share: ['female', ['male', 'female']] },
    sum('ethnic', 'of_which_ethnic_minority'),
    known('ethnic_known', 'of_which_ethnic_minority'),
    sum('disability', 'of_which_disability'),
    known('disability_known', 'of_which_disability'),
    sum('broadcasts', 'broadcast_count'),
    sum('minutes', 'broadcast_minutes'),
    sum('features', 'broadcast_features'),
    // Posters and leaflets are not added up: the total of products has a table of its own.
    { name: 'products', of: (fact, row) => (row === totalCode ? null : held(fact, 'product_quantity')) },
    sum('posts', 'posts_count'),
    sum('reach', 'online_reach'),
    { name: 'vnd', of: (fact) => spent(fact) },
  ],
};

/** Biểu 01, the products by what they are counted in: posters and leaflets are never added up. */
const products: Layout = {
  name: 'products',
  rows: lists.product_unit,
  counts: (fact) => isActivity(fact) && held(fact, 'product_quantity') !== null,
  rowsOf: (fact) => [sortOf(fact, 'product_unit') ?? 'cái'],
  columns: [
    one('activities'),
    { name: 'products', of: (fact, row) => (row === totalCode ? null : held(fact, 'product_quantity')) },
  ],
};

/** Biểu 01 (16): by topic. A record with two topics counts in both; the total is the number of records. */
const topics: Layout = {
  name: 'topics',
  rows: lists.topic,
  counts: isActivity,
  rowsOf: (fact) => choicesOf(fact, 'topics'),
  columns: [one('activities'), sum('attendances', 'participants_total')],
};

const categoryLine = (fact: Fact, row: string): Readonly<Record<string, unknown>> | undefined =>
  linesOf(fact, 'by_category').find(({ category }) => category === row);

/** A column of the trainees: in a row those of its category, in the total those of the class. */
const trainees = (name: string, column: 'total' | 'female', field: string, whole: boolean): Column => ({
  name,
  of: (fact, row) => {
    if (isWhole(fact) !== whole) return null;
    return row === totalCode
      ? held(fact, field)
      : ((categoryLine(fact, row)?.[column] as number | undefined) ?? null);
  },
});

/** What is known of a class but not of the categories in it. */
const ofClass = (name: string, value: (fact: Fact) => Cell): Column => ({
  name,
  of: (fact, row) => (row === totalCode && isWhole(fact) ? value(fact) : null),
});

/** Biểu 02: training, by whom it was for. */
const training: Layout = {
  name: 'training',
  rows: trainingLists.training_audience,
  counts: ({ kind }) => kind === 'training',
  rowsOf: (fact) => linesOf(fact, 'by_category').map(({ category }) => String(category)),
  columns: [
    { name: 'classes', of: (fact) => (isWhole(fact) ? 1 : null) },
    trainees('people', 'total', 'participants_total', true),
    trainees('female', 'female', 'participants_female', true),
    { name: 'female_share', share: ['female', ['people']] },
    ofClass('first_time', (fact) => held(fact, 'first_time_total')),
    ofClass('certificates', (fact) => held(fact, 'certificates_total')),
    ofClass('certificates_female', (fact) => held(fact, 'certificates_female')),
    trainees('sent', 'total', 'participants_total', false),
    ofClass('present', (fact) => held(fact, 'present_total')),
    ofClass('seats', (fact) => figure(fact, 'participants_total') * figure(fact, 'sessions_count')),
    { name: 'presence', share: ['present', ['seats']] },
    { name: 'vnd', of: (fact, row) => (row === totalCode ? spent(fact) : null) },
  ],
};

const spentOn = (name: string, kinds: readonly Fact['kind'][]): Column => ({
  name,
  of: (fact, row) => (kinds.includes(fact.kind) ? spent(fact, row === totalCode ? null : row) : null),
});

/** Biểu 04: money by source and by what it was spent on. */
const funding: Layout = {
  name: 'funding',
  rows: lists.fund_source,
  counts: (fact) => spent(fact) > 0,
  rowsOf: (fact) =>
    linesOf(fact, 'funding')
      .filter(({ amount_vnd }) => typeof amount_vnd === 'number' && amount_vnd > 0)
      .map(({ source }) => String(source)),
  columns: [
    spentOn('communication', ['activity']),
    spentOn('training', ['training']),
    spentOn('models', ['model_period']),
    spentOn('all', ['activity', 'training', 'model_period']),
  ],
};

export const layouts: readonly Layout[] = [communication, products, topics, training, funding];

/** A column of a line that was typed by hand; in the total, the sum of all lines. */
const typedLine = (name: string, table: string, key: string, column = name): Column => ({
  name,
  of: (fact, row) =>
    linesOf(fact, table)
      .filter((line) => row === totalCode || line[key] === row)
      .reduce<Cell>(
        (all, line) => (typeof line[column] === 'number' ? (all ?? 0) + line[column] : all),
        null,
      ),
});

const codesOf = (table: string, key: string) => (fact: Fact) =>
  linesOf(fact, table).map((line) => String(line[key]));

const isFigures = ({ kind }: Fact): boolean => kind === 'figures';

/** Biểu 06: women among cadres, as the units typed it. */
const cadres: Layout = {
  name: 'cadres',
  rows: figuresLists.cadre_position,
  counts: isFigures,
  rowsOf: codesOf('cadres', 'position'),
  columns: [
    typedLine('people', 'cadres', 'position', 'total'),
    typedLine('female', 'cadres', 'position'),
    { name: 'female_share', share: ['female', ['people']] },
  ],
};

/** The money that was allotted for the year, by source. */
const budget: Layout = {
  name: 'budget',
  rows: lists.fund_source,
  counts: isFigures,
  rowsOf: codesOf('budget', 'source'),
  columns: [typedLine('allotted', 'budget', 'source', 'amount_vnd')],
};

/** What else is typed: who was trained and commended, what others inspected. */
const others: Layout = {
  name: 'others',
  rows: [],
  counts: isFigures,
  rowsOf: () => [],
  columns: [
    sum('collaborators', 'collaborators_total'),
    sum('collaborators_trained'),
    { name: 'trained_share', share: ['collaborators_trained', ['collaborators']] },
    sum('commended_groups'),
    sum('commended_people'),
    sum('inspections'),
    sum('violations'),
  ],
};

/** The tables that are summed from what was typed by hand. */
export const figuresLayouts: readonly Layout[] = [cadres, budget, others];

/** Columns that only hold what others are computed from; not shown by themselves. */
export const workingColumns: readonly string[] = ['ethnic_known', 'disability_known', 'present', 'seats'];
