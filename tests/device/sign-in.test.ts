import { afterEach, expect, test, vi } from 'vitest';
import { openDevice } from '../../src/device/device.ts';
import { readPhone } from '../../src/device/phone.ts';
import { signIn } from '../../src/device/sign-in.ts';
import { pin, testServer } from '../support/server.ts';

afterEach(() => {
  vi.unstubAllGlobals();
});

test('of two windows that sign in at once on a fresh phone, each leaves a store that can be opened again', async () => {
  const server = await testServer();
  vi.stubGlobal('fetch', (path: string, init: RequestInit) => server.app.request(path, init));
  const opened = await Promise.all(['xa1', 'xa2'].map((login) => signIn({ login, pin, device: 'test' })));
  for (const { device } of opened) device.store.close();
  const phone = await readPhone();
  expect(phone.people.map(({ login }) => login).sort()).toEqual(['xa1', 'xa2']);
  for (const person of phone.people) (await openDevice(phone, person)).store.close();
  await server.db.destroy();
});
