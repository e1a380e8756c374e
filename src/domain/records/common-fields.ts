import type { Field } from './field.ts';
import { from } from './lists.ts';

/** Fields that several kinds of record share. */

export const always = (): boolean => true;

/** The first and the last day of what was done, and whether it belongs to the action month; they merge as one. */
const dates = { privacy: 'P0', section: 'when', group: 'dates' } as const;

export const dateFields = {
  start_date: { ...dates, type: 'date', past: true, required: always },
  end_date: { ...dates, type: 'date', required: always },
  campaign_year: { ...dates, type: 'campaign' },
} as const;

/** The organisation in whose hands it lies. */
export const host = {
  type: 'choice',
  remember: true,
  ...from('host_org'),
  privacy: 'P0',
  required: always,
} as const;

/** Money by source; what costs nothing is one line that says so. */
export const funding = {
  type: 'rows',
  privacy: 'P1',
  section: 'money',
  max: 8,
  columns: {
    source: { type: 'choice', ...from('fund_source'), privacy: 'P1', section: 'money', required: always },
    amount_vnd: {
      type: 'money',
      privacy: 'P1',
      section: 'money',
      required: always,
      shown: (line) => line['source'] !== 'khong_kinh_phi',
      whenHidden: 0,
    },
  },
  unique: ['source'],
  whenTwice: 'E_FUND_DUP',
  whenWrong: 'E_FUND_AMOUNT',
} as const satisfies Field;

/** The item of the unit’s plan that was carried out. */
export const plan = { type: 'link', fresh: true, privacy: 'P1', section: 'what', hidden: true } as const;

export const taskCodes = { type: 'tasks', privacy: 'P0', section: 'tasks', required: always } as const;

export const programmes = {
  type: 'choices',
  ...from('programme'),
  privacy: 'P0',
  section: 'tasks',
  optional: true,
} as const;

export const note = { type: 'longText', fresh: true, max: 1000, privacy: 'P1', section: 'notes' } as const;

export const evidence = {
  type: 'evidence',
  fresh: true,
  max: 5,
  privacy: 'P1',
  section: 'evidence',
} as const;
