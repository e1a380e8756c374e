import { useLayoutEffect, useState } from 'preact/hooks';
import { session } from './session.ts';
import type { Session } from './session.ts';

/** How a screen's data stands: still opening, there, or failed. */
type Loaded<T> = { readonly value: T | undefined; readonly error: boolean };

/** Reads from the store and reads again after every write, wherever it was made. */
export const useStored = <T>(read: (session: Session) => Promise<T>, key: string): Loaded<T> => {
  const [loaded, setLoaded] = useState<Loaded<T>>({ value: undefined, error: false });
  // Asked for before the empty screen is painted: on a slow phone painting it takes as long as reading.
  useLayoutEffect(() => {
    let live = true;
    let stop = (): void => {};
    let timer: ReturnType<typeof setTimeout> | undefined;
    let latest = 0;
    const refresh = async (): Promise<void> => {
      try {
        const turn = ++latest;
        const value = await read(await session());
        // A slower, older read must not replace a newer one.
        if (live && turn === latest) setLoaded({ value, error: false });
      } catch {
        if (live) setLoaded((held) => ({ ...held, error: true }));
      }
    };
    const later = (): void => {
      clearTimeout(timer);
      timer = setTimeout(() => void refresh(), 30);
    };
    void refresh();
    void session().then(
      ({ engine }) => {
        if (live) stop = engine.watchStores(later);
      },
      () => {},
    );
    return () => {
      live = false;
      clearTimeout(timer);
      stop();
    };
    // The query is named by its key; a new closure with the same key asks the same.
  }, [key]);
  return loaded;
};
