import { newStatus, noCounters, readMeta, writeMeta } from './device.ts';
import type { Device } from './device.ts';

/**
 * Browsers empty a damaged database, or put an older state of it back, without a word. So how far a store stands is noted in
 * another place of the browser as well, and compared when the store is opened.
 */
export type Canary = {
  readonly read: (writer: number) => string | null;
  readonly write: (writer: number, text: string) => void;
};

/** The store's last stamp, which never goes back, and how many changes waited. */
type Note = { readonly stamp: number; readonly unsent: number };

const noteOf = (text: string | null): Note | null => {
  try {
    return JSON.parse(text ?? 'null') as Note | null;
  } catch {
    return null;
  }
};

/** How many changes waited in a store when that was last noted. */
export const unsentIn = (text: string | null): number => noteOf(text)?.unsent ?? 0;

/** Notes how far a store stands, after each save and each sync; never less than was noted, or a loss would be forgotten. */
export const noteStore = async (canary: Canary, { writer, store }: Device): Promise<void> => {
  const [counters = noCounters, unsent] = await Promise.all([
    readMeta(store, 'counters'),
    store.outbox.count(),
  ]);
  if (counters.stamp < (noteOf(canary.read(writer))?.stamp ?? 0)) return;
  canary.write(writer, JSON.stringify({ stamp: counters.stamp, unsent }));
};

/**
 * Whether a store is still what it was. One that is not hands nothing in any more, or its next numbers would be those of
 * changes that are gone: she signs in again, and what is left goes into a new store that the server fills. That it is not is
 * found at once, for a run that is under way may bring its stamps up again; `undisturbed` writes it down when nothing runs.
 */
export const isWhole = async (
  canary: Canary,
  { writer, store }: Device,
  undisturbed: (write: () => Promise<void>) => Promise<void> = (write) => write(),
): Promise<boolean> => {
  const [scope, counters = noCounters] = await Promise.all([
    store.meta.get('scope'),
    readMeta(store, 'counters'),
  ]);
  const note = noteOf(canary.read(writer));
  if (scope !== undefined && counters.stamp >= (note?.stamp ?? 0)) return true;
  await undisturbed(async () => {
    const status = (await readMeta(store, 'status')) ?? newStatus;
    await writeMeta(store, 'status', { ...status, reason: 'forked', lost: note?.unsent ?? 0 });
  });
  return false;
};
