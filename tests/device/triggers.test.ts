import { beforeEach, expect, test } from 'vitest';
import { newStatus, writeMeta } from '../../src/device/device.ts';
import { syncTrigger } from '../../src/device/sync/triggers.ts';
import type { Link, Reply } from '../../src/device/sync/transport.ts';
import { activity } from '../support/activity.ts';
import { noGlance, noPhotos, testPhone } from '../support/phone.ts';
import type { TestPhone } from '../support/phone.ts';
import { testNow, testServer } from '../support/server.ts';

let phone: TestPhone;
beforeEach(async () => {
  phone = await testPhone(await testServer(), 'xa1');
});

/** A server that cannot be reached, whose refusals come when the test says so. */
const held = (): { link: Link; asked: () => number; release: () => void } => {
  const waiting: (() => void)[] = [];
  let asked = 0;
  const lost: Reply = { answer: null, reason: 'offline', waitSeconds: null };
  return {
    link: {
      glance: noGlance,
      photos: noPhotos,
      sync: async () => {
        asked += 1;
        await new Promise<void>((resolve) => waiting.push(resolve));
        return lost;
      },
    },
    asked: () => asked,
    release: () => waiting.shift()?.(),
  };
};

const until = async (wanted: () => boolean): Promise<void> => {
  for (let tries = 0; tries < 200 && !wanted(); tries++)
    await new Promise((resolve) => setTimeout(resolve, 5));
  expect(wanted()).toBe(true);
};

test('who asks during a run is answered by a run that began afterwards, together with others', async () => {
  const { link, asked, release } = held();
  const nudge = syncTrigger(phone.device, link);
  const first = nudge('start');
  await until(() => asked() === 1);
  const [second, third] = [nudge('asked'), nudge('online')];
  release();
  await first;
  await until(() => asked() === 2);
  release();
  expect(await Promise.all([second, third])).toEqual([false, false]);
  expect(asked()).toBe(2);
});

test('a timer asks nothing while nothing waits and the server was heard of lately, or before its wait is over', async () => {
  const { link, asked } = held();
  const nudge = syncTrigger(phone.device, link);
  await writeMeta(phone.device.store, 'status', { ...newStatus, lastContact: testNow.toISOString() });
  expect(await nudge('timer')).toBe(false);
  await phone.write(activity());
  await writeMeta(phone.device.store, 'status', { ...newStatus, notBefore: testNow.getTime() + 1000 });
  expect(await nudge('timer')).toBe(false);
  expect(asked()).toBe(0);
});

test('a timer asks as soon as something waits', async () => {
  const { link, asked, release } = held();
  const nudge = syncTrigger(phone.device, link);
  await writeMeta(phone.device.store, 'status', { ...newStatus, lastContact: testNow.toISOString() });
  await phone.write(activity());
  const run = nudge('timer');
  await until(() => asked() === 1);
  release();
  await run;
});

test('whoever asks has all of it sent, also a decision that still rests', async () => {
  const { device } = phone;
  await writeMeta(device.store, 'hold', { from: 1, until: testNow.getTime() + 8000 });
  await phone.write(activity());
  const sent: number[] = [];
  const nudge = syncTrigger(device, {
    glance: noGlance,
    photos: noPhotos,
    sync: async ({ changes }) => {
      sent.push(changes.length);
      return Promise.resolve({ answer: null, reason: 'offline', waitSeconds: null });
    },
  });
  await nudge('online');
  await nudge('asked');
  expect(sent).toEqual([0, 1]);
});
