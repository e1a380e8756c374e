import { LogOut } from 'lucide';
import type { JSX } from 'preact';
import { useStored } from '../stored.ts';
import { fill, more } from '../text/words.ts';
import { Icon } from './icon.tsx';

/** Where the way back from a quick exit leads: home, not to what she left. */
const leaveAtOnce = (): void => {
  sessionStorage.setItem('left', 'yes');
  // A page that the browser kept as it was does not start again: it goes home by itself.
  addEventListener('pageshow', () => location.replace('/'));
  location.replace('about:blank');
};

export const isModelKind = (kind: string): boolean => kind.startsWith('model');

/**
 * On everything about models: what must never be written, whom to call, and the way out, always within reach. It leads
 * to an empty page at once, and what was typed is kept already.
 */
export const ModelNotice = (): JSX.Element => {
  const w = more.value.form;
  const numbers = useStored(
    async ({ device, engine }) => (await engine.readSealedMeta(device, 'scope'))?.help ?? null,
    'help',
  ).value;
  return (
    <>
      <div class="exit-bar">
        <button type="button" class="button small quick-exit" onClick={leaveAtOnce}>
          <Icon of={LogOut} size={18} /> {w.exit}
        </button>
      </div>
      <p class="note bad">
        <strong>{w.noPersonal}</strong> {fill(w.help, { numbers: numbers ?? w.helpNumbers })}
      </p>
    </>
  );
};
