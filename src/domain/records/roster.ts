import { always } from './common-fields.ts';
import type { Fields, Values, ValuesOf } from './field.ts';
import { fromTraining } from './training-lists.ts';

/**
 * The names of a class, where somebody must pay or certify by name. A record of its own because few may see it: never
 * the province, and the names go after their term.
 */

const wanted = (values: Values): boolean => values['roster_mode'] !== 'counts_only';

export const rosterFields = {
  training: { type: 'link', privacy: 'P1', section: 'roster', hidden: true, required: always },
  roster: {
    type: 'rows',
    privacy: 'P2',
    section: 'roster',
    max: 300,
    shown: wanted,
    required: wanted,
    columns: {
      full_name: { type: 'text', min: 2, max: 80, privacy: 'P2', section: 'roster', required: always },
      sex: { type: 'choice', ...fromTraining('sex'), privacy: 'P2', section: 'roster', required: always },
      category: {
        type: 'choice',
        ...fromTraining('training_audience'),
        privacy: 'P2',
        section: 'roster',
        required: always,
      },
      org_title: { type: 'text', max: 150, privacy: 'P2', section: 'roster' },
      present: { type: 'ticks', privacy: 'P2', section: 'roster' },
    },
  },
} as const satisfies Fields;

export type Roster = ValuesOf<typeof rosterFields>;
export type Trainee = Roster['roster'][number];
