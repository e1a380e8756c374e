import { appendFileSync, cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { measureFirstPath } from '../bench/first-path.ts';
import { precacheBytes, updateBytes } from '../bench/size.ts';
import {
  countOnServer,
  expect,
  fillInTalk,
  phoneSize,
  sendNow,
  signIn,
  startServer,
  test,
} from './support.ts';

test('the browser offers to install the app', async ({ machine }) => {
  const phone = await machine(phoneSize);
  const page = await phone.open();
  await signIn(page, 'Cộng tác viên xã Xuân Thành');
  const session = await phone.context().newCDPSession(page);
  const { installabilityErrors } = (await session.send('Page.getInstallabilityErrors')) as {
    installabilityErrors: unknown[];
  };
  expect(installabilityErrors).toEqual([]);
});

test('a new version asks first, and costs nothing of a half-filled form or of what waits', async ({
  machine,
}) => {
  test.setTimeout(120_000);
  const copy = mkdtempSync(join(tmpdir(), 'binh-dang-release-'));
  cpSync('dist', join(copy, 'dist'), { recursive: true });
  symlinkSync(resolve('node_modules'), join(copy, 'node_modules'));
  const server = await startServer(join(copy, 'data'), copy);
  const phone = await machine(phoneSize);
  const page = await phone.open();
  await page.goto(server.url);
  await signIn(page, 'Cộng tác viên xã Xuân Thành');
  const road = '**/api/v1/sync*';
  await phone.context().route(road, (route) => route.abort());
  const titles = [1, 2, 3].map((n) => `Chờ gửi khi có bản mới, số ${n}`);
  for (const title of titles) {
    await page.goto(`${server.url}/ghi`);
    await fillInTalk(page, title);
    await page.getByRole('button', { name: 'Gửi duyệt' }).click();
    await expect(page).toHaveURL(/\/nhat-ky\//);
  }
  const onServer = (): number[] => titles.map((title) => countOnServer(server.dataDir, title));
  await page.goto(`${server.url}/ghi`);
  await page.getByLabel('Tên hoạt động').fill('Đang viết thì có bản mới');
  await expect(page.locator('[data-keeping=kept]')).toBeVisible();

  for (const ending of ['.br', '.gz']) rmSync(join(copy, 'dist/app', `sw.js${ending}`));
  appendFileSync(join(copy, 'dist/app/sw.js'), '\n// the next version\n');
  await page.evaluate(
    'navigator.serviceWorker.getRegistration().then((registration) => registration.update())',
  );
  await expect(page.getByText('Có phiên bản mới')).toBeVisible();
  await page.getByLabel('Tên hoạt động').fill('Đang viết thì có bản mới, viết tiếp');
  await page.getByRole('button', { name: 'Cập nhật' }).click();
  await expect(page.getByText('Có phiên bản mới')).toHaveCount(0);
  await expect(page.getByLabel('Tên hoạt động')).toHaveValue('Đang viết thì có bản mới, viết tiếp');
  expect(onServer()).toEqual([0, 0, 0]);
  await phone.context().unroute(road);
  await sendNow(page, server.url);
  expect(onServer()).toEqual([1, 1, 1]);
  server.kill();
  rmSync(copy, { recursive: true, force: true, maxRetries: 5 });
});

test('what must be fetched before typing, before it is safe, for offline use and for an update stays small', async () => {
  const path = await measureFirstPath();
  expect(path.untilTyped).toBeLessThanOrEqual(25_000);
  expect(path.untilDurable).toBeLessThanOrEqual(70_000);
  expect(path.roundsFirstVisit).toBeLessThanOrEqual(2);
  expect(path.requestsRelaunch).toBe(0);
  expect(precacheBytes()).toBeLessThanOrEqual(180_000);
  expect(updateBytes()).toBeLessThanOrEqual(20_000);
});

test('woken by the browser, the worker hands in what waits without any page', async ({ server, machine }) => {
  test.setTimeout(120_000);
  const title = 'Gửi khi không mở ứng dụng';
  const phone = await machine(phoneSize);
  const page = await phone.open();
  await signIn(page, 'Cộng tác viên xã Xuân Thành');
  await expect(page.getByText('Đã gửi hết')).toBeVisible();
  const session = await phone.context().newCDPSession(page);
  const registered = new Promise<string>((resolve) =>
    session.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const [first] = registrations;
      if (first !== undefined) resolve(first.registrationId);
    }),
  );
  await session.send('ServiceWorker.enable');
  const registrationId = await registered;
  server.kill();
  await page.goto(`${server.url}/ghi`);
  await fillInTalk(page, title);
  await page.getByRole('button', { name: 'Gửi duyệt' }).click();
  await expect(page.getByText('Thay đổi này chưa tới máy chủ.')).toBeVisible();
  await page.goto('about:blank');
  await server.start();
  await page.goto(`${server.url}/healthz`);
  expect(countOnServer(server.dataDir, title)).toBe(0);
  const event = { origin: server.url, registrationId, tag: 'binh-dang', lastChance: false };
  await session.send('ServiceWorker.dispatchSyncEvent', event);
  await expect.poll(() => countOnServer(server.dataDir, title)).toBe(1);
});

