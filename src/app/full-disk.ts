import { signal } from '@preact/signals';

/** Whether something was not written because there is no room left. */
export const isFullDisk = (error: unknown): boolean => {
  const { name, inner } = error as { readonly name?: string; readonly inner?: { readonly name?: string } };
  return [name, inner?.name].includes('QuotaExceededError');
};

/** The last sync could not write down what it has to, so nothing goes out; there is no room to write that down either. */
export const syncHasNoRoom = signal(false);
