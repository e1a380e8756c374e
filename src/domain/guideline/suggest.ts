import type { Values } from '../records/field.ts';
import type { Kind } from '../records/kinds.ts';
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

const byTrainee: Readonly<Record<string, TaskCode>> = {
  phap_che_hoach_dinh: 'II.2.a',
  thanh_tra: 'II.2.b',
  tu_phap: 'II.2.b',
  phong_vien_btv: 'II.2.b',
  thanh_vien_ban_vstbpn: 'II.2.b',
  can_bo_ldtbxh: 'II.2.b.1',
  cong_tac_vien_xa: 'II.2.b.1',
  so_nganh_doan_the: 'II.2.c',
  doanh_nghiep: 'II.2.c',
  giao_vien: 'III.3.a',
  y_bac_sy: 'III.4.d',
  ban_quan_ly_mo_hinh: 'III.1.d',
};

const most = 4;

/** The tasks of the guideline that a record most likely serves, to be offered with one tap; at most four. */
export const suggestTasks = (kind: Kind, values: Values): TaskCode[] => {
  if (kind === 'model') return ['III.10.a', 'III.1.d'];
  const inCampaign = values['campaign_year'] !== null && values['campaign_year'] !== undefined;
  const campaign: readonly TaskCode[] = inCampaign ? ['II.1.b'] : [];
  if (kind === 'training') {
    const lines = (values['by_category'] ?? []) as Values[];
    const trained = lines.flatMap(({ category }) => byTrainee[category as string] ?? []);
    return [...new Set<TaskCode>([...campaign, ...trained, 'II.2.b.1'])].slice(0, most);
  }
  const form = byForm[values['form'] as string];
  const topics = ((values['topics'] ?? []) as string[]).flatMap((topic) => byTopic[topic] ?? []);
  return [...new Set<TaskCode>([...campaign, ...(form ? [form] : []), ...topics, 'II.1.a'])].slice(0, most);
};
