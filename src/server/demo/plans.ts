import type { DemoRecord } from './activities.ts';

/** What the demo's first commune means to do in the action month of 2019. */

const line = (
  title: string,
  form: string,
  quantity: number,
  host_org: string,
  task: string,
  from = '2019-11-15',
  to = '2019-12-15',
): DemoRecord => ({
  unit: '18382',
  state: 'approved',
  values: {
    title,
    form,
    start_date: from,
    end_date: to,
    campaign_year: 2019,
    quantity,
    host_org,
    task_codes: [task],
  },
});

export const demoPlans: readonly DemoRecord[] = [
  line('Ban hành kế hoạch Tháng hành động', 'ban_hanh_van_ban', 1, 'ubnd_xa', 'II.1.a', '2019-11-01'),
  line('Phát thanh tuyên truyền trên loa xã', 'loa_truyen_thanh', 4, 'ubnd_xa', 'II.1.a'),
  line('Lễ phát động Tháng hành động', 'mit_tinh', 1, 'ubnd_xa', 'II.1.a', '2019-11-15', '2019-11-20'),
  line('Treo băng rôn, pa-nô ở trung tâm xã và các thôn', 'pano_bang_ron', 1, 'ubnd_xa', 'II.1.a'),
  line('Sinh hoạt chi hội phụ nữ theo chủ đề năm', 'sinh_hoat_chi_hoi', 6, 'hoi_lhpn', 'III.9.a'),
  line('Nói chuyện chuyên đề ở trường học', 'truyen_thong_truong_hoc', 2, 'doan_tn', 'II.1.a'),
];
