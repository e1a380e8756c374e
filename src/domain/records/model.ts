import { always, evidence, host, note, programmes, taskCodes } from './common-fields.ts';
import type { Fields, Values, ValuesOf } from './field.ts';
import { isEmpty } from './field.ts';
import { fromModel } from './model-lists.ts';

/**
 * The card of a model against gender-based violence. What happens to the model later (its status, its figures) are
 * records of their own that point to it, so that a locked report locks the figures and never the card.
 */

const founded = (values: Values): boolean => values['planned'] !== true;
export const isShelter = (values: Values): boolean => values['model_type'] === 'nha_tam_lanh';
export const isHotline = (values: Values): boolean => values['model_type'] === 'duong_day_nong';

const decision = { section: 'founding', group: 'founding', privacy: 'P0' } as const;
const people = { type: 'count', privacy: 'P0', section: 'members', group: 'people' } as const;

export const modelFields = {
  model_type: {
    type: 'choice',
    ...fromModel('model_type'),
    privacy: 'P0',
    section: 'model',
    required: always,
  },
  model_name: { type: 'text', min: 5, max: 150, privacy: 'P1', section: 'model', required: always },
  host_org: { ...host, section: 'model' },
  public_location: {
    type: 'text',
    max: 150,
    privacy: 'P0',
    section: 'model',
    // Of a shelter it is never asked; what was typed before stays in sight until it is gone.
    shown: (values) => !isShelter(values) || !isEmpty(values['public_location']),
  },
  public_phone: {
    type: 'text',
    phone: true,
    max: 20,
    privacy: 'P0',
    section: 'model',
    shown: (values) => !isShelter(values),
    required: isHotline,
    optional: true,
  },

  planned: { type: 'bool', ...decision, initial: false },
  decision_no: { type: 'text', max: 40, ...decision, required: founded, shown: founded },
  decision_date: {
    type: 'date',
    past: true,
    since: 1990,
    ...decision,
    required: founded,
    shown: founded,
  },
  decision_authority: {
    type: 'text',
    remember: true,
    max: 150,
    ...decision,
    required: founded,
    shown: founded,
  },
  start_date: { type: 'date', past: true, since: 1990, ...decision, required: founded, shown: founded },
  operating_rules: { type: 'bool', privacy: 'P0', section: 'founding', required: always },

  board_total: { ...people, required: always },
  board_female: { ...people, required: always },
  members_male: { ...people, required: always },
  members_female: { ...people, required: always },
  members_total: { ...people, required: always, whenMissing: 'E_COUNT_TYPE' },
  staff_trained: { ...people, optional: true },
  shelter_capacity: {
    type: 'count',
    min: 1,
    max: 20,
    privacy: 'P2',
    section: 'members',
    shown: isShelter,
    required: isShelter,
  },
  meeting_frequency: {
    type: 'choice',
    ...fromModel('meeting_frequency'),
    privacy: 'P0',
    section: 'members',
    required: always,
  },

  task_codes: taskCodes,
  programmes,
  note,
  evidence: { ...evidence, shown: (values) => !isShelter(values) || !isEmpty(values['evidence']) },

  effectiveness: {
    type: 'choice',
    ...fromModel('effectiveness'),
    privacy: 'P1',
    section: 'assessment',
    group: 'assessment',
    by: 'reviewer',
  },
  replicate_proposed: {
    type: 'bool',
    privacy: 'P0',
    section: 'assessment',
    group: 'assessment',
    by: 'reviewer',
  },
} as const satisfies Fields;

export type Model = ValuesOf<typeof modelFields>;
