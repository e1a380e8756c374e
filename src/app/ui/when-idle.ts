/** In milliseconds. */
const lateMs = 200;

/**
 * Does a piece of work when nothing else is to be done, and after `timeout` milliseconds in any case; gives back the way to call
 * it off.
 */
export const whenIdle = (work: () => void, timeout?: number): (() => void) => {
  // Safari has no idle times; there it comes late instead.
  if (!('requestIdleCallback' in window)) {
    const timer = setTimeout(work, lateMs);
    return () => clearTimeout(timer);
  }
  const asked = requestIdleCallback(work, timeout === undefined ? {} : { timeout });
  return () => cancelIdleCallback(asked);
};
