import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Person, UnitImportResult } from '../../protocol/admin.ts';
import { unitLevels } from '../../domain/unit.ts';
import type { Unit } from '../../domain/unit.ts';
import { fold } from '../../domain/typed/fold.ts';
import { session } from '../session.ts';
import { showTime } from '../text/time.ts';
import { fill, more, words } from '../text/words.ts';
import { toast } from '../ui/toast.tsx';

/** Setting up: the units and the people in them. An administrator sees no records; this page needs the network. */
export const PeopleScreen = (): JSX.Element => {
  const [units, setUnits] = useState<readonly Unit[] | null>(null);
  const [people, setPeople] = useState<readonly Person[]>([]);
  const [failed, setFailed] = useState(false);
  const w = more.value.people;
  const load = async (): Promise<void> => {
    try {
      const [held, known] = await Promise.all([
        call<{ units: Unit[] }>('GET', 'units'),
        call<{ people: Person[] }>('GET', 'people'),
      ]);
      setUnits(held.units);
      setPeople(known.people);
      setFailed(false);
    } catch {
      setFailed(true);
    }
  };
  useEffect(() => void load(), []);
  if (failed)
    return (
      <div class="page">
        <h1>{w.title}</h1>
        <p class="note warn">{w.offline}</p>
        <button type="button" class="button" onClick={() => void load()}>
          {words.value.common.retry}
        </button>
      </div>
    );
  if (units === null) return <p class="empty">{words.value.common.loading}</p>;
  return (
    <div class="page wide-page">
      <h1>{w.title}</h1>
      <div class="columns">
        <div class="stack">
          <UnitForm units={units} done={load} />
          <CsvForm done={load} />
          <UnitList units={units} />
        </div>
        <div class="stack">
          <PersonForm units={units} done={load} />
          <PersonList people={people} units={units} done={load} />
        </div>
      </div>
    </div>
  );
};

/** A refusal by the server: its code and which field it is about. */
class Refused extends Error {
  readonly code: string;
  readonly field: string;
  constructor(code: string, field: string) {
    super(code);
    this.code = code;
    this.field = field;
  }
}

