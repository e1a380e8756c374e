import { ClipboardPaste, Plus, X } from 'lucide';
import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import type { Values } from '../../domain/records/field.ts';
import type { Trainee } from '../../domain/records/roster.ts';
import { rosterTotals } from '../../domain/records/roster-totals.ts';
import { trainingLists } from '../../domain/records/training-lists.ts';
import { parseNames } from '../../domain/typed/names.ts';
import { showNumber } from '../../domain/typed/show.ts';
import { columnLabel } from '../text/column-label.ts';
import { fill, labelOf, more, words } from '../text/words.ts';
import { Icon } from '../ui/icon.tsx';
import { judge, leave, type } from './form-state.ts';
import type { FormState } from './form-state.ts';
import { Option } from './inputs.tsx';
import type { InputProps } from './inputs.tsx';
import { RowMessages } from './row-messages.tsx';
import { TickGrid } from './tick-grid.tsx';

/** One trainee as she stands in the form. */
export type Line = {
  readonly full_name: string;
  readonly sex: string;
  readonly category: string;
  readonly org_title: string;
  readonly present: readonly boolean[];
};

const lineOf = (typed: Values, category: string): Line => ({
  full_name: String(typed['full_name'] ?? ''),
  sex: String(typed['sex'] ?? ''),
  category: String(typed['category'] ?? category),
  org_title: String(typed['org_title'] ?? ''),
  present: (typed['present'] ?? []) as boolean[],
});

/** The names of a class: pasted or typed once, then ticked for each session, with the counts that come of it. */
export const RosterInput = ({ form, name }: InputProps): JSX.Element => {
  const w = more.value.form;
  const sessions = Math.max(1, ((form.typed.value['sessions'] ?? []) as Values[]).length);
  const usual = firstCategory(form);
  const lines = ((form.typed.value[name] ?? []) as Values[]).map((line) => lineOf(line, usual));
  const set = (next: readonly Line[]): void => type(form, name, next);
  const put = (at: number, changed: Partial<Line>): void =>
    set(lines.map((line, i) => (i === at ? { ...line, ...changed } : line)));
  const add = (names: readonly Partial<Line>[]): void =>
    set([
      ...lines.filter(({ full_name, sex }) => full_name !== '' || sex !== ''),
      ...names.map((line) => lineOf({ category: lines.at(-1)?.category ?? usual, ...line }, usual)),
    ]);
  const sexless = lines.filter(({ full_name, sex }) => full_name.trim() !== '' && sex === '').length;
  const sum = useRef<HTMLParagraphElement>(null);
  const { total, female } = rosterTotals(lines as unknown as Trainee[], sessions);
  return (
    <>
      <p class="hint">{w.rosterNotice}</p>
      <PasteNames
        add={(names) => {
          add(names);
          // Heard and seen: how many there are now.
          requestAnimationFrame(() => sum.current?.focus());
        }}
      />
      <ol class="roster">
        {lines.map((line, i) => (
          <li key={i} data-row={i}>
            <NameLine
              line={line}
              at={i}
              put={(changed) => put(i, changed)}
              left={() => leave(form, name)}
              remove={() => set(lines.filter((_, at) => at !== i))}
            />
            <RowMessages form={form} name={name} row={i} />
          </li>
        ))}
      </ol>
      <button type="button" class="button small plain" onClick={() => add([{}])}>
        <Icon of={Plus} size={16} /> {w.addRow.roster}
      </button>
      {lines.length > 0 && (
        <>
          {lines.some(({ category }) => category === '') && (
            <CategoryForAll
              choose={(category) =>
                set(lines.map((line) => (line.category === '' ? { ...line, category } : line)))
              }
            />
          )}
          <p class="total" role="status" tabIndex={-1} ref={sum}>
            {fill(w.rosterTotals, { n: total, m: female })}
          </p>
          <TickGrid lines={lines} sessions={sessions} put={put} set={set} />
          {sexless > 0 && <p class="message warning">{fill(w.sexMissing, { n: sexless })}</p>}
          <button
            type="button"
            class="button small plain"
            disabled={sexless > 0}
            onClick={() => fillCounts(form, lines, sessions)}
          >
            {w.fillCounts}
          </button>
        </>
      )}
    </>
  );
};

