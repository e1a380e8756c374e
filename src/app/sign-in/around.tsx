import { ShieldAlert } from 'lucide';
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { About } from '../../protocol/about.ts';
import { unsentIn } from '../../device/canary.ts';
import { strayNotes } from '../canary.ts';
import { loadNetwork, phone, session } from '../session.ts';
import { fill, more } from '../text/words.ts';
import { Icon } from '../ui/icon.tsx';
import type * as Clearing from './clear.tsx';
import { standing } from './standing.ts';
import type { Standing } from './standing.ts';

/** What stands around the sign-in form: who is on this phone, whom to try in a demo, and why it may not work here. */

/** Why this browser cannot keep anything, or null when it can. Said plainly instead of half working. */
const obstacle = (): string | null => {
  const w = more.value.signIn;
  if (!isSecureContext) return w.insecure;
  if (!('serviceWorker' in navigator) || !('locks' in navigator) || crypto.subtle === undefined)
    return w.unsupported;
  return typeof indexedDB === 'undefined' ? w.privateMode : null;
};

/** What stood beside a store that is not to be had any more: how much of it had not been handed in. */
const unsent = (notes: readonly (string | null)[]): string => {
  const n = notes.reduce((sum, note) => sum + unsentIn(note), 0);
  return n === 0 ? '' : ` ${fill(more.value.sync.lost, { n })}`;
};

/** Why what was on this phone is not to be had, or null where nothing is missing. */
const missing = (stands: Standing): string | null => {
  const w = more.value.signIn;
  const notes = strayNotes(phone.value);
  if (stands === 'full') return w.full;
  if (stands === 'blocked') return w.privateMode;
  if (stands !== 'read') return w.unreadable + unsent(notes);
  return notes.length === 0 ? null : w.emptied + unsent(notes);
};

/** Says the obstacle above everything else, once it is known. */
export const Obstacle = (): JSX.Element | null => {
  const [stands, setStands] = useState<Standing | null>(null);
  const [clearing, setClearing] = useState<typeof Clearing | null>(null);
  const stop = obstacle();
  useEffect(() => {
    if (stop === null) void standing().then(setStands);
  }, []);
  useEffect(() => {
    if (stands === 'damaged') void import('./clear.tsx').then(setClearing, () => undefined);
  }, [stands]);
  const text = stop ?? (stands && missing(stands));
  return text === null ? null : (
    <>
      <p class="note bad" role="alert">
        <Icon of={ShieldAlert} /> {text}
      </p>
      {clearing && <clearing.Clear />}
    </>
  );
};

/** People whose stores are on this phone: who has not signed out is opened at once, without a network. */
export const OnThisPhone = ({ pick }: { pick: (login: string) => void }): JSX.Element | null => {
  const people = phone.value?.people ?? [];
  if (people.length === 0) return null;
  const open = async (writer: number): Promise<void> => {
    const { switchPerson } = await loadNetwork();
    phone.value = await switchPerson(writer);
    await (await session()).nudge('start');
  };
  return (
    <section class="card stack">
      <h2>{more.value.signIn.onPhone}</h2>
      {people.map(({ writer, login, name, unitName, signedOut }) => (
        <button
          type="button"
          class="row-button"
          key={writer}
          onClick={() => (signedOut ? pick(login) : void open(writer))}
        >
          <strong>{name}</strong>
          <span>{unitName}</span>
        </button>
      ))}
    </section>
  );
};

type DemoProps = {
  readonly people: NonNullable<About['demo']>['people'];
  readonly disabled: boolean;
  readonly enter: (who: { login: string; pin: string }) => Promise<void>;
};

export const DemoPeople = ({ people, disabled, enter }: DemoProps): JSX.Element => (
  <section class="card stack">
    <h2>{more.value.signIn.demo}</h2>
    {people.map(({ login, pin, name, unit }) => (
      <button
        type="button"
        class="row-button"
        key={login}
        disabled={disabled}
        onClick={() => void enter({ login, pin })}
      >
        <strong>{name}</strong>
        <span>{unit}</span>
      </button>
    ))}
  </section>
);
