import { readPhone } from '../../device/phone.ts';

/** How what lies on this phone stands: it can be read; the disk is full; the browser shuts it off; or it cannot be opened. */
export type Standing = 'read' | 'full' | 'blocked' | 'closed' | 'damaged';

const tries = 3;
const betweenMs = 1000;

/** Whether the browser opens any database of this site, asked a few times: some errors pass. */
export const opensAny = async (): Promise<boolean> => {
  for (let i = 1; i <= tries; i++) {
    const opens = await indexedDB.databases().then(
      () => true,
      () => false,
    );
    if (opens) return true;
    if (i < tries) await new Promise((later) => setTimeout(later, betweenMs));
  }
  return false;
};

/** Only where nothing opens at all is it damaged; a full disk or a setting takes nothing away. */
export const standing = (): Promise<Standing> =>
  readPhone().then(
    () => 'read',
    async ({ name }: DOMException) => {
      if (name === 'QuotaExceededError') return 'full';
      if (name === 'SecurityError' || name === 'InvalidStateError') return 'blocked';
      return (await opensAny()) ? 'closed' : 'damaged';
    },
  );
