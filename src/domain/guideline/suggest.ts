import type { Values } from '../records/field.ts';
import type { TaskCode } from './tasks-2019.ts';

const byTopic: Readonly<Record<string, TaskCode>> = {
  chinh_tri: 'II.1.a.1',
  mat_can_bang_gtks: 'III.4.c',
  skss_khhgd: 'III.4.c',
  phong_chong_blgd: 'III.6.b',
  phap_luat_bdg: 'III.7.a',
  long_ghep_gioi: 'III.7.b',
};

const byForm: Readonly<Record<string, TaskCode>> = {
  loa_truyen_thanh: 'II.1.a.3',
  dai_pt_th: 'II.1.a.3',
  hoi_hop_long_ghep: 'II.1.a.3',
  hoi_thao: 'II.1.a.3',
  mang_xa_hoi: 'III.5.a',
  trang_ttdt: 'III.5.a',
  tin_bai: 'III.5.a',
  kiem_tra_giam_sat: 'III.9.b',
  truyen_thong_truong_hoc: 'III.3.a',
};

/** The tasks of the guideline that an activity most likely serves, to be offered with one tap; at most four. */
export const suggestTasks = (values: Values): TaskCode[] => {
  const campaign =
    values['campaign_year'] === null || values['campaign_year'] === undefined ? [] : (['II.1.b'] as const);
  const form = byForm[values['form'] as string];
  const topics = ((values['topics'] ?? []) as string[]).flatMap((topic) => byTopic[topic] ?? []);
  return [...new Set<TaskCode>([...campaign, ...(form ? [form] : []), ...topics, 'II.1.a'])].slice(0, 4);
};
