import type { JSX } from 'preact';
import { fill, more } from '../text/words.ts';
import type { Line } from './roster-input.tsx';

type Props = {
  readonly lines: readonly Line[];
  readonly sessions: number;
  readonly put: (at: number, changed: Partial<Line>) => void;
  readonly set: (lines: readonly Line[]) => void;
};

const ticked = (line: Line, session: number, on: boolean, sessions: number): readonly boolean[] =>
  Array.from({ length: sessions }, (_, s) => (s === session ? on : line.present[s] === true));

/** Where an arrow key leads from one box to the next. */
const steps: Readonly<Record<string, readonly [number, number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

const move = (event: KeyboardEvent & { readonly currentTarget: HTMLTableElement }): void => {
  const step = steps[event.key];
  const at = (event.target as HTMLElement).dataset['tick']?.split(' ').map(Number);
  if (step === undefined || at === undefined) return;
  const [row = 0, session = 0] = at;
  const next = event.currentTarget.querySelector<HTMLInputElement>(
    `[data-tick="${row + step[0]} ${session + step[1]}"]`,
  );
  if (next === null) return;
  event.preventDefault();
  next.focus();
};

/** Who was there: a box for each person and session, a tap for everyone, and how many that makes. */
export const TickGrid = ({ lines, sessions, put, set }: Props): JSX.Element => {
  const w = more.value.form;
  const all = Array.from({ length: sessions }, (_, s) => s);
  const count = (session: number): number => lines.filter(({ present }) => present[session] === true).length;
  const toggleAll = (session: number): void => {
    const on = count(session) < lines.length;
    set(lines.map((line) => ({ ...line, present: ticked(line, session, on, sessions) })));
  };
  return (
    <div class="tick-scroll">
      <table class="ticks" onKeyDown={move}>
        <caption>{w.present}</caption>
        <thead>
          <tr>
            <td />
            {all.map((session) => (
              <th key={session} scope="col">
                <button
                  type="button"
                  class="chip small"
                  aria-label={fill(w.everyone, { n: session + 1 })}
                  onClick={() => toggleAll(session)}
                >
                  {fill(w.session, { n: session + 1 })}
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map((line, row) => (
            <tr key={row}>
              <th scope="row">
                {row + 1}. {line.full_name}
              </th>
              {all.map((session) => (
                <td key={session}>
                  <label class="tick-box">
                    <input
                      type="checkbox"
                      data-tick={`${row} ${session}`}
                      aria-label={fill(w.presentIn, { name: line.full_name, n: session + 1 })}
                      checked={line.present[session] === true}
                      onChange={(event) =>
                        put(row, { present: ticked(line, session, event.currentTarget.checked, sessions) })
                      }
                    />
                  </label>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{w.present}</th>
            {all.map((session) => (
              <td key={session} data-present={session}>
                {count(session)}/{lines.length}
              </td>
            ))}
          </tr>
        </tfoot>
      </table>
    </div>
  );
};
