import type { WaitReason } from '../device.ts';

/** No byte for so long and the attempt is given up; the queue is untouched and tried again. */
const patienceMs = 40_000;

/** Which status leads to which reason. Everything not named is the server's trouble and is tried again. */
export const reasonOf = (status: number): Exclude<WaitReason, null> => {
  if (status === 401 || status === 403) return 'signIn';
  if (status === 426) return 'version';
  if (status === 409) return 'forked';
  return status === 429 || status === 503 ? 'busy' : 'server';
};

/** Ends an attempt on which nothing moves; `renew` says that something did. */
export type Patience = {
  readonly signal: AbortSignal;
  readonly renew: () => void;
  readonly end: () => void;
};

export const newPatience = (ms = patienceMs): Patience => {
  const controller = new AbortController();
  let timer = setTimeout(() => controller.abort(), ms);
  return {
    signal: controller.signal,
    renew: () => {
      clearTimeout(timer);
      timer = setTimeout(() => controller.abort(), ms);
    },
    end: () => clearTimeout(timer),
  };
};
