import { ShieldAlert } from 'lucide';
import type { JSX } from 'preact';
import type { About } from '../../protocol/about.ts';
import { unsentIn } from '../../device/canary.ts';
import { strayNotes } from '../canary.ts';
import { loadNetwork, phone, session } from '../session.ts';
import { fill, more } from '../text/words.ts';
import { Icon } from '../ui/icon.tsx';

/** What stands around the sign-in form: who is on this phone, whom to try in a demo, and why it may not work here. */

/** Why this browser cannot keep anything, or null when it can. Said plainly instead of half working. */
const obstacle = (): string | null => {
  const w = more.value.signIn;
  if (!isSecureContext) return w.insecure;
  if (!('serviceWorker' in navigator) || !('locks' in navigator) || crypto.subtle === undefined)
    return w.unsupported;
  return typeof indexedDB === 'undefined' ? w.privateMode : null;
};

/** What the browser has thrown away of people that this phone does not know any more. */
const thrownAway = (): string | null => {
  const notes = strayNotes(phone.value);
  if (notes.length === 0) return null;
  const n = notes.reduce((sum, note) => sum + unsentIn(note), 0);
  const w = more.value;
  return n === 0 ? w.signIn.emptied : `${w.signIn.emptied} ${fill(w.sync.lost, { n })}`;
};

/** Says the obstacle above everything else. */
export const Obstacle = (): JSX.Element | null => {
  const stop = obstacle() ?? thrownAway();
  return stop === null ? null : (
    <p class="note bad" role="alert">
      <Icon of={ShieldAlert} /> {stop}
    </p>
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
