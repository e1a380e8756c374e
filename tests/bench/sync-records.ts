import type { Values } from '../../src/domain/records/field.ts';
import { lists } from '../../src/domain/records/lists.ts';
import { activity } from '../support/activity.ts';
import { seeded } from '../../src/server/demo/seeded.ts';

/** So many activities of about 700 bytes, as different from each other as people write them; the same every time. */
export const differentActivities = (n: number): Values[] => {
  const random = seeded(20191115);
  const whole = (from: number, to: number): number => from + Math.floor(random() * (to - from + 1));
  const one = <T>(of: readonly T[]): T => of[whole(0, of.length - 1)] as T;
  const some = <T>(of: readonly T[], most: number): T[] => [
    ...new Set(Array.from({ length: whole(1, most) }, () => one(of))),
  ];
  const syllables =
    'bình đẳng giới tuyên truyền phụ nữ gia đình thôn xã hội nghị cán bộ trẻ em bạo lực phòng chống luật công tác nông dân sinh hoạt chuyên đề tổ chức nhân tháng hành động vì sự tiến bộ của các chị em trao đổi kinh nghiệm chăm sóc sức khỏe sinh sản vận động nhân dân tham gia thực hiện tốt chủ trương chính sách'.split(
      ' ',
    );
  const says = (from: number, to: number): string => {
    const text = Array.from({ length: whole(from, to) }, () => one(syllables)).join(' ');
    return text.charAt(0).toUpperCase() + text.slice(1);
  };
  return Array.from({ length: n }, () => {
    const [male, female] = [whole(5, 90), whole(5, 120)];
    const host = one(lists.host_org);
    // Of the last months: what is older is refused as a slip.
    const day = new Date(Date.now() - whole(1, 200) * 86_400_000).toISOString().slice(0, 10);
    return activity({
      title: says(7, 13),
      form: one(['toa_dam', 'noi_chuyen_chuyen_de', 'hoi_thao']),
      topics: some(lists.topic, 3),
      audiences: some(lists.audience, 3),
      start_date: day,
      end_date: day,
      campaign_year: null,
      venue: `Nhà văn hóa thôn ${whole(1, 14)}`,
      participants_total: male + female,
      participants_male: male,
      participants_female: female,
      host_org: host,
      partner_orgs: some(lists.host_org, 2).filter((org) => org !== host),
      funding: [{ source: 'ns_xa', amount_vnd: whole(5, 90) * 50_000 }],
      result_note: says(14, 26),
      plan_doc: `${whole(1, 150)}/KH-UBND`,
    });
  });
};
