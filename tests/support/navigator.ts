import { afterAll, beforeAll } from 'vitest';

/** The app asks the browser whether it is online; here it always is, and the link says otherwise. */
export const withNavigator = (): void => {
  const before = Object.getOwnPropertyDescriptor(globalThis, 'navigator');
  beforeAll(() => {
    Object.defineProperty(globalThis, 'navigator', { value: { onLine: true }, configurable: true });
  });
  afterAll(() => {
    if (before !== undefined) Object.defineProperty(globalThis, 'navigator', before);
  });
};