const call = async <T,>(method: 'GET' | 'POST', path: string, body?: unknown): Promise<T> => {
  const { device, engine } = await session();
  const keys = await engine.readSealedMeta(device, 'keys');
  const response = await fetch(`/api/v1/admin/${path}`, {
    method,
    headers: { Authorization: `Bearer ${keys?.session ?? ''}`, 'Content-Type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const answer = (await response.json()) as T & { code?: string; details?: { field?: string; at?: string } };
  if (!response.ok) throw new Refused(answer.code ?? '', answer.details?.field ?? answer.details?.at ?? '');
  return answer;
};

type Done = { readonly done: () => Promise<void> };

const TextField = ({
  label,
  value,
  set,
  problem,
}: {
  label: string;
  value: string;
  set: (v: string) => void;
  problem?: string | undefined;
}): JSX.Element => (
  <label class="field">
    <span class="label">{label}</span>
    <input
      value={value}
      autocomplete="off"
      autocapitalize="none"
      aria-invalid={problem !== undefined}
      onInput={(event) => set(event.currentTarget.value)}
    />
    {problem !== undefined && (
      <span class="message error" role="alert">
        {problem}
      </span>
    )}
  </label>
);

const UnitSelect = ({
  label,
  units,
  value,
  set,
}: {
  label: string;
  units: readonly Unit[];
  value: string;
  set: (v: string) => void;
}): JSX.Element => (
  <label class="field">
    <span class="label">{label}</span>
    <select value={value} onChange={(event) => set(event.currentTarget.value)}>
      {units.map((unit) => (
        <option key={unit.id} value={unit.id} selected={unit.id === value}>
          {unit.name} ({unit.code})
        </option>
      ))}
    </select>
  </label>
);

type Problems = Readonly<Record<string, string>>;

const UnitForm = ({ units, done }: { units: readonly Unit[] } & Done): JSX.Element => {
  const top = units.find((unit) => unit.level === 'province')?.id ?? units[0]?.id ?? '';
  const [code, setCode] = useState('');
  const [name, setName] = useState('');
  const [level, setLevel] = useState<Unit['level']>('commune');
  const [parent, setParent] = useState(top);
  const [problems, setProblems] = useState<Problems>({});
  const w = more.value.people;
  const add = async (): Promise<void> => {
    const wrong = {
      ...(code.trim() === '' ? { code: w.codeShort } : {}),
      ...(name.trim().length < 2 ? { name: w.nameShort } : {}),
    };
    setProblems(wrong);
    if (Object.keys(wrong).length > 0) return;
    try {
      await call('POST', 'units', { code, name, level, parent, from: null });
      toast(fill(w.unitAdded, { name }));
      setCode('');
      setName('');
      await done();
    } catch (error) {
      setProblems(
        error instanceof Refused && error.code === 'P_TAKEN'
          ? { code: w.takenCode }
          : { code: words.value.signIn.failed },
      );
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
      <TextField label={w.code} value={code} set={setCode} problem={problems['code']} />
      <TextField label={w.name} value={name} set={setName} problem={problems['name']} />
      <label class="field">
        <span class="label">{w.level}</span>
        <select value={level} onChange={(event) => setLevel(event.currentTarget.value as Unit['level'])}>
          {unitLevels.map((l) => (
            <option key={l} value={l} selected={l === level}>
              {w.levels[l]}
            </option>
          ))}
        </select>
      </label>
      <UnitSelect
        label={w.parent}
        units={units.filter((unit) => unit.level !== 'commune')}
        value={parent}
        set={setParent}
      />
      <button type="submit" class="button">
        {w.addUnit}
      </button>
    </form>
  );
};

const CsvForm = ({ done }: Done): JSX.Element => {
  const [csv, setCsv] = useState<string | null>(null);
  const [result, setResult] = useState<UnitImportResult | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const w = more.value.people;
  const run = async (text: string, dry: boolean): Promise<void> => {
    setProblem(null);
    try {
      const answer = await call<UnitImportResult>('POST', 'units/import', { csv: text, dry });
      setResult(dry ? answer : null);
      if (!dry) {
        toast(fill(w.added, { n: answer.added }));
        setCsv(null);
        await done();
      }
    } catch {
      setResult(null);
      setProblem(w.csvNotRead);
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

const shownUnits = 100;

const UnitList = ({ units }: { units: readonly Unit[] }): JSX.Element => {
  const [search, setSearch] = useState('');
  const w = more.value.people;
  const wanted = fold(search);
  const found = units.filter((unit) => fold(`${unit.code} ${unit.name}`).includes(wanted));
  const nameOf = new Map(units.map((unit) => [unit.id, unit.name]));
  return (
    <section class="card stack">
      <h2>
        {w.units} ({units.length})
      </h2>
      <input
        type="search"
        aria-label={w.find}
        placeholder={w.find}
        value={search}
        onInput={(event) => setSearch(event.currentTarget.value)}
      />
      <ul class="plain-list dense">
        {found.slice(0, shownUnits).map((unit) => (
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

const PersonForm = ({ units, done }: { units: readonly Unit[] } & Done): JSX.Element => {
  const [login, setLogin] = useState('');
  const [name, setName] = useState('');
  const [role, setRole] = useState<Person['role']>('collaborator');
  const [unit, setUnit] = useState(units[0]?.id ?? '');
  const [pin, setPin] = useState('');
  const [problems, setProblems] = useState<Problems>({});
  const w = more.value.people;
  const add = async (): Promise<void> => {
    const wrong = {
      ...(/^[a-z0-9][a-z0-9._-]{2,39}$/.test(login.trim().toLowerCase()) ? {} : { login: w.loginShape }),
      ...(name.trim().length < 2 ? { name: w.nameShort } : {}),
      ...(/^\d{6}$/.test(pin) ? {} : { pin: w.pinShape }),
    };
    setProblems(wrong);
    if (Object.keys(wrong).length > 0) return;
    try {
      await call('POST', 'people', { login, name, role, unit, pin });
      toast(fill(w.personAdded, { name }));
      setLogin('');
      setName('');
      setPin('');
      await done();
    } catch (error) {
      setProblems({
        login: error instanceof Refused && error.code === 'P_TAKEN' ? w.taken : words.value.signIn.failed,
      });
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
      <h2>{w.addPerson}</h2>
      <TextField label={w.name} value={name} set={setName} problem={problems['name']} />
      <TextField label={w.login} value={login} set={setLogin} problem={problems['login']} />
      <label class="field">
        <span class="label">{w.role}</span>
        <select value={role} onChange={(event) => setRole(event.currentTarget.value as Person['role'])}>
          {(['collaborator', 'officer', 'admin'] as const).map((r) => (
            <option key={r} value={r} selected={r === role}>
              {more.value.roles[r]}
            </option>
          ))}
        </select>
      </label>
      <UnitSelect label={w.unit} units={units} value={unit} set={setUnit} />
      <TextField label={w.pin} value={pin} set={setPin} problem={problems['pin']} />
      <button type="submit" class="button">
        {w.addPerson}
      </button>
    </form>
  );
};

const PersonList = ({
  people,
  units,
  done,
}: { people: readonly Person[]; units: readonly Unit[] } & Done): JSX.Element => {
  const [search, setSearch] = useState('');
  const w = more.value.people;
  const nameOf = new Map(units.map((unit) => [unit.id, unit.name]));
  const found = people.filter(({ login, name, unit }) =>
    fold(`${login} ${name} ${nameOf.get(unit) ?? ''}`).includes(fold(search)),
  );
  return (
    <section class="card stack">
      <h2>
        {w.people} ({people.length})
      </h2>
      <input
        type="search"
        aria-label={w.find}
        placeholder={w.find}
        value={search}
        onInput={(event) => setSearch(event.currentTarget.value)}
      />
      {found.length === 0 && <p class="empty small">{w.none}</p>}
      <ul class="plain-list dense">
        {found.slice(0, shownUnits).map((person) => (
          <PersonRow key={person.id} person={person} unitName={nameOf.get(person.unit) ?? ''} done={done} />
        ))}
      </ul>
    </section>
  );
};

const PersonRow = ({ person, unitName, done }: { person: Person; unitName: string } & Done): JSX.Element => {
  const [pin, setPin] = useState<string | null>(null);
  const [problem, setProblem] = useState<string>();
  const w = more.value.people;
  const change = async (body: { pin?: string; active?: boolean }): Promise<void> => {
    try {
      await call('POST', `people/${person.id}`, body);
      if (body.pin !== undefined) toast(fill(w.pinSet, { name: person.name }));
      setPin(null);
      await done();
    } catch {
      toast(words.value.signIn.failed);
    }
  };
  return (
    <li>
      <strong>{person.name}</strong> {!person.active && <span class="badge state-void">{w.closed}</span>}
      <br />
      <span class="quiet">
        {person.login} · {more.value.roles[person.role]} · {unitName} ·{' '}
        {person.lastContact === null
          ? w.neverSeen
          : fill(w.lastContact, { time: showTime(person.lastContact, new Date()) })}
      </span>
      {pin !== null && (
        <form
          class="with-button"
          onSubmit={(event) => {
            event.preventDefault();
            if (!/^\d{6}$/.test(pin)) return setProblem(w.pinShape);
            void change({ pin });
          }}
        >
          <TextField label={w.pin} value={pin} set={setPin} problem={problem} />
          <button type="submit" class="button small">
            {words.value.common.save}
          </button>
        </form>
      )}
      <div class="actions">
        <button type="button" class="button small plain" onClick={() => setPin(pin === null ? '' : null)}>
          {w.newPin}
        </button>
        <button
          type="button"
          class="button small plain"
          onClick={() => void change({ active: !person.active })}
        >
          {person.active ? w.close : w.reopen}
        </button>
      </div>
    </li>
  );
};
