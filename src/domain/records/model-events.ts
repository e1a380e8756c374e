import { always, funding, note } from './common-fields.ts';
import type { Fields, Values, ValuesOf } from './field.ts';
import { isHotline } from './model.ts';
import { fromModel } from './model-lists.ts';

/**
 * What happens to a model: a change of its status, the figures of a period, and the support given in it. Each is a
 * record of its own with its own review. The model's type is copied into them, because it decides what is asked and
 * who may read.
 */

const link = { type: 'link', privacy: 'P1', section: 'of', hidden: true, required: always } as const;
const modelType = {
  type: 'choice',
  ...fromModel('model_type'),
  privacy: 'P1',
  section: 'of',
  hidden: true,
  required: always,
} as const;

export const modelStatusFields = {
  model: link,
  model_type: modelType,
  status: {
    type: 'choice',
    ...fromModel('model_status'),
    privacy: 'P0',
    section: 'status',
    required: always,
  },
  status_date: { type: 'date', past: true, since: 1990, privacy: 'P0', section: 'status', required: always },
  reason: { type: 'longText', max: 500, privacy: 'P1', section: 'status' },
} as const satisfies Fields;

export type ModelStatus = ValuesOf<typeof modelStatusFields>;

const meetings = { type: 'count', privacy: 'P0', section: 'meetings', group: 'meetings' } as const;

export const modelPeriodFields = {
  model: link,
  model_type: modelType,
  from: { type: 'date', past: true, privacy: 'P1', section: 'period', group: 'dates', required: always },
  to: { type: 'date', past: true, privacy: 'P1', section: 'period', group: 'dates', required: always },
  meetings: { ...meetings, required: always },
  attendance_total: { ...meetings, required: always },
  attendance_female: { ...meetings, required: always },
  funding: { ...funding, optional: true },
  note,
} as const satisfies Fields;

export type ModelPeriod = ValuesOf<typeof modelPeriodFields>;

const support = { type: 'count', privacy: 'P2', section: 'support', group: 'support' } as const;
const given = { ...support, max: 999 } as const;

/** Only where people may stay. */
const sheltering = (values: Values): boolean =>
  values['model_type'] === 'nha_tam_lanh' || values['model_type'] === 'dia_chi_tin_cay';

export const supportTypes = [
  'support_tu_van_tam_ly',
  'support_tu_van_phap_ly',
  'support_ho_tro_y_te',
  'support_tam_lanh',
  'support_chuyen_tuyen',
  'support_ho_tro_khac',
] as const;

export const modelSupportFields = {
  period: link,
  model_type: modelType,
  hotline_calls: { ...support, shown: isHotline, required: isHotline },
  persons_supported: { ...support, required: always },
  persons_female: { ...support, optional: true },
  persons_under16: { ...support, optional: true },
  support_tu_van_tam_ly: given,
  support_tu_van_phap_ly: given,
  support_ho_tro_y_te: given,
  support_tam_lanh: { ...given, shown: sheltering },
  support_chuyen_tuyen: given,
  support_ho_tro_khac: given,
} as const satisfies Fields;

export type ModelSupport = ValuesOf<typeof modelSupportFields>;
