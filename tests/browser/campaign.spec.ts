import { look, switchTo } from './look.ts';
import { expect, fillInTalk, laptopSize, phoneSize, signIn, test } from './support.ts';

for (const [kind, size] of [
  ['phone', phoneSize],
  ['laptop', laptopSize],
] as const)
  test(`the board and the plan on a ${kind}`, async ({ server, machine }) => {
    test.setTimeout(180_000);
    const page = await (await machine(size)).open();
    await signIn(page, 'Cộng tác viên xã Xuân Thành');
    await page.getByRole('link', { name: /Tháng hành động 2019/ }).click();
    await expect(page.locator('.figure strong').first()).not.toHaveText('0');
    await look(page, 'board-commune');
    await page.getByRole('link', { name: 'Kế hoạch', exact: true }).click();
    await expect(page.locator('.plan-line')).toHaveCount(6);
    await look(page, 'plan');
    await page.getByText('Nhập từ bảng tính').click();
    await page.getByLabel('Dán từ Excel').fill('Một việc không có ngày\t\t\t1\tHội Liên hiệp Phụ nữ');
    await page.getByRole('button', { name: 'Xem thử' }).click();
    await expect(page.getByText(/1 dòng cần sửa/)).toBeVisible();
    await look(page, 'plan-import');

    await switchTo(page, server.url, 'Cán bộ tỉnh');
    await page.goto(`${server.url}/thang-hanh-dong`);
    await expect(page.getByText(/Chưa có hoạt động: \d+ đơn vị/)).toBeVisible();
    await expect(page.locator('.figure strong').first()).not.toHaveText('0');
    await look(page, 'board-province');
    await page.getByRole('link', { name: 'Máy của các đơn vị' }).click();
    await expect(page.getByText('Kết nối lần cuối', { exact: false }).first()).toBeVisible();
    await look(page, 'phones');
    await page.goBack();
    await expect(page.getByRole('button', { name: 'In', exact: true })).toBeVisible();
    await page.emulateMedia({ media: 'print' });
    await expect(page.getByRole('button', { name: 'In', exact: true })).toBeHidden();
    await expect(page.getByRole('heading', { name: 'Tháng hành động 2019' })).toBeVisible();
  });

test('a plan is pasted from a sheet, and one tap begins the record that carries it out, all without a network', async ({
  server,
  machine,
}) => {
  test.setTimeout(180_000);
  const phone = await machine(phoneSize);
  const page = await phone.open();
  await signIn(page, 'Cộng tác viên xã Xuân Thành');
  await expect(page.locator('.record-link').first()).toBeVisible();
  await page.goto(`${server.url}/ke-hoach?nam=2019`);
  await expect(page.locator('.plan-line')).toHaveCount(6);
  await phone.context().setOffline(true);
  server.kill();

  await page.getByText('Nhập từ bảng tính').click();
  const sheet = [
    'Việc cần làm\tDự kiến từ ngày\tĐến ngày\tSố lần dự kiến\tĐơn vị chủ trì\tNhiệm vụ liên quan\tHình thức dự kiến',
    'Nói chuyện về bình đẳng trong gia đình\t20/12/2019\t20/12/2019\t2\tHội Liên hiệp Phụ nữ\tII.1.a\tNói chuyện chuyên đề',
    'Tọa đàm với nam giới\t32/12/2019\t\t1\tHội Liên hiệp Phụ nữ\tII.1.a',
  ];
  const paste = page.getByLabel('Dán từ Excel');
  await paste.fill(sheet.join('\n'));
  await page.getByRole('button', { name: 'Xem thử' }).click();
  await expect(page.getByText('1 dòng cần sửa')).toBeVisible();
  await expect(page.getByText(/Dòng 3: /)).toBeVisible();
  await paste.fill(sheet.join('\n').replace('32/12/2019', '21/12/2019'));
  await page.getByRole('button', { name: 'Xem thử' }).click();
  await page.getByRole('button', { name: 'Thêm 2 việc' }).click();
  await expect(page.locator('.plan-line')).toHaveCount(8);

  const line = page.locator('.plan-line', { hasText: 'bình đẳng trong gia đình' });
  await expect(line).toContainText('Đã làm 0/2');
  await line.getByRole('link', { name: 'Ghi việc này' }).click();
  await expect(page.getByLabel('Tên hoạt động')).toHaveValue('Nói chuyện về bình đẳng trong gia đình');
  await fillInTalk(page, 'Nói chuyện về bình đẳng trong gia đình ở thôn 2');
  // The plan has ticked the task already, so filling in has just taken the tick away.
  await page.getByRole('button', { name: /^II\.1\.a / }).click();
  await page.getByRole('button', { name: 'Gửi duyệt' }).click();
  await expect(page.getByText('Đã lưu. Bản ghi sẽ tự gửi khi có mạng.')).toBeVisible();
  await page.goto(`${server.url}/ke-hoach?nam=2019`);
  await expect(line).toContainText('Đã làm 1/2');
});
