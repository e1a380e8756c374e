import { suggestedCampaign } from '../../domain/campaign.ts';
import type { Values } from '../../domain/records/field.ts';
import type { DemoRecord } from './activities.ts';
import { seeded } from './seeded.ts';

type Dice = {
  readonly whole: (from: number, to: number) => number;
  readonly one: <T>(choices: readonly T[]) => T;
};

const diceOf = (random: () => number): Dice => ({
  whole: (from, to) => from + Math.floor(random() * (to - from + 1)),
  one: (choices) => choices[Math.floor(random() * choices.length)] as (typeof choices)[number],
});

const pad = (n: number): string => String(n).padStart(2, '0');
const lastDay = (month: number): number => new Date(Date.UTC(2019, month, 0)).getUTCDate();
const inMonth = (month: number, day: number): string =>
  `2019-${pad(month)}-${pad(Math.min(day, lastDay(month)))}`;
const free = [{ source: 'khong_kinh_phi', amount_vnd: 0 }];
const halls = [
  'Nhà văn hóa xã',
  'Hội trường UBND xã',
  'Nhà văn hóa thôn 3',
  'Nhà văn hóa thôn 5',
  'Trường THCS xã',
];

const crowd = ({ whole }: Dice, from: number, to: number, femaleShare: number): Values => {
  const female = Math.round(whole(from, to) * femaleShare);
  const male = Math.round((female / femaleShare) * (1 - femaleShare)) + whole(0, 4);
  return {
    participants_total: female + male,
    participants_female: female,
    participants_male: male,
    participants_unknown: 0,
    sessions_count: 1,
  };
};

const broadcast = (month: number, dice: Dice): Values => {
  const count = dice.whole(4, 12);
  return {
    title: dice.one([
      `Phát chuyên mục bình đẳng giới tháng ${month} trên loa truyền thanh`,
      `Chuyên mục “Gia đình không bạo lực” tháng ${month}`,
      `Phát bài tuyên truyền Luật Bình đẳng giới tháng ${month}`,
    ]),
    form: 'loa_truyen_thanh',
    topics: [dice.one(['phap_luat_bdg', 'phong_chong_blg', 'gia_dinh', 'chinh_tri'])],
    audiences: ['nhan_dan'],
    start_date: inMonth(month, 1),
    end_date: inMonth(month, 28),
    host_org: 'ubnd_xa',
    partner_orgs: ['hoi_lhpn'],
    broadcast_count: count,
    broadcast_features: dice.whole(1, Math.min(4, count)),
    broadcast_minutes: count * dice.whole(8, 15),
    funding: free,
    task_codes: ['II.1.a.3'],
  };
};

const branchSession = (month: number, dice: Dice): Values => {
  const day = inMonth(month, dice.whole(3, 25));
  return {
    title: `Sinh hoạt chi hội phụ nữ thôn ${dice.whole(1, 9)} lồng ghép ${dice.one(['chia sẻ việc nhà', 'phòng, chống bạo lực gia đình', 'chăm sóc sức khỏe sinh sản'])}`,
    form: 'sinh_hoat_chi_hoi',
    topics: [dice.one(['gia_dinh', 'phong_chong_blgd', 'skss_khhgd'])],
    audiences: ['hoi_vien_phu_nu'],
    start_date: day,
    end_date: day,
    venue: dice.one(halls),
    host_org: 'hoi_lhpn',
    count_method: 'ky_nhan',
    funding: free,
    task_codes: ['III.9.a'],
    ...crowd(dice, 22, 60, 0.9),
  };
};

const talk = (month: number, dice: Dice): Values => {
  const day = inMonth(month, dice.whole(5, 27));
  return {
    title: dice.one([
      'Nói chuyện chuyên đề về bình đẳng giới trong gia đình',
      'Nói chuyện chuyên đề phòng, chống xâm hại trẻ em',
      'Nói chuyện chuyên đề mất cân bằng giới tính khi sinh',
    ]),
    form: 'noi_chuyen_chuyen_de',
    topics: [dice.one(['gia_dinh', 'xam_hai_tre_em', 'mat_can_bang_gtks'])],
    audiences: [dice.one(['nhan_dan', 'thanh_nien', 'nong_dan'])],
    start_date: day,
    end_date: day,
    venue: dice.one(halls),
    host_org: dice.one(['hoi_lhpn', 'doan_tn', 'tram_y_te', 'hoi_nong_dan']),
    count_method: dice.one(['ky_nhan', 'dem_truc_tiep']),
    funding: [{ source: 'ns_xa', amount_vnd: dice.whole(4, 20) * 100_000 }],
    task_codes: ['II.1.a'],
    ...crowd(dice, 30, 110, 0.55),
  };
};

