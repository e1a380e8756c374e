import { canonical } from '../../src/domain/records/canonical.ts';
import type { Values } from '../../src/domain/records/field.ts';
import { demoModels } from '../../src/server/demo/models.ts';
import { demoTrainings } from '../../src/server/demo/trainings.ts';

/** Sound records of every kind but the activity, changed as a test needs. */

export const training = (changes: Values = {}): Record<string, unknown> =>
  canonical('training', { ...demoTrainings[0]?.values, ...changes });

/** The names of the class above: 38 trainees, 27 of them women, present in both sessions. */
export const roster = (class_: string, changes: Values = {}): Record<string, unknown> =>
  canonical('roster', {
    training: class_,
    roster: Array.from({ length: 38 }, (_, i) => ({
      full_name: `Người học số ${i + 1}`,
      sex: i < 27 ? 'nu' : 'nam',
      category: 'cong_tac_vien_xa',
      org_title: null,
      present: [true, i !== 0 && i !== 30],
    })),
    ...changes,
  });

export const model = (changes: Values = {}): Record<string, unknown> => {
  const { effectiveness: _e, replicate_proposed: _r, ...card } = demoModels[0]?.values ?? {};
  return canonical('model', { ...card, ...changes });
};

export const shelter = (changes: Values = {}): Record<string, unknown> =>
  model({
    model_type: 'nha_tam_lanh',
    model_name: 'Nhà tạm lánh số 01 – huyện Kỳ Anh',
    public_location: null,
    shelter_capacity: 4,
    ...changes,
  });

export const period = (of: string, changes: Values = {}): Record<string, unknown> =>
  canonical('model_period', {
    model: of,
    model_type: 'cau_lac_bo',
    from: '2019-06-15',
    to: '2019-11-14',
    meetings: 3,
    attendance_total: 90,
    attendance_female: 60,
    ...changes,
  });

export const support = (of: string, changes: Values = {}): Record<string, unknown> =>
  canonical('model_support', {
    period: of,
    model_type: 'cau_lac_bo',
    persons_supported: 3,
    support_tu_van_tam_ly: 3,
    ...changes,
  });
