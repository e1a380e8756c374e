import { canonical } from '../../src/domain/records/canonical.ts';
import type { Values } from '../../src/domain/records/field.ts';

/** A sound talk of 64 people, changed as a test needs. */
export const activity = (changes: Values = {}): Record<string, unknown> =>
  canonical('activity', {
    title: 'Tọa đàm phụ nữ với công tác lãnh đạo',
    form: 'toa_dam',
    topics: ['chinh_tri'],
    audiences: ['hoi_vien_phu_nu'],
    start_date: '2019-10-18',
    end_date: '2019-10-18',
    campaign_year: null,
    venue: 'Hội trường UBND xã',
    sessions_count: 1,
    participants_total: 64,
    participants_male: 21,
    participants_female: 43,
    participants_unknown: 0,
    count_method: 'ky_nhan',
    host_org: 'hoi_lhpn',
    partner_orgs: ['mttq'],
    funding: [{ source: 'ns_xa', amount_vnd: 1_800_000 }],
    task_codes: ['II.1.a.1'],
    ...changes,
  });
