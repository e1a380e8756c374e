import type { Role } from './access.ts';
import { addDays, daysBetween } from './typed/date.ts';

/** What is to be done soon: dates of the year, returns, planned work, and what has been waiting too long. */

export type Deadline = 'half' | 'year' | 'campaign';

export type Reminder =
  | { readonly what: 'returned'; readonly count: number }
  | { readonly what: 'unsent'; readonly days: number }
  | { readonly what: 'planned'; readonly id: string; readonly title: string; readonly days: number }
  | { readonly what: 'deadline'; readonly report: Deadline; readonly day: string; readonly days: number };

/** Unsent work older than this is worth a word. */
const unsentDays = 3;
/** How long before a deadline it is first named. */
const noticeDays = 14;

/**
 * The last good days, as month and day. The province wants its reports strictly before 20/6 and 25/11; communes hand
 * in to the district before that. The action month's is set by the ministry's letter; this is the usual one.
 */
const lastDays: Readonly<Record<'collaborator' | 'officer', Readonly<Record<Deadline, string>>>> = {
  collaborator: { half: '06-10', year: '11-15', campaign: '12-18' },
  officer: { half: '06-19', year: '11-24', campaign: '12-20' },
};

/** The working day by which a report must be in: the Friday before when it falls on a weekend. */
export const lastGoodDay = (role: 'collaborator' | 'officer', report: Deadline, year: number): string => {
  const day = `${year}-${lastDays[role][report]}`;
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return weekday === 6 ? addDays(day, -1) : weekday === 0 ? addDays(day, -2) : day;
};

export type Situation = {
  readonly role: Role;
  /** Today and the day of the oldest unsent change (ISO). */
  readonly today: string;
  readonly oldestUnsent: string | null;
  readonly returned: number;
  /** The last days of reports where the province has set them; otherwise the usual ones hold. */
  readonly dueOf?: (report: Deadline, year: number) => string;
  /** The reports of this year that are handed in already. */
  readonly handedIn?: readonly string[];
  readonly plan: readonly {
    readonly id: string;
    readonly title: string;
    readonly from: string;
    readonly done: boolean;
  }[];
};

/** What she is reminded of today, the most pressing first. */
export const remindersOf = ({
  role,
  today,
  oldestUnsent,
  returned,
  plan,
  dueOf,
  handedIn = [],
}: Situation): Reminder[] => {
  if (role === 'admin') return [];
  const unsent = oldestUnsent === null ? 0 : daysBetween(oldestUnsent, today);
  const year = Number(today.slice(0, 4));
  const deadlines = (['half', 'year', 'campaign'] as const)
    .map((report) => ({ report, day: dueOf?.(report, year) ?? lastGoodDay(role, report, year) }))
    .map(({ report, day }): Reminder & { what: 'deadline' } => ({
      what: 'deadline',
      report,
      day,
      days: daysBetween(today, day),
    }))
    .filter(({ report, days }) => days >= 0 && days <= noticeDays && !handedIn.includes(report));
  // What is planned for today or tomorrow and was not done yet.
  const planned = plan
    .filter(({ done }) => !done)
    .map(({ id, title, from }): Reminder & { what: 'planned' } => ({
      what: 'planned',
      id,
      title,
      days: daysBetween(today, from),
    }))
    .filter(({ days }) => days === 0 || days === 1);
  return [
    ...(unsent >= unsentDays ? [{ what: 'unsent', days: unsent } as const] : []),
    ...(returned > 0 ? [{ what: 'returned', count: returned } as const] : []),
    ...deadlines,
    ...planned,
  ];
};