const meetingSlot = (month: number, dice: Dice): Values => {
  const day = inMonth(month, dice.whole(2, 26));
  return {
    title: `Lồng ghép nội dung bình đẳng giới tại giao ban tháng ${month}`,
    form: 'hoi_hop_long_ghep',
    topics: [dice.one(['chinh_tri', 'long_ghep_gioi', 'phap_luat_bdg'])],
    audiences: ['can_bo_cong_chuc'],
    start_date: day,
    end_date: day,
    venue: 'Hội trường UBND xã',
    host_org: 'ubnd_xa',
    count_method: 'dem_truc_tiep',
    funding: free,
    task_codes: ['II.1.a.3'],
    ...crowd(dice, 18, 45, 0.4),
  };
};

const leaflets = (month: number, dice: Dice): Values => {
  const day = inMonth(month, dice.whole(8, 24));
  return {
    title: 'Cấp phát tờ rơi về phòng, chống bạo lực trên cơ sở giới',
    form: 'to_roi_tai_lieu',
    topics: ['phong_chong_blg'],
    audiences: ['nhan_dan'],
    start_date: day,
    end_date: day,
    host_org: 'ubnd_xa',
    product_quantity: dice.whole(10, 60) * 10,
    product_unit: 'tờ',
    funding: [{ source: 'ns_huyen', amount_vnd: dice.whole(5, 15) * 100_000 }],
    task_codes: ['II.1.a'],
  };
};

const posts = (month: number, dice: Dice): Values => ({
  title: `Đăng tin, bài về bình đẳng giới trên trang của xã tháng ${month}`,
  form: 'mang_xa_hoi',
  topics: [dice.one(['van_hoa_thong_tin', 'an_toan_mang'])],
  audiences: ['nhan_dan', 'thanh_nien'],
  start_date: inMonth(month, 1),
  end_date: inMonth(month, 30),
  host_org: 'doan_tn',
  posts_count: dice.whole(1, 9),
  online_reach: dice.whole(20, 180) * 10,
  funding: free,
  task_codes: ['III.5.a'],
});

/** What a commune does in a month: the usual things every month, the rarer ones in turn. */
const monthly = (month: number, dice: Dice): Values[] => [
  broadcast(month, dice),
  branchSession(month, dice),
  branchSession(month, dice),
  talk(month, dice),
  month % 2 === 0 ? meetingSlot(month, dice) : posts(month, dice),
];

const actionMonth = (dice: Dice): Values[] => {
  const inDecember = (values: Values, day: string): Values => ({ ...values, start_date: day, end_date: day });
  return [
    inDecember({ ...talk(11, dice), task_codes: ['II.1.b'], topics: ['phong_chong_blg'] }, '2019-11-20'),
    inDecember({ ...leaflets(11, dice), task_codes: ['II.1.b'] }, '2019-11-18'),
    inDecember({ ...branchSession(12, dice), task_codes: ['II.1.b'] }, '2019-12-05'),
  ];
};

/** The state of a generated record: the older, the surer; a few are waiting or back with a comment. */
const stateOf = (values: Values, dice: Dice): Pick<DemoRecord, 'state' | 'comment'> => {
  const recent = (values['start_date'] as string) >= '2019-12-01';
  const roll = dice.whole(1, 100);
  if (recent && roll <= 55) return { state: 'submitted' };
  if (roll <= (recent ? 75 : 3))
    return {
      state: 'returned',
      comment: dice.one([
        'Đề nghị kiểm tra lại số người dự, nam và nữ.',
        'Đề nghị ghi rõ địa điểm và đơn vị phối hợp.',
        'Đề nghị xem lại nguồn kinh phí.',
      ]),
    };
  return { state: 'approved' };
};

/** A commune's year of about sixty activities. */
export const generatedYear = (unit: string, seed: number): DemoRecord[] => {
  const dice = diceOf(seeded(seed));
  const months = Array.from({ length: 12 }, (_, i) => monthly(i + 1, dice)).flat();
  return [...months, ...actionMonth(dice)].map((values) => {
    const [start, end, form] = ['start_date', 'end_date', 'form'].map((name) => values[name] as string);
    const campaign_year = suggestedCampaign(start ?? null, end ?? null, form ?? null);
    return { unit, values: { ...values, campaign_year }, ...stateOf(values, dice) };
  });
};
