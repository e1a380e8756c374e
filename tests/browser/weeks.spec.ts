import { join } from 'node:path';
import type { BrowserContext } from '@playwright/test';
import Database from 'libsql';
import { countOnServer, expect, fillInTalk, phoneSize, sendNow, signIn, test } from './support.ts';

const weekMs = 7 * 86_400_000;

/** As much later by the clock of the server, whose process is off meanwhile. */
const moveServer = (dataDir: string, ms: number): void => {
  const db = new Database(join(dataDir, 'binh-dang.sqlite'));
  db.prepare(`update meta set value = cast(value as integer) + ? where key = 'demo_shift_ms'`).run(ms);
  db.close();
};

/** The clock of every page that is opened from now on, so much later; it goes on from there. */
const movePhone = (context: BrowserContext, ms: number): Promise<unknown> =>
  context.addInitScript((later) => {
    const held = globalThis as unknown as { RealDate?: DateConstructor };
    const Real = (held.RealDate ??= Date);
    globalThis.Date = class extends Real {
      constructor(...given: [] | [string | number | Date]) {
        if (given.length === 0) super(Real.now() + later);
        else super(...given);
      }
      static override now = (): number => Real.now() + later;
    } as DateConstructor;
  }, ms);

test('ten weeks without a network, longer than a session lives, cost her nothing but her PIN', async ({
  server,
  machine,
}) => {
  test.setTimeout(150_000);
  const phone = await machine(phoneSize);
  let page = await phone.open();
  await signIn(page, 'Cộng tác viên xã Xuân Thành');
  await sendNow(page, server.url);
  server.kill();
  await phone.context().setOffline(true);
  const titles: string[] = [];
  for (const weeks of [1, 5, 10]) {
    await movePhone(phone.context(), weeks * weekMs);
    await page.goto(`${server.url}/ghi`);
    const title = `Ghi sau ${weeks} tuần`;
    await fillInTalk(page, title);
    await page.getByRole('button', { name: 'Gửi duyệt' }).click();
    await expect(page.getByText('Thay đổi này chưa tới máy chủ.')).toBeVisible();
    titles.push(title);
  }
  await page.goto(`${server.url}/ghi`);
  await page.getByLabel('Tên hoạt động').fill('Còn viết dở');
  await page.locator('[data-keeping=kept]').waitFor();
  // The battery is empty, too.
  await phone.kill();
  moveServer(server.dataDir, 10 * weekMs);
  await server.start();
  page = await phone.open();
  await movePhone(phone.context(), 10 * weekMs);
  await page.goto(`${server.url}/dong-bo`);
  await expect(page.getByLabel('Mã PIN'), 'her session is over').toBeVisible({ timeout: 30_000 });
  // What she wrote is handed in even so: only to read she has to sign in.
  await expect(() => {
    for (const title of titles) expect(countOnServer(server.dataDir, title), title).toBe(1);
  }).toPass({ timeout: 30_000 });
  await page.getByLabel('Mã PIN').fill('246810');
  await page.getByRole('button', { name: 'Đăng nhập lại' }).click();
  await expect(page.getByLabel('Mã PIN')).toHaveCount(0);
  await sendNow(page, server.url);
  for (const title of titles) expect(countOnServer(server.dataDir, title), title).toBe(1);
  await page.goto(server.url);
  await expect(page.getByText('Còn viết dở')).toBeVisible();
});
