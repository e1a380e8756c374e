import type { JSX } from 'preact';
import type { Board } from '../../domain/report/board.ts';
import { showDate } from '../../domain/typed/show.ts';
import { fill, more } from '../text/words.ts';

type Day = Board['days'][number];

const daysOfWeek = 7;

/** Monday is 0. */
const weekday = (day: string): number => (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % daysOfWeek;

const darkest = 4;

/** How dark a day is drawn beside the fullest one; the number stands in it as well, so nobody needs the colour. */
const shadeOf = (count: number, most: number): number =>
  Math.ceil((darkest * count) / Math.max(darkest, most));

/** The days of the action month by weeks, each with how much happened on it. */
export const CampaignCalendar = ({ days, today }: { days: readonly Day[]; today: string }): JSX.Element => {
  const w = more.value.board;
  const [first] = days;
  const most = Math.max(...days.map(({ count }) => count));
  const blanks = first === undefined ? 0 : weekday(first.day);
  const cells: (Day | null)[] = [...Array.from({ length: blanks }, () => null), ...days];
  const weeks = Array.from({ length: Math.ceil(cells.length / daysOfWeek) }, (_, i) =>
    cells.slice(i * daysOfWeek, (i + 1) * daysOfWeek),
  );
  return (
    <table class="campaign-calendar">
      <caption class="sr-only">{w.calendar}</caption>
      <thead>
        <tr>
          {w.weekdays.map((name) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeks.map((week, i) => (
          <tr key={i}>
            {week.map((cell, j) =>
              cell === null ? (
                <td key={j} />
              ) : (
                <td
                  key={cell.day}
                  class={`shade-${shadeOf(cell.count, most)} ${cell.day === today ? 'today' : ''}`}
                >
                  <span aria-hidden="true" class="day">
                    {Number(cell.day.slice(8))}
                  </span>
                  <span aria-hidden="true" class="count">
                    {cell.count === 0 ? '·' : cell.count}
                  </span>
                  <span class="sr-only">{fill(w.onDay, { day: showDate(cell.day), n: cell.count })}</span>
                </td>
              ),
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
};
