import { Trash2 } from 'lucide';
import { useLocation } from 'preact-iso/router';
import type { JSX } from 'preact';
import { session } from '../session.ts';
import { loadMore, more, words } from '../text/words.ts';
import { Icon } from '../ui/icon.tsx';
import { toast } from '../ui/toast.tsx';
import { cameFrom, settled } from './form-state.ts';
import type { FormState } from './form-state.ts';

type Route = (url: string, replace?: boolean) => void;

/** Throws a draft away and leaves the form; for a while she can have it back. */
const discard = async (id: string, back: string, route: Route): Promise<void> => {
  await settled();
  const { device, engine } = await session();
  await loadMore();
  const draft = await engine.discardDraft(device, id);
  route(back, true);
  if (draft === undefined) return;
  const restore = async (): Promise<void> => {
    await engine.restoreDraft(device, draft);
    route(`/ghi/${id}`);
  };
  toast(more.value.form.discarded, { label: more.value.form.restore, run: () => void restore() });
};

export const DiscardButton = ({ form }: { form: FormState }): JSX.Element | null => {
  const { route } = useLocation();
  const { discard: label } = words.value.form;
  const id = form.id.value;
  if (id === null) return null;
  return (
    <button
      type="button"
      class="icon-button"
      aria-label={label}
      title={label}
      onClick={() => void discard(id, cameFrom(form), route)}
    >
      <Icon of={Trash2} />
    </button>
  );
};
