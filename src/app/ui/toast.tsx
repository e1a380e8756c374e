import { signal } from '@preact/signals';
import type { JSX } from 'preact';

type Toast = {
  readonly text: string;
  readonly action?: { readonly label: string; readonly run: () => void };
};

const current = signal<Toast | null>(null);
let timer: ReturnType<typeof setTimeout> | undefined;

/** Says something for a while at the foot of the screen, with a way to undo it where there is one. */
export const toast = (text: string, action?: Toast['action']): void => {
  clearTimeout(timer);
  current.value = action === undefined ? { text } : { text, action };
  timer = setTimeout(() => (current.value = null), action === undefined ? 4000 : 8000);
};

export const Toasts = (): JSX.Element => (
  <div class="toasts" role="status" aria-live="polite">
    {current.value && (
      <div class="toast">
        <span>{current.value.text}</span>
        {current.value.action && (
          <button
            type="button"
            class="toast-action"
            onClick={() => {
              current.value?.action?.run();
              current.value = null;
            }}
          >
            {current.value.action.label}
          </button>
        )}
      </div>
    )}
  </div>
);
