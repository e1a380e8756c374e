import { always, dateFields, evidence, funding, note, plan, programmes, taskCodes } from './common-fields.ts';
import { isEmpty } from './field.ts';
import type { Fields, Values, ValuesOf } from './field.ts';
import { from } from './lists.ts';
import { fromTraining } from './training-lists.ts';

/** A class: what it was about, who taught, who came. Its counts are persons, never added to an activity's attendances. */

const people = { type: 'count', fresh: true, privacy: 'P0', section: 'trainees', group: 'people' } as const;
const partOf = { ...people, optional: true } as const;
const results = { fresh: true, section: 'results', group: 'results' } as const;
const marks = { ...results, type: 'decimal', min: 0, max: 10, privacy: 'P1', optional: true } as const;

/** Whoever gives a mean mark says of how many papers. */
const hasMarks = (values: Values): boolean =>
  !isEmpty(values['pre_test_avg']) || !isEmpty(values['post_test_avg']);

export const trainingFields = {
  class_name: { type: 'text', min: 5, max: 200, privacy: 'P0', section: 'class', required: always },
  topics: { type: 'choices', ...from('topic'), privacy: 'P0', section: 'class', required: always },
  organiser: {
    type: 'choice',
    remember: true,
    ...from('host_org'),
    privacy: 'P0',
    section: 'class',
    required: always,
  },
  organiser_level: {
    type: 'choice',
    ...fromTraining('organiser_level'),
    privacy: 'P0',
    section: 'class',
    required: always,
  },
  attendance_scope: {
    type: 'choice',
    ...fromTraining('attendance_scope'),
    privacy: 'P0',
    section: 'class',
    required: always,
  },
  trainers_count: {
    type: 'count',
    remember: true,
    min: 1,
    privacy: 'P0',
    section: 'class',
    required: always,
  },
  trainer_org: { type: 'text', remember: true, max: 150, privacy: 'P0', section: 'class', optional: true },

  ...dateFields,
  venue: { type: 'text', remember: true, max: 150, privacy: 'P0', section: 'when', required: always },
  hours: {
    type: 'decimal',
    remember: true,
    min: 0.5,
    max: 80,
    privacy: 'P0',
    section: 'when',
    optional: true,
  },

  participants_male: { ...people, required: always },
  participants_female: { ...people, required: always },
  participants_total: { ...people, min: 1, required: always, whenMissing: 'E_COUNT_TYPE' },
  by_category: {
    type: 'rows',
    fresh: true,
    privacy: 'P0',
    section: 'trainees',
    group: 'people',
    max: 13,
    required: always,
    columns: {
      category: {
        type: 'choice',
        ...fromTraining('training_audience'),
        privacy: 'P0',
        section: 'trainees',
        required: always,
      },
      total: { type: 'count', privacy: 'P0', section: 'trainees', required: always },
      female: { type: 'count', privacy: 'P0', section: 'trainees', required: always },
    },
    unique: ['category'],
    whenTwice: 'E_CATEGORY_DUP',
  },
  invited_total: partOf,
  first_time_total: partOf,
  of_which_ethnic_minority: partOf,
  of_which_disability: { ...partOf, privacy: 'P1' },

  sessions: {
    type: 'rows',
    fresh: true,
    privacy: 'P0',
    section: 'sessions',
    group: 'people',
    max: 40,
    required: always,
    columns: {
      date: { type: 'date', privacy: 'P0', section: 'sessions', required: always },
      part: {
        type: 'choice',
        ...fromTraining('session_part'),
        privacy: 'P0',
        section: 'sessions',
        required: always,
      },
      present_total: { type: 'count', privacy: 'P0', section: 'sessions', required: always },
      present_female: { type: 'count', privacy: 'P0', section: 'sessions', required: always },
    },
    unique: ['date', 'part'],
    whenTwice: 'E_SESSION_DUP',
  },
  roster_mode: {
    type: 'choice',
    ...fromTraining('roster_mode'),
    privacy: 'P1',
    section: 'sessions',
    required: always,
    initial: 'counts_only',
  },

  pre_test_avg: marks,
  post_test_avg: marks,
  tested_count: { ...results, type: 'count', privacy: 'P1', optional: true, required: hasMarks },
  certificates_total: { ...results, type: 'count', privacy: 'P0', optional: true },
  certificates_female: { ...results, type: 'count', privacy: 'P0', optional: true },
  materials_count: { type: 'count', fresh: true, privacy: 'P0', section: 'results', optional: true },

  funding: { ...funding, required: always },
  task_codes: taskCodes,
  programmes,
  evaluation_note: { type: 'longText', fresh: true, max: 1000, privacy: 'P1', section: 'notes' },
  note,
  evidence,
  plan,
} as const satisfies Fields;

export type Training = ValuesOf<typeof trainingFields>;
