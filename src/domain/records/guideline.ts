import { always } from './common-fields.ts';
import type { Fields, ValuesOf } from './field.ts';
import { from } from './lists.ts';

/** The province’s guideline of a year: what is asked of whom and until when, and how papers are signed. */

const common = { privacy: 'P0' } as const;
const due = { ...common, type: 'date', section: 'dues', group: 'dues', since: 2014 } as const;

export const guidelineFields = {
  year: {
    ...common,
    type: 'count',
    plain: true,
    min: 2015,
    max: 2100,
    section: 'guideline',
    required: always,
  },
  title: { ...common, type: 'text', min: 5, max: 300, section: 'guideline', required: always },
  /** Quoted as it stands, never read: the 2019 one cites a date that does not exist. */
  legal_base: { ...common, type: 'longText', max: 2000, section: 'guideline' },
  theme: { ...common, type: 'text', max: 300, section: 'campaign' },
  messages: { ...common, type: 'longText', max: 3000, section: 'campaign' },
  half_due: due,
  year_due: due,
  campaign_due: due,
  commune_half_due: due,
  commune_year_due: due,
  commune_campaign_due: due,
  tasks: {
    ...common,
    type: 'rows',
    section: 'tasks',
    max: 200,
    columns: {
      code: { ...common, type: 'text', max: 20, section: 'tasks', required: always },
      text: { ...common, type: 'text', max: 500, section: 'tasks', required: always },
      actors: { ...common, type: 'text', max: 200, section: 'tasks' },
    },
    unique: ['code'],
    whenTwice: 'E_TWICE',
  },
  schemes: {
    ...common,
    type: 'rows',
    section: 'schemes',
    max: 40,
    columns: {
      code: { ...common, type: 'choice', ...from('programme'), section: 'schemes', required: always },
      text: { ...common, type: 'text', max: 300, section: 'schemes' },
    },
    unique: ['code'],
    whenTwice: 'E_TWICE',
  },
  funding_rules: {
    ...common,
    type: 'rows',
    section: 'money',
    max: 8,
    columns: {
      source: { ...common, type: 'choice', ...from('fund_source'), section: 'money', required: always },
      rule: { ...common, type: 'text', max: 300, section: 'money', required: always },
    },
    unique: ['source'],
    whenTwice: 'E_FUND_DUP',
  },
  targets: {
    ...common,
    type: 'rows',
    section: 'targets',
    max: 40,
    columns: {
      code: { ...common, type: 'text', max: 20, section: 'targets', required: always },
      // The 2019 guideline names four targets by their numbers only; their wording is the province’s to give.
      text: { ...common, type: 'text', max: 400, section: 'targets' },
      measure: { ...common, type: 'text', max: 40, section: 'targets' },
      target: { ...common, type: 'decimal', max: 1_000_000_000, section: 'targets' },
    },
    unique: ['code'],
    whenTwice: 'E_TWICE',
  },
  recipients: { ...common, type: 'longText', max: 2000, section: 'papers' },
  letterheads: {
    ...common,
    type: 'rows',
    section: 'papers',
    max: 700,
    columns: {
      unit: { ...common, type: 'text', max: 20, section: 'papers', required: always },
      parent_body: { ...common, type: 'text', max: 120, section: 'papers' },
      issuing_body: { ...common, type: 'text', max: 120, section: 'papers' },
      place: { ...common, type: 'text', max: 60, section: 'papers' },
      signed_for: { ...common, type: 'text', max: 80, section: 'papers' },
      signer: { ...common, type: 'text', max: 80, section: 'papers' },
    },
    unique: ['unit'],
    whenTwice: 'E_TWICE',
  },
} as const satisfies Fields;

export type Guideline = ValuesOf<typeof guidelineFields>;
