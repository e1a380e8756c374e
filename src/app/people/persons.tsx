import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { roles } from '../../domain/access.ts';
import { loginMost, loginShape, personNameMost, pinMost, pinShape } from '../../domain/credentials.ts';
import { fold } from '../../domain/typed/fold.ts';
import type { Unit } from '../../domain/unit.ts';
import type { Person } from '../../protocol/admin.ts';
import { person as phonePerson } from '../session.ts';
import { showTime } from '../text/time.ts';
import { fill, more, words } from '../text/words.ts';
import { peopleWords } from '../text/people-words.ts';
import { SearchField } from '../ui/search-field.tsx';
import { toast } from '../ui/toast.tsx';
import { call } from '../call.ts';
import { ChoiceSelect, Message, TextField, UnitSelect, refusal, shownAtOnce } from './controls.tsx';
import type { Done, Problems } from './controls.tsx';

/** Adds a person with her role, her unit and her first PIN. */
export const PersonForm = ({ units, done }: { units: readonly Unit[] } & Done): JSX.Element => {
  const [login, setLogin] = useState('');
  const [name, setName] = useState('');
  const [role, setRole] = useState<Person['role']>('collaborator');
  const [unit, setUnit] = useState('');
  const [pin, setPin] = useState('');
  const [restricted, setRestricted] = useState(false);
  const [problems, setProblems] = useState<Problems>({});
  const w = peopleWords.value;
  const add = async (): Promise<void> => {
    const wrong = {
      ...(loginShape.test(login.trim().toLowerCase()) ? {} : { login: w.loginShape }),
      ...(name.trim().length < 2 ? { name: w.nameShort } : {}),
      ...(pinShape.test(pin) ? {} : { pin: w.pinShape }),
      ...(unit === '' ? { unit: w.needUnit } : {}),
    };
    setProblems(wrong);
    if (Object.keys(wrong).length > 0) return;
    try {
      await call('POST', 'admin/people', {
        login,
        name,
        role,
        unit,
        pin,
        restricted: role === 'officer' && restricted,
      });
      toast(fill(w.personAdded, { name }));
      setLogin('');
      setName('');
      setPin('');
      await done();
    } catch (error) {
      setProblems(refusal(error, { login: w.taken }));
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
      <TextField label={w.name} value={name} set={setName} most={personNameMost} problem={problems['name']} />
      <TextField label={w.login} value={login} set={setLogin} most={loginMost} problem={problems['login']} />
      <ChoiceSelect
        label={w.role}
        options={roles}
        textOf={(r) => more.value.roles[r]}
        value={role}
        set={setRole}
      />
      <UnitSelect label={w.unit} units={units} value={unit} set={setUnit} problem={problems['unit']} />
      <TextField label={w.pin} value={pin} set={setPin} most={pinMost} problem={problems['pin']} />
      {role === 'officer' && <RestrictedBox checked={restricted} set={setRestricted} />}
      <Message problem={problems['form']} />
      <button type="submit" class="button">
        {w.addPerson}
      </button>
    </form>
  );
};

/** The right to shelters and exact support figures below another reviewer; her own reviewing gives it anyway. */
const RestrictedBox = ({
  checked,
  set,
}: {
  checked: boolean;
  set: (checked: boolean) => void;
}): JSX.Element => (
  <label class="check">
    <input type="checkbox" checked={checked} onChange={(event) => set(event.currentTarget.checked)} />
    {peopleWords.value.restricted}
  </label>
);

export const PersonList = ({
  people,
  units,
  done,
}: { people: readonly Person[]; units: readonly Unit[] } & Done): JSX.Element => {
  const [search, setSearch] = useState('');
  const w = peopleWords.value;
  const nameOf = new Map(units.map((unit) => [unit.id, unit.name]));
  const found = people.filter(({ login, name, unit }) =>
    fold(`${login} ${name} ${nameOf.get(unit) ?? ''}`).includes(fold(search)),
  );
  return (
    <section class="card stack">
      <h2>
        {w.people} ({people.length})
      </h2>
      <SearchField label={w.find} value={search} set={setSearch} />
      {found.length === 0 && <p class="empty small">{people.length === 0 ? w.none : w.notFound}</p>}
      <ul class="plain-list dense">
        {found.slice(0, shownAtOnce).map((person) => (
          <PersonRow key={person.id} person={person} unitName={nameOf.get(person.unit) ?? ''} done={done} />
        ))}
      </ul>
    </section>
  );
};

const PersonRow = ({ person, unitName, done }: { person: Person; unitName: string } & Done): JSX.Element => {
  const [pin, setPin] = useState<string | null>(null);
  const [problem, setProblem] = useState<string>();
  const [sure, setSure] = useState(false);
  const w = peopleWords.value;
  const change = async (body: { pin?: string; active?: boolean; restricted?: boolean }): Promise<void> => {
    try {
      await call('POST', `admin/people/${person.id}`, body);
      if (body.pin !== undefined) toast(fill(w.pinSet, { name: person.name }));
      setPin(null);
      setSure(false);
      await done();
    } catch (error) {
      toast(refusal(error, {})['form'] ?? '');
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
            if (!pinShape.test(pin)) return setProblem(w.pinShape);
            void change({ pin });
          }}
        >
          <TextField label={w.pin} value={pin} set={setPin} most={pinMost} problem={problem} />
          <button type="submit" class="button small">
            {words.value.common.save}
          </button>
        </form>
      )}
      {person.role === 'officer' && (
        <RestrictedBox checked={person.restricted} set={(restricted) => void change({ restricted })} />
      )}
      <div class="actions">
        <button type="button" class="button small plain" onClick={() => setPin(pin === null ? '' : null)}>
          {w.newPin}
        </button>
        {person.id !== phonePerson.value?.account && (
          <button
            type="button"
            class={`button small ${sure ? 'danger' : 'plain'}`}
            onClick={() => (person.active && !sure ? setSure(true) : void change({ active: !person.active }))}
          >
            {person.active ? (sure ? w.closeSure : w.close) : w.reopen}
          </button>
        )}
      </div>
    </li>
  );
};
