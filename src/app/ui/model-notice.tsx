import { LogOut } from 'lucide';
import type { JSX } from 'preact';
import { fill, more } from '../text/words.ts';
import { Icon } from './icon.tsx';

export const isModelKind = (kind: string): boolean => kind.startsWith('model');

/**
 * On everything about models: what must never be written, whom to call, and the way out, always within reach. It leads
 * to an empty page at once, and what was typed is kept already. The numbers of the locality come with the guideline.
 */
export const ModelNotice = (): JSX.Element => {
  const w = more.value.form;
  return (
    <>
      <p class="note bad">
        <strong>{w.noPersonal}</strong> {fill(w.help, { numbers: w.helpNumbers })}
      </p>
      <button type="button" class="button small quick-exit" onClick={() => location.replace('about:blank')}>
        <Icon of={LogOut} size={18} /> {w.exit}
      </button>
    </>
  );
};
