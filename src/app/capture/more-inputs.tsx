import { CalendarDays, Minus, Plus, X } from 'lucide';
import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { mayBelongTo, suggestedCampaign } from '../../domain/campaign.ts';
import { shortestPeriod } from '../../domain/records/model-rules.ts';
import { partsOf } from '../../domain/records/typed.ts';
import { addDays, daysBetween, isIsoDate, parseDate, vietnamDay } from '../../domain/typed/date.ts';
import { parseCount } from '../../domain/typed/number.ts';
import { now } from '../session.ts';
import { fieldLabel, fill, labelOf, more, words } from '../text/words.ts';
import { Icon } from '../ui/icon.tsx';
import { RadioChip } from '../ui/radio-chip.tsx';
import { EvidenceInput } from './evidence-input.tsx';
import { describe, inputId } from './field-frame.tsx';
import { showDate, showNumber } from '../../domain/typed/show.ts';
import { leave, type } from './form-state.ts';
import { ChoiceInput, fieldOf, firstInputs, isButtonChoice, listOf, textOf } from './inputs.tsx';
import type { InputProps, Inputs } from './inputs.tsx';
import { readForm } from './judge.ts';
import { RosterInput } from './roster-input.tsx';
import { RowsInput } from './rows-input.tsx';
import { TasksInput } from './tasks-input.tsx';

/** The controls that are fetched with the later sections of a form. */

const LongTextInput = ({ form, name }: InputProps): JSX.Element => (
  <textarea
    {...describe(form, name)}
    rows={3}
    value={textOf(form, name)}
    onInput={(event) => type(form, name, event.currentTarget.value)}
    onBlur={() => leave(form, name)}
  />
);

/** A number with a button on each side; anything may be typed, and what was understood is shown when it differs. */
const CountInput = ({ form, name }: InputProps): JSX.Element => {
  const typed = textOf(form, name);
  const read = parseCount(typed);
  const step = (by: number): void => {
    const next = Math.max(fieldOf(form, name)?.min ?? 0, (read?.value ?? 0) + by);
    type(form, name, showNumber(next));
    leave(form, name);
  };
  return (
    <>
      <div class="stepper">
        <button
          type="button"
          class="icon-button"
          aria-label={`${fieldLabel(name, form.kind)} −1`}
          tabIndex={-1}
          onClick={() => step(-1)}
        >
          <Icon of={Minus} />
        </button>
        <input
          {...describe(form, name)}
          inputMode="numeric"
          autocomplete="off"
          value={typed}
          onInput={(event) => type(form, name, event.currentTarget.value)}
          onBlur={() => {
            const shown = read?.value == null || read.stripped !== undefined ? typed : showNumber(read.value);
            if (shown !== typed) type(form, name, shown);
            leave(form, name);
          }}
        />
        <button
          type="button"
          class="icon-button"
          aria-label={`${fieldLabel(name, form.kind)} +1`}
          tabIndex={-1}
          onClick={() => step(1)}
        >
          <Icon of={Plus} />
        </button>
      </div>
      {read?.stripped !== undefined && (
        <p class="hint">{fill(more.value.form.read, { value: showNumber(read.value ?? 0) })}</p>
      )}
    </>
  );
};

/** A date, typed the Vietnamese way or picked; today and yesterday are one tap. */
const DateInput = ({ form, name }: InputProps): JSX.Element => {
  const typed = textOf(form, name);
  const today = vietnamDay(now());
  const iso = parseDate(typed, today);
  const picker = useRef<HTMLInputElement>(null);
  const w = words.value;
  const put = (date: string): void => {
    type(form, name, showDate(date));
    leave(form, name);
  };
  const yesterday = addDays(today, -1);
  const start = parseDate(textOf(form, 'start_date'), today);
  // Of a founding or the start of a period, today is hardly ever the day.
  const isOld = name === 'from' || (fieldOf(form, name)?.since !== undefined && name !== 'status_date');
  const quick =
    name === 'to'
      ? periodEnds(textOf(form, 'from'), today).map((day) => [day, showDate(day)])
      : isOld
        ? []
        : name === 'end_date'
          ? start === undefined
            ? []
            : [[start, more.value.form.sameDay]]
          : [
              [today, w.common.today],
              [yesterday, w.common.yesterday],
            ];
  return (
    <>
      <div class="with-button">
        <input
          {...describe(form, name)}
          inputMode="text"
          autocomplete="off"
          placeholder={more.value.form.dateHint}
          value={typed}
          onInput={(event) => type(form, name, event.currentTarget.value)}
          onBlur={() => {
            if (iso !== undefined && showDate(iso) !== typed) type(form, name, showDate(iso));
            leave(form, name);
          }}
        />
        <span class="calendar">
          <button
            type="button"
            class="icon-button"
            aria-label={more.value.form.pickDate}
            onClick={() => picker.current?.showPicker()}
          >
            <Icon of={CalendarDays} />
          </button>
          <input
            ref={picker}
            type="date"
            tabIndex={-1}
            aria-hidden="true"
            value={iso ?? ''}
            onChange={(event) => isIsoDate(event.currentTarget.value) && put(event.currentTarget.value)}
          />
        </span>
      </div>
      <div class="chips">
        {quick.map(([date, label]) => (
          <button type="button" key={label} class="chip small" onClick={() => put(date as string)}>
            {label}
          </button>
        ))}
      </div>
    </>
  );
};

