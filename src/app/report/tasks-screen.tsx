import { FilePenLine, ListChecks } from 'lucide';
import { useLocation } from 'preact-iso/router';
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { actorOf, changedTasks, isTaskOf, tasksOfYear } from '../../domain/guideline/year.ts';
import type { YearTask } from '../../domain/guideline/year.ts';
import type { TaskCode } from '../../domain/guideline/tasks-2019.ts';
import { choicesOf } from '../../domain/report/fact.ts';
import type { Fact } from '../../domain/report/fact.ts';
import type { Unit } from '../../domain/unit.ts';
import { vietnamDay } from '../../domain/typed/date.ts';
import { readFacts } from '../../device/board.ts';
import { readGuideline } from '../../device/guideline.ts';
import type { HeldGuideline } from '../../device/guideline.ts';
import type { Scope } from '../../protocol/scope.ts';
import { formsAsked, now } from '../session.ts';
import { useStored } from '../stored.ts';
import { useOverview } from '../sync-status/sync-card.tsx';
import { reportWords } from '../text/report-words.ts';
import { useTaskWords } from '../text/task-words.ts';
import { fill, words } from '../text/words.ts';
import { UnitChoice, YearTurn, yearFrom } from '../ui/choices.tsx';
import { Icon } from '../ui/icon.tsx';
import '../ui/report.css';

/** What the year’s guideline asks of a unit: for each task what is planned, what was done, and what is missing. */
export const TasksScreen = (): JSX.Element => {
  const { query, route } = useLocation();
  const scope = useOverview()?.scope ?? null;
  const thisYear = Number(vietnamDay(now()).slice(0, 4));
  const year = yearFrom(query['nam'], thisYear, thisYear + 1);
  const unit = query['don-vi'] ?? scope?.me.unit ?? '';
  const held = useStored(({ device }) => readGuideline(device, year), `guideline-${year}`).value;
  const before = useStored(({ device }) => readGuideline(device, year - 1), `guideline-${year - 1}`).value;
  const facts = useStored(({ device }) => readFacts(device), 'facts').value;
  const w = reportWords.value.taskScreen;
  if (scope === null || held === undefined || facts === undefined)
    return <p class="empty">{words.value.common.loading}</p>;
  const show = (next: { year?: number; unit?: string }): void =>
    route(`/bao-cao/nhiem-vu?nam=${next.year ?? year}&don-vi=${next.unit ?? unit}`, true);
  return (
    <div class="page">
      <a class="back" href={`/bao-cao?nam=${year}`}>
        ‹ {reportWords.value.title}
      </a>
      <h1>{fill(w.title, { year: String(year) })}</h1>
      <p class="quiet">{held === null ? w.builtIn : fill(w.published, { year: String(year) })}</p>
      {held?.guideline.legal_base != null && (
        <p class="hint">{fill(w.base, { text: held.guideline.legal_base })}</p>
      )}
      {held?.guideline.theme != null && <p class="note">{fill(w.theme, { text: held.guideline.theme })}</p>}
      <div class="actions">
        <YearTurn year={year} last={thisYear + 1} turn={(to) => show({ year: to })} />
        <UnitChoice scope={scope} unit={unit} choose={(to) => show({ unit: to })} />
      </div>
      <Publish scope={scope} held={held} before={before ?? null} year={year} />
      <Tasks
        tasks={tasksOfYear(held?.guideline ?? null)}
        facts={facts}
        unit={scope.units.find(({ id }) => id === unit)}
        year={year}
      />
    </div>
  );
};

/** The province’s officer writes the year’s guideline, from last year’s where there is one, and sees what is different. */
const Publish = ({
  scope,
  held,
  before,
  year,
}: {
  scope: Scope;
  held: HeldGuideline | null;
  before: HeldGuideline | null;
  year: number;
}): JSX.Element | null => {
  const w = reportWords.value.taskScreen;
  const isTop = scope.units.find(({ id }) => id === scope.me.unit)?.parent === null;
  const changed = changedTasks(tasksOfYear(before?.guideline ?? null), tasksOfYear(held?.guideline ?? null));
  const lines = [
    [w.added, changed.added],
    [w.removed, changed.removed],
    [w.reworded, changed.reworded],
  ] as const;
  const told = lines.filter(([, codes]) => codes.length > 0);
  return (
    <>
      {scope.me.role === 'officer' && isTop && (
        <div class="actions">
          {held === null ? (
            <a
              class="button"
              href={
                before === null
                  ? `/ghi?loai=guideline&nam=${year}`
                  : `/ghi?nhu=${before.record.id}&nam=${year}`
              }
              onClick={() => formsAsked.value++}
            >
              <Icon of={FilePenLine} /> {fill(w.write, { year: String(year) })}
            </a>
          ) : (
            <a class="button plain" href={`/ghi/${held.record.id}`}>
              <Icon of={FilePenLine} /> {w.edit}
            </a>
          )}
        </div>
      )}
      {held !== null && before !== null && told.length > 0 && (
        <details class="card">
          <summary>
            <h2>{w.changed}</h2>
          </summary>
          <ul>
            {told.map(([text, codes]) => (
              <li key={text}>{fill(text, { codes: codes.join(', ') })}</li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
};

type TasksProps = {
  readonly tasks: readonly YearTask[];
  readonly facts: readonly Fact[];
  readonly unit: Unit | undefined;
  readonly year: number;
};

const Tasks = ({ tasks, facts, unit, year }: TasksProps): JSX.Element => {
  const wordings = useTaskWords();
  const [onlyMissing, setOnlyMissing] = useState(false);
  const [all, setAll] = useState(false);
  const actors = reportWords.value.actors as Readonly<Record<string, string>>;
  const w = reportWords.value.taskScreen;
  const own = facts.filter(
    (fact) => fact.unit === unit?.id && fact.state !== 'void' && fact.from.startsWith(String(year)),
  );
  const serving = (code: string, kinds: readonly Fact['kind'][]): number =>
    own.filter((fact) => kinds.includes(fact.kind) && choicesOf(fact, 'task_codes').includes(code)).length;
  const hers = tasks.filter(
    (task) => all || unit === undefined || isTaskOf(task, unit, (actor) => actors[actor] ?? ''),
  );
  const lines = hers.map((task) => ({
    ...task,
    wording: task.text ?? wordings?.[task.code as TaskCode] ?? '',
    planned: serving(task.code, ['plan']),
    done: serving(task.code, ['activity', 'training', 'model']),
  }));
  const shown = onlyMissing ? lines.filter(({ done }) => done === 0) : lines;
  return (
    <section>
      <p class="hint">{w.hint}</p>
      <div class="chips">
        <button
          type="button"
          class="chip"
          aria-pressed={onlyMissing}
          onClick={() => setOnlyMissing(!onlyMissing)}
        >
          {w.onlyMissing}
        </button>
        <button type="button" class="chip" aria-pressed={all} onClick={() => setAll(!all)}>
          {w.all}
        </button>
      </div>
      <ul class="task-list">
        {shown.map(({ code, wording, planned, done, actors: named }) => (
          <li key={code} class="card">
            <p>
              <Icon of={ListChecks} size={18} /> <strong>{code}</strong> {wording}
            </p>
            <p class="hint">{fill(w.actors, { who: named ?? actors[actorOf(code)] ?? '' })}</p>
            <p class="badges">
              <span class="badge">{fill(w.planned, { n: planned })}</span>
              <span class={`badge ${done === 0 ? '' : 'state-approved'}`}>
                {done === 0 ? w.nothing : fill(w.done, { n: done })}
              </span>
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
};
