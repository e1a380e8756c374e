import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { more } from '../text/words.ts';
import { applyUpdate, waitingWorker } from './update.ts';

/** Offers a newer version at the foot of the screen; "later" lasts until the app is opened again. */
export const UpdateBar = (): JSX.Element | null => {
  const [later, setLater] = useState(false);
  const w = more.value.update;
  if (waitingWorker.value === null || later) return null;
  return (
    <div class="update-bar" role="status">
      <span>
        <strong>{w.ready}</strong> {w.safe}
      </span>
      <button type="button" class="button small" onClick={applyUpdate}>
        {w.apply}
      </button>
      <button type="button" class="button small plain" onClick={() => setLater(true)}>
        {w.later}
      </button>
    </div>
  );
};
