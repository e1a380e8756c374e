import { useEffect, useState } from 'preact/hooks';

/**
 * Holds a draft for this window as long as its form is open, so that two windows never write over each other's words.
 * Returns false while another window has it.
 */
export const useDraftLock = (id: string | null): boolean => {
  const [mine, setMine] = useState(true);
  useEffect(() => {
    if (id === null) return;
    let release = (): void => {};
    const closed = new Promise<void>((resolve) => (release = resolve));
    void navigator.locks.request(`binh-dang-draft-${id}`, { ifAvailable: true }, (lock) => {
      setMine(lock !== null);
      return lock === null ? undefined : closed;
    });
    return release;
  }, [id]);
  return mine;
};
