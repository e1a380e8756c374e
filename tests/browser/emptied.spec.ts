import type { Page } from '@playwright/test';
import { goOn, lostOne, writeOffline } from './damage.ts';
import { expect, phoneSize, sendNow, signIn, test } from './support.ts';

/** Deletes databases of the app as a browser does that finds them damaged, while no window has them open. */
const lose = async (page: Page, url: string, isLost: (name: string) => boolean): Promise<void> => {
  await page.goto(`${url}/icon.svg`);
  const names = await page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name ?? ''));
  for (const name of names.filter(isLost))
    await page.evaluate(
      (one) =>
        new Promise<void>((resolve, reject) => {
          const asked = indexedDB.deleteDatabase(one);
          asked.onsuccess = () => resolve();
          // One that the service worker still has open goes when that rests.
          asked.onerror = () => reject(new Error('not deleted'));
        }),
      name,
    );
};

test('a store that the browser has emptied is told of, given up, and filled again from the server', async ({
  server,
  machine,
}) => {
  test.setTimeout(120_000);
  const phone = await machine(phoneSize);
  const page = await writeOffline(phone, server);
  await lose(page, server.url, (name) => /^binh-dang-\d+$/.test(name));
  await phone.context().setOffline(false);
  await page.goto(`${server.url}/dong-bo`);
  await expect(page.getByRole('alert').filter({ hasText: lostOne })).toBeVisible();
  await page.getByLabel('Mã PIN').fill('246810');
  await page.getByRole('button', { name: 'Đăng nhập lại' }).click();
  await expect(page.getByText(lostOne)).toHaveCount(0);
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
  await lose(page, server.url, () => true);
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
