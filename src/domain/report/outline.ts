import { choicesOf, sortOf, spent } from './fact.ts';
import type { Fact } from './fact.ts';
import type { ReportType } from './tile.ts';

/** The parts of a report’s text, and which records each tells of. */
export type Section = {
  readonly code: string;
  /** The records that this part tells of; absent where people write it themselves. */
  readonly of?: (fact: Fact) => boolean;
};

/** Which group of tasks (II.1 to II.5 of the guideline) a task code belongs to. */
const groupOfTask = (code: string): string | null => {
  const own = /^II\.[1-5]/.exec(code)?.[0];
  if (own !== undefined) return own;
  if (/^III\.(2\.b|3\.|4\.[abc]|5\.|6\.[ab]|9\.a|10\.b)/.test(code)) return 'II.1';
  if (/^III\.(4\.d|7\.)/.test(code)) return 'II.2';
  if (/^III\.(1\.d|6\.c|9\.b|10\.a)/.test(code)) return 'II.3';
  return null;
};

const isShared = (fact: Fact): boolean =>
  choicesOf(fact, 'partner_orgs').length > 0 || spent(fact, 'xa_hoi_hoa') > 0 || spent(fact, 'quoc_te') > 0;

/**
 * The groups of tasks in whose parts a record is told; at least one. A record of two groups is told in both and counted once
 * in the tables.
 */
export const groupsOf = (fact: Fact): ReadonlySet<string> => {
  const groups = new Set(choicesOf(fact, 'task_codes').flatMap((code) => groupOfTask(code) ?? []));
  if (fact.kind === 'training') groups.add('II.2');
  if (fact.kind === 'model' || fact.kind === 'model_period') groups.add('II.3');
  if (isShared(fact)) groups.add('II.5');
  // Every record is told somewhere: what serves no group is communication.
  if (groups.size === 0 || (groups.size === 1 && groups.has('II.4'))) groups.add('II.1');
  return groups;
};

const inGroup = (group: string): Section => ({ code: group, of: (fact) => groupsOf(fact).has(group) });

const ofTheYear: readonly Section[] = [
  { code: 'I' },
  inGroup('II.1'),
  inGroup('II.2'),
  inGroup('II.3'),
  { code: 'II.4', of: (fact) => spent(fact) > 0 },
  inGroup('II.5'),
  { code: 'III' },
  { code: 'IV' },
  { code: 'V' },
  { code: 'VI' },
];

/** In which part of the action month’s report each form of activity is told; the others are talks and contests. */
const partOfForm: Readonly<Record<string, string>> = {
  ban_hanh_van_ban: 'I',
  mit_tinh: 'II.1',
  dieu_hanh: 'II.1',
  loa_truyen_thanh: 'II.2',
  dai_pt_th: 'II.2',
  pano_bang_ron: 'II.2',
  to_roi_tai_lieu: 'II.2',
  mang_xa_hoi: 'II.2',
  trang_ttdt: 'II.2',
  tin_bai: 'II.2',
  tham_hoi_tang_qua: 'II.5',
  kiem_tra_giam_sat: 'II.6',
};

const partOf = (fact: Fact): string => {
  if (fact.kind === 'training') return 'II.4';
  if (fact.kind !== 'activity') return 'II.5';
  return partOfForm[sortOf(fact, 'form') ?? ''] ?? 'II.3';
};

const part = (code: string): Section => ({ code, of: (fact) => partOf(fact) === code });

const ofTheCampaign: readonly Section[] = [
  part('I'),
  part('II.1'),
  part('II.2'),
  part('II.3'),
  part('II.4'),
  part('II.5'),
  part('II.6'),
  { code: 'II.7', of: (fact) => spent(fact) > 0 },
  { code: 'III' },
  { code: 'IV' },
];

export const outlineOf = (type: ReportType): readonly Section[] =>
  type === 'campaign' ? ofTheCampaign : ofTheYear;
