import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Unit } from '../../domain/unit.ts';
import type { Person } from '../../protocol/admin.ts';
import { words } from '../text/words.ts';
import { loadPeopleWords, peopleWords } from '../text/people-words.ts';
import { call } from '../call.ts';
import { PersonForm, PersonList } from './persons.tsx';
import { CsvForm, UnitForm, UnitList } from './units.tsx';

/** The screen with its words. */
export const people = async (): Promise<() => JSX.Element> => {
  await loadPeopleWords();
  return PeopleScreen;
};

/** Setting up: the units and the people in them. An administrator sees no records; this page needs the network. */
const PeopleScreen = (): JSX.Element => {
  const [units, setUnits] = useState<readonly Unit[] | null>(null);
  const [people, setPeople] = useState<readonly Person[]>([]);
  const [failed, setFailed] = useState(false);
  const w = peopleWords.value;
  const load = async (): Promise<void> => {
    try {
      const [held, known] = await Promise.all([
        call<{ units: Unit[] }>('GET', 'admin/units'),
        call<{ people: Person[] }>('GET', 'admin/people'),
      ]);
      setUnits(held.units);
      setPeople(known.people);
      setFailed(false);
    } catch {
      setFailed(true);
    }
  };
  useEffect(() => void load(), []);
  return (
    <div class="page wide-page">
      <h1>{w.title}</h1>
      {failed && (
        <>
          <p class="note warn">{w.offline}</p>
          <button type="button" class="button" onClick={() => void load()}>
            {words.value.common.retry}
          </button>
        </>
      )}
      {units === null && !failed && <p class="empty">{words.value.common.loading}</p>}
      {units !== null && (
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
      )}
    </div>
  );
};
