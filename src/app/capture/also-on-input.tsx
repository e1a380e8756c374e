import { Plus, X } from 'lucide';
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { addDays, parseDate, vietnamDay } from '../../domain/typed/date.ts';
import { showDate } from '../../domain/typed/show.ts';
import { now } from '../session.ts';
import { more, words } from '../text/words.ts';
import { Icon } from '../ui/icon.tsx';
import { alsoOn, alsoOnField } from './also-on.ts';
import { type } from './form-state.ts';
import type { FormState } from './form-state.ts';

/** Further days of the same broadcast, typed or by one tap for the day after. */
export const AlsoOnInput = ({ form }: { form: FormState }): JSX.Element => {
  const [text, setText] = useState('');
  const w = more.value.form;
  const today = vietnamDay(now());
  const days = alsoOn(form);
  const start = parseDate(String(form.typed.value['start_date'] ?? ''), today);
  const last = days.at(-1) ?? start;
  const next = last === undefined ? undefined : addDays(last, 1);
  const typed = parseDate(text, today);
  const sound = (day: string | undefined): day is string =>
    day !== undefined && day <= today && day !== start && !days.includes(day);
  const add = (day: string | undefined): void => {
    if (!sound(day)) return;
    type(form, alsoOnField, [...days, day].sort());
    setText('');
  };
  return (
    <fieldset class="field">
      <legend class="label">
        {w.alsoOn}
        <span class="optional"> ({words.value.common.optional})</span>
      </legend>
      <div class="with-button">
        <input
          aria-label={w.alsoOn}
          aria-invalid={text !== '' && typed === undefined}
          placeholder={w.dateHint}
          autocomplete="off"
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return;
            event.preventDefault();
            add(typed);
          }}
        />
        <button type="button" class="button small plain" disabled={!sound(typed)} onClick={() => add(typed)}>
          {w.addDay}
        </button>
      </div>
      <div class="chips">
        {days.map((day) => (
          <button
            type="button"
            key={day}
            class="chip"
            aria-pressed="true"
            aria-label={`${words.value.common.remove} ${showDate(day)}`}
            onClick={() =>
              type(
                form,
                alsoOnField,
                days.filter((held) => held !== day),
              )
            }
          >
            {showDate(day)} <Icon of={X} size={16} />
          </button>
        ))}
        {sound(next) && (
          <button type="button" class="chip small" onClick={() => add(next)}>
            <Icon of={Plus} size={16} /> {w.nextDay}: {showDate(next)}
          </button>
        )}
      </div>
      <p class="hint">{w.alsoOnHint}</p>
    </fieldset>
  );
};
