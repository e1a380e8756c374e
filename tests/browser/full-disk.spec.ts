import type { Page } from '@playwright/test';
import { countOnServer, expect, fillInTalk, phoneSize, sendNow, signIn, test } from './support.ts';
import type { Machine, Server } from './support.ts';

const megabyte = 1024 * 1024;

/** Fills what is left of the origin's room, down to the last kilobytes. */
const fillUp = (page: Page): Promise<number> =>
  page.evaluate(async () => {
    const db = await new Promise<IDBDatabase>((resolve, reject) => {
      const asked = indexedDB.open('filler', 1);
      asked.onupgradeneeded = () => asked.result.createObjectStore('block', { autoIncrement: true });
      asked.onsuccess = () => resolve(asked.result);
      asked.onerror = () => reject(asked.error ?? new Error('not opened'));
    });
    const put = (bytes: number): Promise<boolean> =>
      new Promise((resolve) => {
        const tx = db.transaction('block', 'readwrite');
        // Noise, so that no disk makes it smaller.
        const block = new Uint8Array(bytes);
        for (let at = 0; at < bytes; at += 65536) crypto.getRandomValues(block.subarray(at, at + 65536));
        tx.objectStore('block').add(block);
        tx.oncomplete = () => resolve(true);
        tx.onabort = () => resolve(false);
      });
    let blocks = 0;
    for (let bytes = 1024 * 1024; bytes >= 256; bytes /= 4) while (await put(bytes)) blocks += 1;
    db.close();
    return blocks;
  });

const makeRoom = (page: Page): Promise<void> =>
  page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        const asked = indexedDB.deleteDatabase('filler');
        asked.onsuccess = () => resolve();
      }),
  );

/** A phone whose browser has little room, with somebody signed in who has sent everything and begins a record. */
const beginOnSmallPhone = async (phone: Machine, { url }: Server): Promise<Page> => {
  const page = await phone.open();
  const session = await phone.context().newCDPSession(page);
  await session.send('Storage.overrideQuotaForOrigin', { origin: url, quotaSize: 24 * megabyte });
  await signIn(page, 'Cộng tác viên xã Xuân Thành');
  await sendNow(page, url);
  await page.goto(`${url}/ghi`);
  return page;
};

test('on a full phone nothing that is on the screen is lost, and it is saved when there is room again', async ({
  server,
  machine,
}) => {
  test.setTimeout(120_000);
  const page = await beginOnSmallPhone(await machine(phoneSize), server);
  await fillInTalk(page, 'Viết khi máy đã đầy');
  await expect(page.locator('[data-keeping=kept]')).toBeVisible();
  expect(await fillUp(page)).toBeGreaterThan(5);
  await page.getByRole('button', { name: 'Gửi duyệt' }).click();
  await expect(page.getByText(/Bộ nhớ máy đã đầy/)).toBeVisible();
  await expect(page.getByLabel('Tên hoạt động')).toHaveValue('Viết khi máy đã đầy');
  await makeRoom(page);
  await page.getByRole('button', { name: 'Gửi duyệt' }).click();
  await expect(page).toHaveURL(/\/nhat-ky\//);
  await sendNow(page, server.url);
});

test('what waits on a full phone is not sent, and that is said; it goes out when there is room again', async ({
  server,
  machine,
}) => {
  test.setTimeout(120_000);
  const title = 'Chờ gửi trên máy đầy';
  const phone = await machine(phoneSize);
  const page = await beginOnSmallPhone(phone, server);
  await phone.context().setOffline(true);
  await fillInTalk(page, title);
  await page.getByRole('button', { name: 'Gửi duyệt' }).click();
  await expect(page).toHaveURL(/\/nhat-ky\//);
  expect(await fillUp(page)).toBeGreaterThan(5);
  await phone.context().setOffline(false);
  await page.goto(`${server.url}/dong-bo`);
  await page.getByRole('button', { name: 'Gửi ngay' }).click();
  await expect(page.getByText('Chưa gửi được: máy đã đầy, hãy xóa bớt ảnh, video')).toBeVisible();
  await makeRoom(page);
  await sendNow(page, server.url);
  expect(countOnServer(server.dataDir, title)).toBe(1);
});
