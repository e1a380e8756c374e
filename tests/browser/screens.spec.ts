import { expect, laptopSize, phoneSize, signIn, test } from './support.ts';
import { look, switchTo } from './look.ts';

/** Every screen, on a phone and on a laptop. */

for (const [kind, size] of [
  ['phone', phoneSize],
  ['laptop', laptopSize],
] as const)
  test(`every screen on a ${kind}`, async ({ server, machine }) => {
    test.setTimeout(240_000);
    const page = await (await machine(size)).open();
    await page.getByRole('button', { name: 'Cộng tác viên xã Xuân Thành' }).waitFor();
    await look(page, 'sign-in');
    await signIn(page, 'Cộng tác viên xã Xuân Thành');
    await expect(page.locator('.record-link').first()).toBeVisible();
    await look(page, 'home');
    await page.goto(`${server.url}/ghi`);
    await page.getByLabel('Hình thức').selectOption('noi_chuyen_chuyen_de');
    await page.getByLabel('Tên hoạt động').fill('Nói chuyện chuyên đề');
    await page.getByText('Nhiệm vụ liên quan').waitFor();
    await look(page, 'form');
    await page.getByRole('button', { name: 'Gửi duyệt' }).click();
    await expect(page.getByText(/Còn \d+ mục cần sửa/)).toBeVisible();
    await look(page, 'form-problems');
    await page.goto(`${server.url}/nhat-ky`);
    await expect(page.locator('.record-link').first()).toBeVisible();
    await look(page, 'list');
    await page.getByRole('button', { name: 'Trả lại để sửa' }).click();
    await page.locator('.record-link').first().click();
    await page.getByText('Lịch sử thay đổi').click();
    await look(page, 'record');
    await page.goto(`${server.url}/ghi?loai=training`);
    await page.getByText('Ghi danh sách', { exact: true }).click();
    await page.getByText('Dán danh sách tên').click();
    await page
      .getByRole('textbox', { name: 'Dán danh sách tên' })
      .fill('1. Học viên Thị Một\n2. Học viên Văn Hai có một cái tên rất dài để xem\n3. Học viên Ba');
    await page.getByRole('button', { name: 'Thêm 3 người' }).click();
    await page.getByRole('button', { name: 'Đánh dấu cả buổi 1' }).click();
    await page.getByText('3 người, 1 nữ').scrollIntoViewIfNeeded();
    await look(page, 'class-roster');
    await page.getByRole('button', { name: 'Gửi duyệt' }).click();
    await expect(page.getByText(/Còn \d+ mục cần sửa/)).toBeVisible();
    await look(page, 'class-problems');
    await page.goto(`${server.url}/ghi?loai=model`);
    await page.getByText('Cần hỗ trợ khẩn cấp').waitFor();
    await look(page, 'model-form');
    await page.goto(`${server.url}/nhat-ky?loai=model`);
    await page.getByText('Lọc', { exact: true }).click();
    await expect(page.locator('.record-link').first()).toBeVisible();
    await look(page, 'list-models');
    await page.locator('.record-link').first().click();
    await page.getByRole('link', { name: 'Nhập số liệu kỳ mới' }).waitFor();
    await look(page, 'model');
    await page.getByRole('link', { name: 'Nhập số liệu kỳ mới' }).click();
    await page.getByRole('heading', { name: 'Người được hỗ trợ' }).waitFor();
    await look(page, 'period-form');
    await page.goto(`${server.url}/dong-bo`);
    await page.getByRole('heading', { name: 'Bộ nhớ trên máy' }).waitFor();
    await look(page, 'sync');
    await page.goto(`${server.url}/cai-dat`);
    await page.getByRole('heading', { name: 'Đổi mã PIN' }).waitFor();
    await look(page, 'settings');

    await switchTo(page, server.url, 'Cán bộ huyện Nghi Xuân');
    await expect(page.getByText(/\d+ bản ghi chờ bạn duyệt/)).toBeVisible();
    await look(page, 'officer-home');
    await page.getByRole('link', { name: 'Chờ duyệt', exact: true }).click();
    await expect(page.locator('.record-link').first()).toBeVisible();
    await look(page, 'queue');
    await page.locator('.record-link').first().click();
    await page.locator('.decision').waitFor();
    await look(page, 'judging');
    await page.getByRole('button', { name: 'Trả lại', exact: true }).click();
    await page.getByLabel('Lý do trả lại').waitFor();
    await look(page, 'returning');
    await page.goto(`${server.url}/bao-cao`);
    await page.getByRole('heading', { name: 'Báo cáo của cấp dưới' }).waitFor();
    await look(page, 'reports');
    await page.goto(`${server.url}/bao-cao/campaign?nam=2019`);
    await page.getByRole('heading', { name: 'Phần lời' }).waitFor();
    await look(page, 'report');
    await page.locator('.cell').first().click();
    await page.locator('.behind .record-link').first().waitFor();
    await look(page, 'behind-a-number');
    await page.keyboard.press('Escape');
    await page.goto(`${server.url}/bao-cao/nhiem-vu?nam=2019`);
    await page.locator('.task-list li').first().waitFor();
    await look(page, 'tasks');

    await switchTo(page, server.url, 'Quản trị hệ thống');
    await page.getByRole('heading', { name: 'Thêm người' }).waitFor();
    await look(page, 'people');
  });

test('dark mode keeps its contrast', async ({ machine }) => {
  const page = await (await machine(phoneSize)).open();
  await page.emulateMedia({ colorScheme: 'dark' });
  await signIn(page, 'Cộng tác viên xã Xuân Thành');
  await expect(page.locator('.record-link').first()).toBeVisible();
  await look(page, 'home-dark');
});
