import { Check } from 'lucide';
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { suggestTasks } from '../../domain/guideline/suggest.ts';
import { tasks2019 } from '../../domain/guideline/tasks-2019.ts';
import type { TaskCode } from '../../domain/guideline/tasks-2019.ts';
import { fold } from '../../domain/typed/fold.ts';
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
  const chosen = (form.typed.value[name] ?? []) as TaskCode[];
  const w = more.value.form;
  const toggle = (code: TaskCode): void => {
    type(form, name, chosen.includes(code) ? chosen.filter((c) => c !== code) : [...chosen, code]);
    leave(form, name);
  };
  const offered = [...new Set([...chosen, ...suggestTasks(form.kind, readForm(form).values)])];
  const wanted = fold(search);
  const rest = tasks2019.filter(
    (code) => !offered.includes(code) && fold(`${code} ${tasks?.[code] ?? ''}`).includes(wanted),
  );
  const row = (code: TaskCode): JSX.Element => (
    <button
      type="button"
      key={code}
      class="task"
      aria-pressed={chosen.includes(code)}
      onClick={() => toggle(code)}
    >
      <span class="tick">{chosen.includes(code) && <Icon of={Check} size={16} />}</span>
      <span>
        <strong>{code}</strong> {tasks?.[code] ?? ''}
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
