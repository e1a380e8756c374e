import { session } from '../session.ts';
import { loadMore, more } from '../text/words.ts';
import { toast } from '../ui/toast.tsx';
import { settled } from './form-state.ts';

/** Throws a draft away and leaves the form; for a while she can have it back. */
export const discard = async (
  id: string,
  isEdit: boolean,
  route: (url: string, replace?: boolean) => void,
): Promise<void> => {
  await settled();
  const { device, engine } = await session();
  await loadMore();
  const draft = await engine.discardDraft(device, id);
  route(isEdit ? `/nhat-ky/${id}` : '/', true);
  if (draft === undefined) return;
  const restore = async (): Promise<void> => {
    await engine.restoreDraft(device, draft);
    route(`/ghi/${id}`);
  };
  toast(more.value.form.discarded, { label: more.value.form.restore, run: () => void restore() });
};
