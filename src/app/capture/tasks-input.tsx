import { Check } from 'lucide';
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { suggestTasks } from '../../domain/guideline/suggest.ts';
import { tasksOfYear } from '../../domain/guideline/year.ts';
import { vietnamDay } from '../../domain/typed/date.ts';
import { fold } from '../../domain/typed/fold.ts';
import { readGuideline } from '../../device/guideline.ts';
import { now } from '../session.ts';
import { useStored } from '../stored.ts';
import { useTaskWords } from '../text/task-words.ts';
import { more } from '../text/words.ts';
import { Icon } from '../ui/icon.tsx';
import { SearchField } from '../ui/search-field.tsx';
import { leave, type } from './form-state.ts';
import { readForm } from './judge.ts';
import type { InputProps } from './inputs.tsx';

/** Tasks of the guideline: the likely ones as one tap each, all of them behind a search. */
export const TasksInput = ({ form, name }: InputProps): JSX.Element => {
  const tasks = useTaskWords();
  const [search, setSearch] = useState('');
  const chosen = (form.typed.value[name] ?? []) as string[];
  const { values } = readForm(form);
  const year = Number(String(values['start_date'] ?? vietnamDay(now())).slice(0, 4));
  const guideline = useStored(({ device }) => readGuideline(device, year), `guideline-${year}`).value;
  const all = tasksOfYear(guideline?.guideline ?? null);
  const wordingOf = (code: string): string =>
    all.find((task) => task.code === code)?.text ??
    (tasks as Readonly<Record<string, string>> | null)?.[code] ??
    '';
  const w = more.value.form;
  const toggle = (code: string): void => {
    type(form, name, chosen.includes(code) ? chosen.filter((c) => c !== code) : [...chosen, code]);
    leave(form, name);
  };
  const offered = [
    ...new Set([
      ...chosen,
      ...suggestTasks(form.kind, values).filter((code) => all.some((task) => task.code === code)),
    ]),
  ];
  const wanted = fold(search);
  const rest = all
    .map(({ code }) => code)
    .filter((code) => !offered.includes(code) && fold(`${code} ${wordingOf(code)}`).includes(wanted));
  const row = (code: string): JSX.Element => (
    <button
      type="button"
      key={code}
      class="task"
      aria-pressed={chosen.includes(code)}
      onClick={() => toggle(code)}
    >
      <span class="tick">{chosen.includes(code) && <Icon of={Check} size={16} />}</span>
      <span>
        <strong>{code}</strong> {wordingOf(code)}
      </span>
    </button>
  );
  return (
    <>
      <p class="hint">{w.suggested}</p>
      <div class="tasks">{offered.map(row)}</div>
      <details class="all-tasks">
        <summary>{w.allTasks}</summary>
        <SearchField label={w.findTask} value={search} set={setSearch} />
        {rest.length === 0 && <p class="empty small">{w.noTask}</p>}
        <div class="tasks">{rest.map(row)}</div>
      </details>
    </>
  );
};
