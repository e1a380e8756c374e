import { Plus, X } from 'lucide';
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Field, Values } from '../../domain/records/field.ts';
import { parseDate, vietnamDay } from '../../domain/typed/date.ts';
import { parseCount, parseMoney } from '../../domain/typed/number.ts';
import { showDate, showNumber } from '../../domain/typed/show.ts';
import { now } from '../session.ts';
import { columnLabel } from '../text/column-label.ts';
import { fieldLabel, fill, more, words } from '../text/words.ts';
import { Icon } from '../ui/icon.tsx';
import { leave, type } from './form-state.ts';
import type { FormState } from './form-state.ts';
import type { InputProps } from './inputs.tsx';
import { RowMessages } from './row-messages.tsx';
import { Option } from './inputs.tsx';

/** Lines of the same columns: money by source, trainees by category, sessions. One empty line is always there. */
export const RowsInput = ({ form, name }: InputProps): JSX.Element => {
  const columns = Object.entries(form.fields[name]?.columns ?? {});
  const typed = (form.typed.value[name] ?? []) as Values[];
  const lines = typed.length === 0 ? [{}] : typed;
  const w = more.value.form;
  const set = (next: readonly Values[]): void => type(form, name, next);
  const put = (at: number, column: string, value: unknown): void =>
    set(lines.map((line, i) => (i === at ? { ...line, [column]: value } : line)));
  const box = useRef<HTMLDivElement>(null);
  const [added, setAdded] = useState(false);
  // Who adds a line goes on writing in it.
  useEffect(() => {
    if (!added) return;
    setAdded(false);
    box.current?.querySelector<HTMLElement>('.row-line:last-of-type :is(input, select)')?.focus();
  }, [added]);
  const remove = (at: number): void => {
    set(lines.filter((_, i) => i !== at));
    if (name === 'sessions') dropTicks(form, at);
    box.current?.querySelector<HTMLElement>('.add-line')?.focus();
  };
  const adds = (w.addRow as Readonly<Record<string, string>>)[name] ?? words.value.common.add;
  return (
    <div ref={box}>
      {lines.map((line, i) => (
        <div class="row-line" key={i} data-row={i}>
          {columns.map(([column, field]) =>
            (field.shown?.(line) ?? true) ? (
              <Cell
                key={column}
                label={`${columnLabel(name, column)} ${i + 1}`}
                caption={columnLabel(name, column)}
                field={field}
                value={String(line[column] ?? '')}
                set={(value) => put(i, column, value)}
                left={() => leave(form, name)}
              />
            ) : null,
          )}
          {lines.length > 1 && (
            <button
              type="button"
              class="icon-button"
              aria-label={`${w.removeLine} ${i + 1}`}
              onClick={() => remove(i)}
            >
              <Icon of={X} />
            </button>
          )}
          <RowMessages form={form} name={name} row={i} />
        </div>
      ))}
      <Sums name={name} columns={columns} lines={lines} />
      <button
        type="button"
        class="button small plain add-line"
        onClick={() => {
          set([...lines, {}]);
          setAdded(true);
        }}
      >
        <Icon of={Plus} size={16} /> {adds}
        <span class="sr-only"> ({fieldLabel(name, form.kind)})</span>
      </button>
    </div>
  );
};

/** The ticks of a session go with it; those of the others stay theirs. */
const dropTicks = (form: FormState, session: number): void => {
  const roster = (form.typed.value['roster'] ?? []) as { present?: boolean[] }[];
  if (roster.length === 0) return;
  type(
    form,
    'roster',
    roster.map((line) => ({ ...line, present: (line.present ?? []).filter((_, i) => i !== session) })),
  );
};

type CellProps = {
  readonly label: string;
  readonly caption: string;
  readonly field: Field;
  readonly value: string;
  readonly set: (value: string) => void;
  readonly left: () => void;
};

/** A cell's value as it is shown once she has left it. */
const tidied = (field: Field, value: string): string => {
  if (field.type === 'date') {
    const iso = parseDate(value, vietnamDay(now()));
    return iso === undefined ? value : showDate(iso);
  }
  const read = field.type === 'money' ? parseMoney(value) : field.type === 'count' ? parseCount(value) : null;
  return read?.value == null ? value : showNumber(read.value);
};

const Cell = ({ label, caption, field, value, set, left }: CellProps): JSX.Element => (
  <label class={`cell cell-${field.type}`}>
    <span class="cell-label" aria-hidden="true">
      {caption}
    </span>
    {field.type === 'choice' ? (
      <select
        aria-label={label}
        value={value}
        onChange={(event) => {
          set(event.currentTarget.value);
          left();
        }}
      >
        <option value="">{words.value.common.choose}</option>
        {field.codes?.map((code) => (
          <Option key={code} list={field.list ?? 'topic'} code={code} chosen={value} />
        ))}
      </select>
    ) : (
      <input
        aria-label={label}
        inputMode={field.type === 'count' ? 'numeric' : 'text'}
        placeholder={field.type === 'date' ? more.value.form.dateHint : ''}
        autocomplete="off"
        value={value}
        onInput={(event) => set(event.currentTarget.value)}
        onBlur={() => {
          const shown = tidied(field, value);
          if (shown !== value) set(shown);
          left();
        }}
      />
    )}
  </label>
);

/** What the counts of several lines come to: 22 + 20 = 42. Sessions are attended by the same people, so not theirs. */
const Sums = ({
  name,
  columns,
  lines,
}: {
  name: string;
  columns: readonly (readonly [string, Field])[];
  lines: readonly Values[];
}): JSX.Element | null => {
  if (lines.length < 2 || name === 'sessions') return null;
  const sums = columns
    .filter(([, { type: of }]) => of === 'count' || of === 'money')
    .map(([column]) => {
      const numbers = lines.map((line) => parseMoney(String(line[column] ?? ''))?.value);
      const parts = numbers.filter((n): n is number => typeof n === 'number');
      return { column, parts, total: parts.reduce((all, n) => all + n, 0) };
    })
    .filter(({ parts }) => parts.length > 1);
  return (
    <>
      {sums.map(({ column, parts, total }) => (
        <p class="hint" key={column}>
          {columnLabel(name, column)}:{' '}
          {fill(more.value.form.sum, {
            parts: parts.map(showNumber).join(' + '),
            total: showNumber(total),
          })}
        </p>
      ))}
    </>
  );
};