/** One choice for everybody who has none yet, so that forty people are not forty choices. */
const CategoryForAll = ({ choose }: { choose: (category: string) => void }): JSX.Element => (
  <label class="field">
    <span class="label">{more.value.form.categoryForAll}</span>
    <select
      aria-label={more.value.form.categoryForAll}
      value=""
      onChange={(event) => choose(event.currentTarget.value)}
    >
      <option value="">{words.value.common.choose}</option>
      {trainingLists.training_audience.map((code) => (
        <Option key={code} list="training_audience" code={code} chosen="" />
      ))}
    </select>
  </label>
);

/** Whoever comes is most often of the class's first category. */
const firstCategory = (form: FormState): string =>
  String(((form.typed.value['by_category'] ?? []) as Values[])[0]?.['category'] ?? '');

/** Puts the counts that the roster comes to into the class, as if they were typed. */
const fillCounts = (form: FormState, lines: readonly Line[], sessions: number): void => {
  const totals = rosterTotals(lines as unknown as Trainee[], sessions);
  const typedSessions = (form.typed.value['sessions'] ?? [{}]) as Values[];
  type(form, 'participants_male', showNumber(totals.male));
  type(form, 'participants_female', showNumber(totals.female));
  type(
    form,
    'by_category',
    totals.byCategory.map(({ category, total, female }) => ({
      category,
      total: showNumber(total),
      female: showNumber(female),
    })),
  );
  type(
    form,
    'sessions',
    typedSessions.map((session, i) => ({
      ...session,
      present_total: showNumber(totals.sessions[i]?.present_total ?? 0),
      present_female: showNumber(totals.sessions[i]?.present_female ?? 0),
    })),
  );
  void judge(form);
};

type NameProps = {
  readonly line: Line;
  readonly at: number;
  readonly put: (changed: Partial<Line>) => void;
  readonly left: () => void;
  readonly remove: () => void;
};

const NameLine = ({ line, at, put, left, remove }: NameProps): JSX.Element => {
  const label = (column: keyof Line): string => `${columnLabel('roster', column)} ${at + 1}`;
  return (
    <div class="name-line">
      <input
        aria-label={label('full_name')}
        placeholder={columnLabel('roster', 'full_name')}
        autocomplete="off"
        value={line.full_name}
        onInput={(event) => put({ full_name: event.currentTarget.value })}
        onBlur={left}
      />
      <span class="sex" role="group" aria-label={label('sex')}>
        {trainingLists.sex.map((code) => (
          <button
            type="button"
            key={code}
            class="chip small"
            aria-pressed={line.sex === code}
            onClick={() => put({ sex: code })}
          >
            {labelOf('sex', code)}
          </button>
        ))}
      </span>
      <button
        type="button"
        class="icon-button"
        aria-label={`${more.value.form.removeLine} ${at + 1}`}
        onClick={remove}
      >
        <Icon of={X} />
      </button>
      <select
        aria-label={label('category')}
        value={line.category}
        onChange={(event) => put({ category: event.currentTarget.value })}
      >
        <option value="">{words.value.common.choose}</option>
        {trainingLists.training_audience.map((code) => (
          <Option key={code} list="training_audience" code={code} chosen={line.category} />
        ))}
      </select>
      <input
        aria-label={label('org_title')}
        placeholder={columnLabel('roster', 'org_title')}
        autocomplete="off"
        value={line.org_title}
        onInput={(event) => put({ org_title: event.currentTarget.value })}
        onBlur={left}
      />
    </div>
  );
};

const PasteNames = ({ add }: { add: (lines: readonly Partial<Line>[]) => void }): JSX.Element => {
  const [text, setText] = useState('');
  const names = parseNames(text);
  const w = more.value.form;
  return (
    <details class="paste">
      <summary>
        <Icon of={ClipboardPaste} size={16} /> {w.paste}
      </summary>
      <textarea
        aria-label={w.paste}
        rows={6}
        value={text}
        onInput={(event) => setText(event.currentTarget.value)}
      />
      <p class="hint">{w.pasteHint}</p>
      <button
        type="button"
        class="button small"
        disabled={names.length === 0}
        onClick={() => {
          add(names);
          setText('');
        }}
      >
        {fill(w.pasteAdd, { n: names.length })}
      </button>
    </details>
  );
};
