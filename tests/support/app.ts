import { afterAll, beforeAll } from 'vitest';
import { adopt } from '../../src/app/session.ts';
import { vi } from '../../src/app/text/vi.ts';
import { viMore } from '../../src/app/text/vi-more.ts';
import { loadMore, provideWords } from '../../src/app/text/words.ts';
import { freshPhone } from '../../src/device/phone.ts';
import { withNavigator } from './navigator.ts';
import type { TestPhone } from './phone.ts';
import { testNow } from './server.ts';

/** The app's own words, and no network but that of the test phones. */
export const withApp = (): void => {
  withNavigator();
  const network = globalThis.fetch;
  beforeAll(async () => {
    globalThis.fetch = () => Promise.reject(new TypeError('fetch failed'));
    provideWords(vi, { core: () => Promise.resolve(vi), more: () => Promise.resolve(viMore) });
    await loadMore();
  });
  afterAll(() => {
    globalThis.fetch = network;
  });
};

/** Lets the app work on a test phone, as after signing in. */
export const adoptPhone = async ({ device, me }: TestPhone): Promise<void> => {
  const about = { unitName: 'Xã', wrappedKey: new ArrayBuffer(0), signedOut: false };
  const person = { ...me, ...about, writer: device.writer };
  const clockShift = testNow.getTime() - Date.now();
  await adopt(device, { ...freshPhone, people: [person], current: device.writer, clockShift });
};
