import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { enterAs, expect, laptopSize, phoneSize, startServer, test } from './support.ts';
import type { Server } from './support.ts';

/** A server without the demo on a folder of its own, with one province and its administrator. */
const newProvince = async (): Promise<{ server: Server; remove: () => void }> => {
  const dataDir = mkdtempSync(join(tmpdir(), 'binh-dang-real-'));
  const env = { PATH: process.env['PATH'] ?? '', DATA_DIR: dataDir, NODE_ENV: 'production' };
  execFileSync(
    process.execPath,
    [
      'dist/server/admin.js',
      'init',
      '--code',
      '42',
      '--name',
      'Tỉnh Hà Tĩnh',
      '--login',
      'quantri',
      '--pin',
      '135790',
    ],
    { env },
  );
  const server = await startServer(dataDir, '.', { NODE_ENV: 'production' });
  return {
    server,
    remove: () => {
      server.kill();
      rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 });
    },
  };
};

test('without the demo: an administrator adds units and people on the screen, and they can work', async ({
  machine,
}) => {
  test.setTimeout(120_000);
  const { server, remove } = await newProvince();
  const laptop = await machine(laptopSize);
  const page = await laptop.open();
  await page.goto(server.url);
  await enterAs(page, 'quantri', '000000');
  await expect(page.getByText('Tên đăng nhập hoặc mã PIN chưa đúng.')).toBeVisible();
  await enterAs(page, 'quantri', '135790');

  const csv = 'code,name,level,parent_code\n447,Huyện Kỳ Anh,district,42\n18766,Xã Kỳ Phong,commune,447\n';
  const file = page.locator('input[type=file]');
  await file.setInputFiles({
    name: 'don-vi.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(csv.replace('district', 'huyện')),
  });
  await expect(page.getByText('Dòng 2: cấp “huyện” không đúng')).toBeVisible();
  await file.setInputFiles({ name: 'don-vi.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
  await page.getByRole('button', { name: 'Thêm 2 đơn vị' }).click();
  await expect(page.getByText('Đã thêm 2 đơn vị.')).toBeVisible();

  const unitForm = page.locator('form', { has: page.getByRole('heading', { name: 'Thêm đơn vị' }) });
  await unitForm.getByRole('button').click();
  await expect(unitForm.getByText('Vui lòng nhập mã.')).toBeVisible();
  await unitForm.getByLabel('Mã').fill('18778');
  await unitForm.getByLabel('Tên').fill('Xã Kỳ Khang');
  await unitForm.getByLabel('Thuộc').selectOption({ label: 'Huyện Kỳ Anh (447)' });
  await unitForm.getByRole('button').click();
  await expect(page.getByText('Đã thêm Xã Kỳ Khang.')).toBeVisible();

  const personForm = page.locator('form', { has: page.getByRole('heading', { name: 'Thêm người' }) });
  const addPerson = async (name: string, login: string, role: string, unit: string): Promise<void> => {
    await personForm.getByLabel('Tên', { exact: true }).fill(name);
    await personForm.getByLabel('Tên đăng nhập').fill(login);
    await personForm.getByLabel('Vai trò').selectOption(role);
    await personForm.getByLabel('Đơn vị').selectOption({ label: unit });
    await personForm.getByLabel(/Mã PIN/).fill('246801');
    await personForm.getByRole('button').click();
    await expect(page.getByText(`Đã thêm ${name}.`)).toBeVisible();
  };
  await addPerson('Cán bộ huyện', 'cb.kyanh', 'officer', 'Huyện Kỳ Anh (447)');
  await addPerson('Cộng tác viên', 'ctv.kykhang', 'collaborator', 'Xã Kỳ Khang (18778)');

  await page.goto(`${server.url}/cai-dat`);
  await page.getByRole('button', { name: 'Chuyển người dùng' }).click();
  await enterAs(page, 'ctv.kykhang', '246801');
  await expect(page.getByText('Chưa có hoạt động nào. Hãy ghi hoạt động đầu tiên.')).toBeVisible();
  remove();
});

test('an administrator hears beside the field what is wrong, and keeps what she typed when the server is gone', async ({
  machine,
}) => {
  test.setTimeout(120_000);
  const { server, remove } = await newProvince();
  const phone = await machine(phoneSize);
  const page = await phone.open();
  await page.goto(server.url);
  await enterAs(page, 'quantri', '135790');
  const unitForm = page.locator('form', { has: page.getByRole('heading', { name: 'Thêm đơn vị' }) });
  const personForm = page.locator('form', { has: page.getByRole('heading', { name: 'Thêm người' }) });
  const district = async (code: string, name: string): Promise<void> => {
    await unitForm.getByLabel('Mã').fill(code);
    await unitForm.getByLabel('Tên').fill(name);
    await unitForm.getByLabel('Cấp').selectOption('district');
    await unitForm.getByLabel('Thuộc').selectOption({ label: 'Tỉnh Hà Tĩnh (42)' });
    await unitForm.getByRole('button').click();
  };
  await district('447', 'Huyện Kỳ Anh');
  await expect(page.getByText('Đã thêm Huyện Kỳ Anh.')).toBeVisible();
  // Only a unit that may stand above is offered.
  await expect(unitForm.getByLabel('Thuộc').locator('option')).toHaveText(['Chọn…', 'Tỉnh Hà Tĩnh (42)']);
  await district('447', 'Huyện Kỳ Anh lần nữa');
  await expect(unitForm.locator('label', { hasText: 'Mã' }).getByRole('alert')).toHaveText('Mã này đã có.');
  await page.getByRole('searchbox').first().fill('không có đâu');
  await expect(page.getByText('Không tìm thấy.')).toBeVisible();

  await personForm.getByLabel('Tên', { exact: true }).fill('Cán bộ huyện');
  await personForm.getByLabel('Tên đăng nhập').fill('cb.kyanh');
  await personForm.getByLabel('Vai trò').selectOption('officer');
  await personForm.getByLabel('Đơn vị').selectOption({ label: 'Huyện Kỳ Anh (447)' });
  await personForm.getByLabel(/Mã PIN/).fill('246801');
  server.kill();
  await personForm.getByRole('button').click();
  await expect(personForm.getByRole('alert')).toHaveText('Trang này cần có mạng.');
  await expect(personForm.getByLabel('Tên đăng nhập')).toHaveValue('cb.kyanh');
  await server.start();
  // The person is added, but the answer to the reading that follows is lost: what stands in the other form stays.
  await page.route('**/api/v1/admin/people', (route) =>
    route.request().method() === 'GET' ? route.abort() : route.continue(),
  );
  await personForm.getByRole('button').click();
  await expect(page.getByText('Đã thêm Cán bộ huyện.')).toBeVisible();
  await expect(page.getByText('Trang này cần có mạng.')).toBeVisible();
  await expect(unitForm.getByLabel('Tên')).toHaveValue('Huyện Kỳ Anh lần nữa');
  await page.unroute('**/api/v1/admin/people');
  await page.getByRole('button', { name: 'Thử lại' }).click();
  await expect(page.getByText('cb.kyanh')).toBeVisible();

  const file = page.locator('input[type=file]');
  await file.setInputFiles({
    name: 'don-vi.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from('code;name\n1;Hai'),
  });
  await expect(page.getByText(/Không đọc được tệp/)).toBeVisible();
  // The same file, mended, is read again only if the browser no longer holds the first choice.
  await Promise.all([page.waitForEvent('filechooser'), file.click()]);
  expect(await file.evaluate((input: HTMLInputElement) => input.files?.length)).toBe(0);
  remove();
});
