import type { WaitReason } from '../device.ts';

type Reason = Exclude<WaitReason, null>;

/**
 * What comes of an attempt that brought no sync answer. `later`: it is tried again by itself, after a wait that grows;
 * `person`: it is tried again as well, but only she can mend it, and she is told how. Nothing leads to giving up, and
 * nothing to throwing away; a single change that cannot hold gets a verdict and never comes here.
 */
export const reasons: Readonly<Record<Reason, 'later' | 'person'>> = {
  offline: 'later',
  unreachable: 'later',
  busy: 'later',
  server: 'later',
  signIn: 'person',
  version: 'person',
  forked: 'person',
};

const byStatus: Readonly<Record<number, Reason>> = {
  401: 'signIn',
  403: 'signIn',
  409: 'forked',
  426: 'version',
  429: 'busy',
  503: 'busy',
};

/** Which status leads to which reason. Everything not named is the server's trouble. */
export const reasonOf = (status: number): Reason => byStatus[status] ?? 'server';

/** No answer came at all: this phone has no network, or the way to the server is not open. */
export const withoutAnswer = (): Reason => (navigator.onLine ? 'unreachable' : 'offline');