test('on plain http the app says why it cannot work, instead of half working', async ({
  server,
  machine,
}) => {
  const page = await (await machine(phoneSize)).open();
  await page.goto(server.url.replace('localhost', 'binhdang.test'));
  await expect(page.getByText(/Địa chỉ này không dùng HTTPS/)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Đăng nhập' })).toBeDisabled();
});

test('a form that is open in one window is not opened in another', async ({ server, machine }) => {
  const phone = await machine(phoneSize);
  const page = await phone.open();
  await signIn(page, 'Cộng tác viên xã Xuân Thành');
  await page.goto(`${server.url}/ghi`);
  await page.getByLabel('Tên hoạt động').fill('Đang viết ở cửa sổ này');
  await expect(page.locator('[data-keeping=kept]')).toBeVisible();
  const second = await phone.context().newPage();
  await second.goto(page.url());
  await expect(second.getByText(/đang mở ở cửa sổ khác/)).toBeVisible();
});

test('two people share a phone without a network, and signing out keeps unsent work', async ({
  server,
  machine,
}) => {
  test.setTimeout(120_000);
  const phone = await machine(phoneSize);
  const page = await phone.open();
  await signIn(page, 'Cộng tác viên xã Tân Lộc');
  await expect(page.locator('.record-link').first()).toBeVisible();
  await page.goto(`${server.url}/cai-dat`);
  await page.getByRole('button', { name: 'Chuyển người dùng' }).click();
  await signIn(page, 'Cộng tác viên xã Xuân Thành');
  await phone.context().setOffline(true);
  await page.goto(`${server.url}/cai-dat`);
  await page.getByRole('button', { name: 'Chuyển người dùng' }).click();
  await page.getByRole('button', { name: 'Cộng tác viên xã Tân Lộc' }).click();
  await expect(page.getByRole('heading', { name: 'Cộng tác viên xã Tân Lộc' })).toBeVisible();
  await expect(page.locator('.record-link').first()).toContainText('Đề nghị bổ sung ảnh minh chứng');
  await page.goto(`${server.url}/ghi`);
  await fillInTalk(page, 'Viết khi không có mạng rồi đăng xuất');
  await page.getByRole('button', { name: 'Gửi duyệt' }).click();
  await expect(page.getByText('Thay đổi này chưa tới máy chủ.')).toBeVisible();
  await page.goto(`${server.url}/cai-dat`);
  await page.getByRole('button', { name: 'Đăng xuất' }).click();
  await expect(page.getByText(/Còn 1 mục chưa gửi/)).toBeVisible();
  await page.locator('.note').getByRole('button', { name: 'Đăng xuất' }).click();
  await page.getByRole('button', { name: 'Cộng tác viên xã Tân Lộc' }).click();
  await expect(page.getByLabel('Tên đăng nhập')).toHaveValue('ctv.18409');
  await page.getByLabel('Mã PIN').fill('246810');
  await page.getByRole('button', { name: 'Đăng nhập' }).click();
  await expect(page.getByText('Bạn đã đăng xuất nên cần có mạng để đăng nhập lại.')).toBeVisible();
  await phone.context().setOffline(false);
  await page.getByRole('button', { name: 'Đăng nhập' }).click();
  await expect(page.locator('.record-link').first()).toContainText('Đề nghị bổ sung ảnh minh chứng');
  await page.goto(`${server.url}/nhat-ky`);
  await expect(
    page.locator('.record-link', { hasText: 'rồi đăng xuất' }).getByText('Huyện đã nhận'),
  ).toBeVisible();
});
