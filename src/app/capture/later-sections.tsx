import { CalendarDays, Minus, Plus, X } from 'lucide';
import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { mayBelongTo, suggestedCampaign } from '../../domain/campaign.ts';
import { lists } from '../../domain/records/lists.ts';
import type { TypedFunding } from '../../domain/records/typed.ts';
import { addDays, isIsoDate, parseDate, showDate, vietnamDay } from '../../domain/typed/date.ts';
import { parseCount, parseMoney, showNumber } from '../../domain/typed/number.ts';
import { now } from '../session.ts';
import { fieldLabel, fill, labelOf, more, words } from '../text/words.ts';
import { Icon } from '../ui/icon.tsx';
import { RadioChip } from '../ui/radio-chip.tsx';
import { describe, inputId } from './field-frame.tsx';
import { FormSection, sectionsOf } from './form-section.tsx';
import { leave, type } from './form-state.ts';
import type { FormState } from './form-state.ts';
import { readForm } from './judge.ts';
import { ChoiceInput, Option, fieldOf, firstInputs, isButtonChoice, listOf, textOf } from './inputs.tsx';
import type { InputProps, Inputs } from './inputs.tsx';
import { TasksInput } from './tasks-input.tsx';

/** The sections of a form below its first, with their controls. */
export const LaterSections = ({
  form,
  marks,
}: {
  form: FormState;
  marks: readonly string[];
}): JSX.Element => {
  const titles = more.value.form.sections as Readonly<Record<string, string>>;
  return (
    <>
      {sectionsOf(form)
        .slice(1)
        .map((section) => (
          <FormSection
            key={section}
            form={form}
            marks={marks}
            section={section}
            title={titles[section] ?? ''}
            inputs={inputs}
          >
            {section === 'notes' && <p class="hint strong">{more.value.form.noPersonal}</p>}
          </FormSection>
        ))}
    </>
  );
};

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
          aria-label={`${fieldLabel(name)} −1`}
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
          aria-label={`${fieldLabel(name)} +1`}
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
  const quick =
    name === 'end_date'
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

const noLine: TypedFunding = { source: '', amount: '' };

const FundingInput = ({ form, name }: InputProps): JSX.Element => {
  const lines = (form.typed.value[name] ?? []) as TypedFunding[];
  const shown = lines.length === 0 ? [noLine] : lines;
  const w = words.value;
  const put = (i: number, line: TypedFunding): void =>
    type(
      form,
      name,
      shown.map((held, at) => (at === i ? line : held)),
    );
  return (
    <>
      {shown.map((line, i) => (
        <div class="funding-line" key={i}>
          <select
            aria-label={`${fieldLabel(name)} ${i + 1}`}
            value={line.source}
            onChange={(event) => {
              put(i, { ...line, source: event.currentTarget.value });
              leave(form, name);
            }}
          >
            <option value="">{w.common.choose}</option>
            {lists.fund_source.map((code) => (
              <Option key={code} list="fund_source" code={code} chosen={line.source} />
            ))}
          </select>
          {line.source !== 'khong_kinh_phi' && (
            <input
              aria-label={`${more.value.form.amount} ${i + 1}`}
              placeholder={more.value.form.amount}
              inputMode="text"
              autocomplete="off"
              value={line.amount}
              onInput={(event) => put(i, { ...line, amount: event.currentTarget.value })}
              onBlur={() => {
                const read = parseMoney(line.amount)?.value;
                if (read != null && showNumber(read) !== line.amount)
                  put(i, { ...line, amount: showNumber(read) });
                leave(form, name);
              }}
            />
          )}
          {shown.length > 1 && (
            <button
              type="button"
              class="icon-button"
              aria-label={`${more.value.form.removeLine} ${i + 1}`}
              onClick={() =>
                type(
                  form,
                  name,
                  shown.filter((_, at) => at !== i),
                )
              }
            >
              <Icon of={X} />
            </button>
          )}
        </div>
      ))}
      <button type="button" class="button small plain" onClick={() => type(form, name, [...shown, noLine])}>
        <Icon of={Plus} size={16} /> {more.value.form.addLine}
      </button>
    </>
  );
};

/** The sum that the form makes, with how it came about: 118 + 202 = 320. */
const TotalOutput = ({ form }: InputProps): JSX.Element => {
  const { values, unread } = readForm(form);
  const parts = ['participants_male', 'participants_female', 'participants_unknown']
    .map((name) => values[name])
    .filter((n): n is number => typeof n === 'number');
  const sound =
    parts.every((n) => n >= 0 && n <= 99_999_999) &&
    !unread.some(({ field }) => field.startsWith('participants_'));
  const total = sound ? values['participants_total'] : null;
  return (
    <output class="total">
      {typeof total === 'number'
        ? fill(more.value.form.sum, { parts: parts.map(showNumber).join(' + '), total: showNumber(total) })
        : '–'}
    </output>
  );
};

/** Few choices are buttons in a row, more are a list of the phone's own. */
const FewOrManyInput = ({ form, name }: InputProps): JSX.Element => {
  const list = fieldOf(form, name)?.list;
  if (list === undefined || !isButtonChoice(list)) return <ChoiceInput form={form} name={name} />;
  const choose = (code: string): void => {
    type(form, name, code);
    leave(form, name);
  };
  return (
    <div class="chips" role="radiogroup" aria-labelledby={inputId(name)}>
      {lists[list].map((code) => (
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

const inputs: Inputs = {
  ...firstInputs,
  choice: FewOrManyInput,
  longText: LongTextInput,
  count: CountInput,
  date: DateInput,
  tags: TagsInput,
  tasks: TasksInput,
  campaign: CampaignInput,
  funding: FundingInput,
  participants_total: TotalOutput,
};
