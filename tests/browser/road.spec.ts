import { countOnServer, expect, fillInTalk, laptopSize, phoneSize, signIn, test } from './support.ts';

test('the road of one record: written offline, killed, received once, returned, read offline, mended, approved', async ({
  server,
  machine,
}) => {
  test.setTimeout(240_000);
  const title = 'Nói chuyện về chia sẻ việc nhà ở thôn 3';
  const phone = await machine(phoneSize);
  const laptop = await machine(laptopSize);

  let page = await phone.open();
  await signIn(page, 'Cộng tác viên xã Xuân Thành');
  await expect(page.getByText('Đã gửi hết')).toBeVisible();

  await test.step('the network goes, the server dies, and the app still opens from the phone', async () => {
    await phone.context().setOffline(true);
    server.kill();
    await phone.kill();
    page = await phone.open();
    await phone.context().setOffline(true);
    await expect(page.getByRole('heading', { name: 'Cộng tác viên xã Xuân Thành' })).toBeVisible();
  });

  await test.step('a half-written form survives the browser’s death', async () => {
    await page.getByRole('link', { name: 'Ghi hoạt động' }).click();
    await page.getByLabel('Hình thức').selectOption('noi_chuyen_chuyen_de');
    await page.getByLabel('Tên hoạt động').fill(title);
    await expect(page.locator('[data-keeping=kept]')).toBeVisible();
    await phone.kill();
    page = await phone.open();
    await page.getByRole('link', { name: title }).click();
    await expect(page.getByLabel('Tên hoạt động')).toHaveValue(title);
    await expect(page.getByLabel('Hình thức')).toHaveValue('noi_chuyen_chuyen_de');
  });

  await test.step('submitted, it is safe on the phone at once and says that it waits', async () => {
    await fillInTalk(page, title);
    await page.getByRole('button', { name: 'Gửi duyệt' }).click();
    await expect(page.getByText('Đã lưu. Bản ghi sẽ tự gửi khi có mạng.')).toBeVisible();
    await phone.kill();
    page = await phone.open();
    await expect(page.getByText('Còn 1 mục chưa gửi')).toBeVisible();
    await expect(page.locator('.record-link', { hasText: title }).getByText('Chờ gửi')).toBeVisible();
  });

  await test.step('the server comes back and has it exactly once', async () => {
    await server.start();
    await page.goto(`${server.url}/dong-bo`);
    await page.getByRole('button', { name: 'Gửi ngay' }).click();
    await expect(page.getByText('Đã gửi hết')).toBeVisible();
    expect(countOnServer(server.dataDir, title)).toBe(1);
    await page.goto(server.url);
    await expect(page.locator('.record-link', { hasText: title }).getByText('Huyện đã nhận')).toBeVisible();
  });

  const desk = await laptop.open();
  await test.step('the officer finds it in her queue and returns it with a reason and a marked field', async () => {
    await signIn(desk, 'Cán bộ huyện Nghi Xuân');
    await desk.getByRole('link', { name: 'Chờ duyệt', exact: true }).click();
    await desk.locator('.record-link', { hasText: title }).click();
    await expect(desk.getByText('21', { exact: true })).toBeVisible();
    await desk.getByRole('button', { name: 'Trả lại' }).click();
    await desk.getByRole('button', { name: 'Gửi trả lại' }).click();
    await expect(desk.getByText('Vui lòng ghi lý do trả lại.')).toBeVisible();
    await desk.getByLabel('Lý do trả lại').fill('Đề nghị kiểm tra lại số nữ');
    await desk.getByRole('checkbox', { name: 'Nữ', exact: true }).check();
    await desk.getByRole('button', { name: 'Gửi trả lại' }).click();
    await expect(desk.locator('.record-link', { hasText: title })).toHaveCount(0);
    await desk.goto(`${server.url}/dong-bo`);
    await desk.getByRole('button', { name: 'Gửi ngay' }).click();
    await expect(desk.getByText('Đã gửi hết')).toBeVisible();
  });

  await test.step('the comment is on the phone and is read without a network', async () => {
    await page.goto(`${server.url}/dong-bo`);
    await page.getByRole('button', { name: 'Gửi ngay' }).click();
    await expect(page.getByText(/Đã gửi và nhận xong/)).toBeVisible();
    await phone.context().setOffline(true);
    server.kill();
    await page.goto(server.url);
    const first = page.locator('.record-link').first();
    await expect(first).toContainText(title);
    await expect(first).toContainText('Đề nghị kiểm tra lại số nữ');
    await first.click();
    await expect(page.getByText('Mục cần xem lại')).toBeVisible();
  });

  await test.step('she mends it offline and sends it again', async () => {
    await page.getByRole('link', { name: 'Sửa và gửi lại' }).click();
    await expect(page.getByText('Người duyệt đánh dấu')).toBeVisible();
    await page.getByRole('textbox', { name: /^Nữ/ }).fill('45');
    await expect(page.getByText('21 + 45 = 66')).toBeVisible();
    await page.getByRole('button', { name: 'Gửi lại' }).click();
    await expect(page.getByText('Thay đổi này chưa tới máy chủ.')).toBeVisible();
    await server.start();
    await phone.context().setOffline(false);
    await page.goto(`${server.url}/dong-bo`);
    await page.getByRole('button', { name: 'Gửi ngay' }).click();
    await expect(page.getByText('Đã gửi hết')).toBeVisible();
  });

  await test.step('the officer sees what changed and approves, and the phone knows', async () => {
    await desk.getByRole('button', { name: 'Gửi ngay' }).click();
    await expect(desk.getByText(/Đã gửi và nhận xong/)).toBeVisible();
    await desk.getByRole('link', { name: 'Chờ duyệt', exact: true }).click();
    await desk.locator('.record-link', { hasText: title }).click();
    const changed = desk.locator('.diff');
    await expect(changed.locator('.fact', { hasText: 'Nữ' })).toContainText('43');
    await expect(changed.locator('.fact', { hasText: 'Nữ' })).toContainText('45');
    await desk.getByRole('button', { name: 'Duyệt' }).click();
    await expect(desk.getByRole('status').getByText('Đã duyệt')).toBeVisible();
    await desk.goto(`${server.url}/dong-bo`);
    await desk.getByRole('button', { name: 'Gửi ngay' }).click();
    await expect(desk.getByText('Đã gửi hết')).toBeVisible();
    await page.getByRole('button', { name: 'Gửi ngay' }).click();
    await expect(page.getByText(/Đã gửi và nhận xong/)).toBeVisible();
    await page.goto(`${server.url}/nhat-ky`);
    await expect(page.locator('.record-link', { hasText: title }).getByText('Đã duyệt')).toBeVisible();
    await page.locator('.record-link', { hasText: title }).click();
    await page.getByText('Lịch sử thay đổi').click();
    await expect(page.locator('.events li')).toHaveCount(4);
    expect(countOnServer(server.dataDir, title)).toBe(1);
  });
});
