import { Bell } from 'lucide';
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { dueDay, dueRole } from '../../domain/guideline/year.ts';
import { remindersOf } from '../../domain/reminders.ts';
import type { Reminder } from '../../domain/reminders.ts';
import { vietnamDay } from '../../domain/typed/date.ts';
import { showDate } from '../../domain/typed/show.ts';
import { readGuideline } from '../../device/guideline.ts';
import type { Overview } from '../../device/read.ts';
import { now } from '../session.ts';
import { useStored } from '../stored.ts';
import { fill, more } from '../text/words.ts';
import { Icon } from '../ui/icon.tsx';

/** What is to be done soon, above what is there to read; the same number stands on the app’s icon. */
export const Reminders = ({
  overview,
  returned,
}: {
  overview: Overview | undefined;
  /** How many of her unit’s records were returned; undefined while that is being read. */
  returned: number | undefined;
}): JSX.Element | null => {
  const today = vietnamDay(now());
  const me = overview?.scope?.me;
  const level = overview?.scope?.units.find(({ id }) => id === me?.unit)?.level ?? 'commune';
  const year = Number(today.slice(0, 4));
  const guideline = useStored(({ device }) => readGuideline(device, year), `guideline-${year}`).value;
  const handedIn = useStored(
    async ({ device, engine }) => (me === undefined ? [] : engine.readHandedIn(device, me.unit, year)),
    `handed-in-${me?.unit}-${year}`,
  ).value;
  const plan = useStored(
    async ({ device, engine }) => (me === undefined ? [] : engine.readPlan(device, me.unit, year)),
    `reminders-${me?.unit}-${today}`,
  ).value;
  const reminders =
    me === undefined ||
    returned === undefined ||
    plan === undefined ||
    guideline === undefined ||
    handedIn === undefined
      ? undefined
      : remindersOf({
          role: me.role,
          today,
          oldestUnsent: overview?.oldest == null ? null : vietnamDay(new Date(overview.oldest)),
          returned,
          handedIn,
          dueOf: (report, of) => dueDay(guideline?.guideline ?? null, dueRole(level), report, of),
          plan: plan.map(({ record, carriedOut }) => ({
            id: record.id,
            title: String(record.fields['title']),
            from: String(record.fields['start_date']),
            done: carriedOut > 0,
          })),
        });
  const forHer = (overview?.notices.length ?? 0) + (overview?.conflicts.length ?? 0);
  const count = reminders === undefined ? undefined : reminders.length + forHer;
  useEffect(() => {
    if (count !== undefined) void setBadge(count).catch(() => undefined);
  }, [count]);
  // What was returned stands below in full.
  const shown = reminders?.flatMap((reminder) => (reminder.what === 'returned' ? [] : [reminder])) ?? [];
  if (shown.length === 0) return null;
  return (
    <section>
      <h2>{more.value.reminders.title}</h2>
      <ul class="reminders">
        {shown.map((reminder) => {
          const { text, href } = said(reminder);
          return (
            <li key={text}>
              <a href={href}>
                <Icon of={Bell} size={18} /> <span>{text}</span>
              </a>
            </li>
          );
        })}
      </ul>
    </section>
  );
};

/** Browsers without badges have nothing to set. */
const setBadge = async (count: number): Promise<void> => {
  if (!('setAppBadge' in navigator)) return;
  await (count === 0 ? navigator.clearAppBadge() : navigator.setAppBadge(count));
};

const said = (
  reminder: Exclude<Reminder, { what: 'returned' }>,
): { readonly text: string; readonly href: string } => {
  const w = more.value.reminders;
  switch (reminder.what) {
    case 'unsent':
      return { text: fill(w.unsent, { n: reminder.days }), href: '/dong-bo' };
    case 'planned': {
      const { id, title, days } = reminder;
      return { text: fill(days === 0 ? w.today : w.tomorrow, { title }), href: `/ghi?ke-hoach=${id}` };
    }
    case 'deadline': {
      const { report, day, days } = reminder;
      const left = days === 0 ? w.lastDay : fill(w.daysLeft, { n: days });
      return {
        text: fill({ half: w.half, year: w.year, campaign: w.campaign }[report], {
          day: showDate(day),
          left,
        }),
        href: `/bao-cao/${report}?nam=${day.slice(0, 4)}`,
      };
    }
  }
};
