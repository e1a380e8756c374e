import { more } from '../text/words.ts';
import { toast } from '../ui/toast.tsx';

/** A ready message goes the way by which she reaches people anyway; it is copied where nothing can be shared. */
export const remind = async (text: string): Promise<void> => {
  if ('share' in navigator) {
    await navigator.share({ text }).catch(() => undefined);
    return;
  }
  await (navigator as Navigator).clipboard.writeText(text);
  toast(more.value.board.copied);
};
