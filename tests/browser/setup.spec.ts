import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, laptopSize, startServer, test } from './support.ts';

test('without the demo: an administrator adds units and people on the screen, and they can work', async ({
  machine,
}) => {
  test.setTimeout(120_000);
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
  const laptop = await machine(laptopSize);
  const page = await laptop.open();
  await page.goto(server.url);
  const enter = async (login: string, pin: string): Promise<void> => {
    await page.getByLabel('Tên đăng nhập').fill(login);
    await page.getByLabel('Mã PIN').fill(pin);
    await page.getByRole('button', { name: 'Đăng nhập' }).click();
  };
  await enter('quantri', '000000');
  await expect(page.getByText('Tên đăng nhập hoặc mã PIN chưa đúng.')).toBeVisible();
  await enter('quantri', '135790');

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
  await enter('ctv.kykhang', '246801');
  await expect(page.getByText('Chưa có hoạt động nào. Hãy ghi hoạt động đầu tiên.')).toBeVisible();
  server.kill();
  rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 });
});
