import type { Page } from '@playwright/test';
import { givePinAgain, goOn, lostOne, writeOffline } from './damage.ts';
import { expect, phoneSize, sendNow, signIn, test } from './support.ts';

/** Leaves the app and empties it as a browser does that finds its store damaged: one database is gone. */
const loseStore = async (page: Page, url: string): Promise<void> => {
  await page.goto(`${url}/icon.svg`);
  await page.evaluate(async () => {
    const names = (await indexedDB.databases()).map(({ name }) => name ?? '');
    const store = names.find((name) => /^binh-dang-\d+$/.test(name)) ?? '';
    await new Promise<void>((resolve, reject) => {
      const asked = indexedDB.deleteDatabase(store);
      asked.onsuccess = () => resolve();
      asked.onerror = () => reject(new Error('not deleted'));
    });
  });
};

/** … or short of room: every database is gone, also one that the service worker still has open. */
const loseAll = async (page: Page, url: string): Promise<void> => {
  await page.goto(`${url}/icon.svg`);
  const session = await page.context().newCDPSession(page);
  await session.send('Storage.clearDataForOrigin', { origin: url, storageTypes: 'indexeddb' });
  await session.detach();
};

test('a store that the browser has emptied is told of, given up, and filled again from the server', async ({
  server,
  machine,
}) => {
  test.setTimeout(120_000);
  const phone = await machine(phoneSize);
  const page = await writeOffline(phone, server);
  await loseStore(page, server.url);
  await phone.context().setOffline(false);
  await page.goto(`${server.url}/dong-bo`);
  await expect(page.getByRole('alert').filter({ hasText: lostOne })).toBeVisible();
  await givePinAgain(page);
  await goOn(page, server);
});

test('a phone that has lost everything says so where she signs in, until she has', async ({
  server,
  machine,
}) => {
  test.setTimeout(120_000);
  const phone = await machine(phoneSize);
  const page = await phone.open();
  await signIn(page, 'Cộng tác viên xã Tân Lộc');
  await sendNow(page, server.url);
  await loseAll(page, server.url);
  await page.goto(server.url);
  await expect(page.getByText('Trình duyệt đã xóa dữ liệu trên máy này.')).toBeVisible();
  await expect(page.getByText(lostOne)).toHaveCount(0);
  await signIn(page, 'Cộng tác viên xã Tân Lộc');
  await page.goto(`${server.url}/cai-dat`);
  await page.getByRole('button', { name: 'Đăng xuất' }).click();
  await page.getByText('Đăng xuất khỏi máy này?').waitFor();
  await page.getByRole('button', { name: 'Đăng xuất' }).click();
  await expect(page.getByText('Người dùng trên máy này')).toBeVisible();
  await expect(page.getByText('Trình duyệt đã xóa dữ liệu trên máy này.')).toHaveCount(0);
});
