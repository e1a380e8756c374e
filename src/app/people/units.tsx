import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { fold } from '../../domain/typed/fold.ts';
import { mayLieUnder, unitCodeMost, unitLevels, unitNameMost } from '../../domain/unit.ts';
import type { Unit } from '../../domain/unit.ts';
import type { UnitImportResult } from '../../protocol/admin.ts';
import { fill } from '../text/words.ts';
import { peopleWords } from '../text/people-words.ts';
import { SearchField } from '../ui/search-field.tsx';
import { toast } from '../ui/toast.tsx';
import { Refused, call } from '../call.ts';
import { ChoiceSelect, Message, TextField, UnitSelect, refusal, shownAtOnce } from './controls.tsx';
import type { Done, Problems } from './controls.tsx';

/** A province stands under nothing: it is made on the command line, when the server is set up. */
const levelsBelow = unitLevels.filter((level) => unitLevels.some((above) => mayLieUnder(level, above)));

/** Adds one unit by hand. */
export const UnitForm = ({ units, done }: { units: readonly Unit[] } & Done): JSX.Element => {
  const [code, setCode] = useState('');
  const [name, setName] = useState('');
  const [level, setLevel] = useState<Unit['level']>('commune');
  const [wanted, setWanted] = useState('');
  const [problems, setProblems] = useState<Problems>({});
  const w = peopleWords.value;
  const parents = units.filter((unit) => mayLieUnder(level, unit.level));
  // Another level has other parents: a choice that is not offered any more counts for nothing.
  const parent = parents.some(({ id }) => id === wanted) ? wanted : '';
  const add = async (): Promise<void> => {
    const wrong = {
      ...(code.trim() === '' ? { code: w.codeShort } : {}),
      ...(name.trim().length < 2 ? { name: w.nameShort } : {}),
      ...(parent === '' ? { parent: w.needUnit } : {}),
    };
    setProblems(wrong);
    if (Object.keys(wrong).length > 0) return;
    try {
      await call('POST', 'admin/units', { code, name, level, parent, from: null });
      toast(fill(w.unitAdded, { name }));
      setCode('');
      setName('');
      await done();
    } catch (error) {
      setProblems(refusal(error, { code: w.takenCode }));
    }
  };
  return (
    <form
      class="card stack"
      onSubmit={(event) => {
        event.preventDefault();
        void add();
      }}
    >
      <h2>{w.addUnit}</h2>
      <TextField label={w.code} value={code} set={setCode} most={unitCodeMost} problem={problems['code']} />
      <TextField label={w.name} value={name} set={setName} most={unitNameMost} problem={problems['name']} />
      <ChoiceSelect
        label={w.level}
        options={levelsBelow}
        textOf={(l) => w.levels[l]}
        value={level}
        set={setLevel}
      />
      <UnitSelect
        label={w.parent}
        units={parents}
        value={parent}
        set={setWanted}
        problem={problems['parent']}
      />
      <Message problem={problems['form']} />
      <button type="submit" class="button">
        {w.addUnit}
      </button>
    </form>
  );
};

/** Adds the units of a file, after showing what it would do. */
export const CsvForm = ({ done }: Done): JSX.Element => {
  const [csv, setCsv] = useState<string | null>(null);
  const [result, setResult] = useState<UnitImportResult | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const w = peopleWords.value;
  const run = async (text: string, dry: boolean): Promise<void> => {
    setProblem(null);
    try {
      const answer = await call<UnitImportResult>('POST', 'admin/units/import', { csv: text, dry });
      setResult(dry ? answer : null);
      if (!dry) {
        toast(fill(w.added, { n: answer.added }));
        setCsv(null);
        await done();
      }
    } catch (error) {
      setResult(null);
      setProblem(error instanceof Refused ? w.csvNotRead : w.offline);
    }
  };
  const choose = async (file: File | undefined): Promise<void> => {
    if (file === undefined) return;
    const text = await file.text();
    setCsv(text);
    await run(text, true);
  };
  return (
    <section class="card stack">
      <h2>{w.importCsv}</h2>
      <label class="field">
        <span class="hint">{w.csvHint}</span>
        <input
          type="file"
          accept=".csv,text/csv"
          // Mended and chosen again it is the same name to the browser, which would tell us nothing.
          onClick={(event) => (event.currentTarget.value = '')}
          onChange={(event) => void choose(event.currentTarget.files?.[0])}
        />
      </label>
      {problem !== null && <p class="note bad">{problem}</p>}
      {result !== null && result.errors.length > 0 && (
        <div class="note bad">
          <p>{w.csvErrors}</p>
          <ul>
            {result.errors.slice(0, 50).map(({ line, code, value }) => (
              <li key={`${line}${code}`}>
                {fill(w.line, {
                  n: line,
                  why: fill((w.csv as Readonly<Record<string, string>>)[code] ?? code, { value }),
                })}
              </li>
            ))}
          </ul>
        </div>
      )}
      {result !== null && result.errors.length === 0 && csv !== null && (
        <>
          <p class="note good">{fill(w.wouldAdd, { n: result.added, m: result.unchanged })}</p>
          {result.added > 0 && (
            <button type="button" class="button" onClick={() => void run(csv, false)}>
              {fill(w.import, { n: result.added })}
            </button>
          )}
        </>
      )}
    </section>
  );
};

export const UnitList = ({ units }: { units: readonly Unit[] }): JSX.Element => {
  const [search, setSearch] = useState('');
  const w = peopleWords.value;
  const wanted = fold(search);
  const found = units.filter((unit) => fold(`${unit.code} ${unit.name}`).includes(wanted));
  const nameOf = new Map(units.map((unit) => [unit.id, unit.name]));
  return (
    <section class="card stack">
      <h2>
        {w.units} ({units.length})
      </h2>
      <SearchField label={w.find} value={search} set={setSearch} />
      {found.length === 0 && <p class="empty small">{w.notFound}</p>}
      <ul class="plain-list dense">
        {found.slice(0, shownAtOnce).map((unit) => (
          <li key={unit.id}>
            <strong>{unit.name}</strong>{' '}
            <span class="quiet">
              {unit.code} · {unit.parent === null ? w.levels[unit.level] : nameOf.get(unit.parent)}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
};