/** The report cuts that lie at least a period after the start and not in the future. */
const periodEnds = (from: string, today: string): string[] => {
  const start = parseDate(from, today);
  if (start === undefined) return [];
  const year = Number(start.slice(0, 4));
  return [year, year + 1]
    .flatMap((y) => ['06-14', '11-14', '12-15'].map((day) => `${y}-${day}`))
    .filter((day) => day <= today && daysBetween(start, day) + 1 >= shortestPeriod)
    .slice(0, 3);
};

const TagsInput = ({ form, name }: InputProps): JSX.Element => {
  const [text, setText] = useState('');
  const tags = listOf(form, name);
  const w = words.value;
  const add = (): void => {
    const tag = text.trim();
    if (tag !== '' && !tags.includes(tag)) type(form, name, [...tags, tag]);
    setText('');
  };
  return (
    <>
      <div class="with-button">
        <input
          {...describe(form, name)}
          value={text}
          placeholder={more.value.form.tagHint}
          onInput={(event) => setText(event.currentTarget.value)}
          onBlur={add}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return;
            event.preventDefault();
            add();
          }}
        />
        <button type="button" class="button small plain" onClick={add}>
          {w.common.add}
        </button>
      </div>
      <div class="chips">
        {tags.map((tag) => (
          <button
            type="button"
            key={tag}
            class="chip"
            aria-pressed="true"
            aria-label={`${w.common.remove} ${tag}`}
            onClick={() =>
              type(
                form,
                name,
                tags.filter((t) => t !== tag),
              )
            }
          >
            {tag} <Icon of={X} size={16} />
          </button>
        ))}
      </div>
    </>
  );
};

/** The action month as it follows from the dates; she may say that the work was not part of it. */
const CampaignInput = ({ form, name }: InputProps): JSX.Element | null => {
  const { values } = readForm(form);
  const [start, end, kind] = [values['start_date'], values['end_date'], values['form']] as (string | null)[];
  const year = suggestedCampaign(start ?? null, end ?? null, kind ?? null);
  const flagged = values[name] as number | null;
  if (year === null && flagged === null) return <p class="hint">{more.value.form.campaignOff}</p>;
  const shown = year ?? (flagged as number);
  const stillFits = start != null && mayBelongTo(shown, start, end ?? start, kind ?? null);
  return (
    <div class="chips" role="radiogroup" aria-labelledby={inputId(name)}>
      {stillFits && (
        <RadioChip
          name={name}
          accent
          checked={flagged !== null}
          label={fill(more.value.form.campaignOn, { year: String(shown) })}
          choose={() => type(form, name, shown)}
        />
      )}
      <RadioChip
        name={name}
        checked={flagged === null}
        label={more.value.form.campaignOff}
        choose={() => type(form, name, null)}
      />
    </div>
  );
};

/** The sum that the form makes, with how it came about: 118 + 202 = 320. */
const TotalOutput = ({ form, name }: InputProps): JSX.Element => {
  const { values, unread } = readForm(form);
  const names = partsOf(form.fields, name) ?? [];
  const parts = names.map((part) => values[part]).filter((n): n is number => typeof n === 'number');
  const sound =
    parts.every((n) => n >= 0 && n <= 99_999_999) && !unread.some(({ field }) => names.includes(field));
  const total = sound ? values[name] : null;
  return (
    <output class="total">
      {typeof total === 'number'
        ? fill(more.value.form.sum, { parts: parts.map(showNumber).join(' + '), total: showNumber(total) })
        : '–'}
    </output>
  );
};

const YesNoInput = ({ form, name }: InputProps): JSX.Element => (
  <div class="chips" role="radiogroup" aria-labelledby={inputId(name)}>
    {([true, false] as const).map((answer) => (
      <RadioChip
        key={String(answer)}
        name={name}
        checked={form.typed.value[name] === answer}
        label={answer ? more.value.form.yes : more.value.form.no}
        choose={() => {
          type(form, name, answer);
          leave(form, name);
        }}
      />
    ))}
  </div>
);

const DecimalInput = ({ form, name }: InputProps): JSX.Element => (
  <input
    {...describe(form, name)}
    inputMode="decimal"
    autocomplete="off"
    value={textOf(form, name)}
    onInput={(event) => type(form, name, event.currentTarget.value)}
    onBlur={() => leave(form, name)}
  />
);

/** Few choices are buttons in a row, more are a list of the phone's own. */
const FewOrManyInput = ({ form, name }: InputProps): JSX.Element => {
  const field = fieldOf(form, name);
  if (field?.list === undefined || !isButtonChoice(field)) return <ChoiceInput form={form} name={name} />;
  const { list, codes = [] } = field;
  const choose = (code: string): void => {
    type(form, name, code);
    leave(form, name);
  };
  return (
    <div class="chips" role="radiogroup" aria-labelledby={inputId(name)}>
      {codes.map((code) => (
        <RadioChip
          key={code}
          name={name}
          checked={textOf(form, name) === code}
          label={labelOf(list, code)}
          choose={() => choose(code)}
        />
      ))}
    </div>
  );
};

/** The controls of all types of field, and of the fields that have one of their own. */
export const inputs: Inputs = {
  ...firstInputs,
  choice: FewOrManyInput,
  longText: LongTextInput,
  count: CountInput,
  decimal: DecimalInput,
  bool: YesNoInput,
  date: DateInput,
  tags: TagsInput,
  tasks: TasksInput,
  campaign: CampaignInput,
  rows: RowsInput,
  roster: RosterInput,
  evidence: EvidenceInput,
  participants_total: TotalOutput,
  members_total: TotalOutput,
};
