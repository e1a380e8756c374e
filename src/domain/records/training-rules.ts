import { fold } from '../typed/fold.ts';
import { datesInOrder, insideCampaign } from './date-rules.ts';
import type { Finding } from './field.ts';
import type { Roster } from './roster.ts';
import { rosterTotals } from './roster-totals.ts';
import { found, fundingIsPlain, onlyOne, partsFitIn } from './rule.ts';
import type { Rule } from './rule.ts';
import type { Training } from './training.ts';

/** The rules that tie the fields of a class, and its roster to it. */

const peopleAddUp: Rule<Training> = (t, sound) => {
  if (!sound('participants_total', 'participants_male', 'participants_female')) return [];
  const total = t.participants_total ?? 0;
  const female = t.participants_female ?? 0;
  return [
    ...found(female > total, { field: 'participants_female', code: 'E_FEMALE_GT_TOTAL' }),
    ...found((t.participants_male ?? 0) + female !== total, {
      field: 'participants_total',
      code: 'E_SUM_MISMATCH',
      n: total,
    }),
    ...found(t.invited_total !== null && sound('invited_total') && total > t.invited_total, {
      field: 'invited_total',
      code: 'W_MORE_THAN_INVITED',
      n: t.invited_total ?? 0,
    }),
  ];
};

const categoriesAddUp: Rule<Training> = (t, sound) => {
  if (!sound('by_category', 'participants_total', 'participants_female')) return [];
  const sum = (name: 'total' | 'female'): number =>
    t.by_category.reduce((all, line) => all + (line[name] ?? 0), 0);
  const off = sum('total') !== (t.participants_total ?? 0) || sum('female') !== (t.participants_female ?? 0);
  return [
    ...t.by_category.flatMap(({ total, female }, row) =>
      found((female ?? 0) > (total ?? 0), { field: 'by_category', code: 'E_FEMALE_GT_TOTAL', row }),
    ),
    ...found(off && t.by_category.length > 0, {
      field: 'by_category',
      code: 'E_CATEGORY_SUM',
      n: t.participants_total ?? 0,
    }),
  ];
};

const sessionsFit: Rule<Training> = (t, sound) => {
  if (!sound('sessions')) return [];
  const dated = sound('start_date', 'end_date') && t.start_date !== null && t.end_date !== null;
  const counted = sound('participants_total');
  return t.sessions.flatMap(({ date, present_total, present_female }, row): Finding[] => [
    ...found(dated && date !== null && (date < (t.start_date ?? '') || date > (t.end_date ?? '')), {
      field: 'sessions',
      code: 'E_SESSION_DATE',
      row,
    }),
    ...found(
      (counted && (present_total ?? 0) > (t.participants_total ?? 0)) ||
        (present_female ?? 0) > (present_total ?? 0),
      { field: 'sessions', code: 'E_SESSION_COUNT', row, n: t.participants_total ?? 0 },
    ),
  ]);
};

const certificatesFit: Rule<Training> = (t, sound) => {
  if (!sound('certificates_total', 'certificates_female', 'participants_total')) return [];
  const given = t.certificates_total ?? 0;
  const women = t.certificates_female ?? 0;
  return [
    ...found(given > (t.participants_total ?? 0), {
      field: 'certificates_total',
      code: 'E_CERT_GT_TOTAL',
      n: t.participants_total ?? 0,
    }),
    ...found(women > given || women > (t.participants_female ?? 0), {
      field: 'certificates_female',
      code: 'E_CERT_GT_TOTAL',
      n: Math.min(given, t.participants_female ?? 0),
    }),
  ];
};

const parts = [
  'of_which_ethnic_minority',
  'of_which_disability',
  'first_time_total',
  'tested_count',
] as const;

export const trainingRules: readonly Rule<Training>[] = [
  datesInOrder,
  insideCampaign,
  peopleAddUp,
  categoriesAddUp,
  sessionsFit,
  certificatesFit,
  partsFitIn('participants_total', parts),
  fundingIsPlain,
];

/** Names that are the same but for their tones and case; the later one is pointed out. */
const namesOnce: Rule<Roster> = ({ roster }, sound) => {
  if (!sound('roster')) return [];
  const seen = new Set<string>();
  return roster.flatMap(({ full_name }, row): Finding[] => {
    if (full_name === null) return [];
    const name = fold(full_name);
    const twice = seen.has(name);
    seen.add(name);
    return found(twice, { field: 'roster', code: 'W_ROSTER_DUP', row });
  });
};

/** A roster says the same as its class; only where the class is known. */
const agreesWithClass: Rule<Roster> = ({ roster }, sound, relatives) => {
  const of = relatives?.parent as Training | null | undefined;
  if (of == null || !sound('roster') || roster.length === 0) return [];
  if (of.roster_mode !== 'roster') return [{ field: 'training', code: 'E_NO_PARENT' }];
  const { total, male, female, sessions } = rosterTotals(roster, of.sessions.length);
  const isTicked = roster.some(({ present }) => present.includes(true));
  const off = sessions.findIndex(
    ({ present_total, present_female }, i) =>
      present_total !== of.sessions[i]?.present_total || present_female !== of.sessions[i]?.present_female,
  );
  const agrees =
    total === of.participants_total && male === of.participants_male && female === of.participants_female;
  return [
    ...found(!agrees, { field: 'roster', code: 'E_ROSTER_SUM', n: total }),
    ...found(agrees && isTicked && off >= 0, { field: 'roster', code: 'E_ROSTER_TICKS', n: off + 1 }),
  ];
};

export const rosterRules: readonly Rule<Roster>[] = [namesOnce, agreesWithClass, onlyOne('training')];
