import { expect, fillInTalk, phoneSize, signIn, test } from './support.ts';

test('bad input is said beside its field, in the person’s words, and nothing is lost', async ({
  server,
  machine,
}) => {
  test.setTimeout(180_000);
  const page = await (await machine(phoneSize)).open();
  await signIn(page, 'Cộng tác viên xã Xuân Thành');
  await page.goto(`${server.url}/ghi`);
  await page.getByLabel('Tên hoạt động').fill('🎉🎉🎉');
  await fillInTalk(page, '🎉🎉🎉🎉🎉🎉');

  const message = (field: string, code: string) => page.locator(`[data-field=${field}] [data-code=${code}]`);
  const tryWith = async (
    label: string | RegExp,
    typed: string,
    field: string,
    code: string,
  ): Promise<void> => {
    const input = page.getByLabel(label, { exact: true });
    const before = await input.inputValue();
    await input.fill(typed);
    await page.getByRole('button', { name: 'Gửi duyệt' }).click();
    await expect(message(field, code)).toBeVisible();
    await expect(input).toHaveValue(typed);
    await input.fill(before);
    // The message of this try must not be taken for that of the next.
    await expect(message(field, code)).toBeHidden();
  };
  await page.getByRole('button', { name: 'Gửi duyệt' }).click();
  await expect(message('title', 'E_TEXT_SHORT')).toHaveText(/quá ngắn/);
  await expect(page.getByLabel('Tên hoạt động')).toBeFocused();
  await page.getByLabel('Tên hoạt động').fill('Nói chuyện ở thôn 3');
  await tryWith('Tên hoạt động', 'Tuyên truyền '.repeat(20), 'title', 'E_TEXT_LONG');
  await tryWith('Ngày bắt đầu', '22/0/2019', 'start_date', 'E_DATE_INVALID');
  await tryWith('Ngày bắt đầu', '29/02/2019', 'start_date', 'E_DATE_INVALID');
  await tryWith('Ngày bắt đầu', '15/11/2020', 'start_date', 'E_DATE_FUTURE');
  await tryWith('Ngày bắt đầu', '15/11/0219', 'start_date', 'E_DATE_TOO_OLD');
  await tryWith('Ngày kết thúc', '01/10/2019', 'end_date', 'E_DATE_ORDER');
  await tryWith('Nam', '-3', 'participants_male', 'E_COUNT_TYPE');
  await tryWith('Nam', '21,5', 'participants_male', 'E_COUNT_TYPE');
  await tryWith('Số buổi, cuộc', '0', 'sessions_count', 'E_COUNT_TYPE');

  await page.getByLabel('Nguồn kinh phí 1').selectOption('ns_xa');
  const amount = page.getByLabel('Số tiền (đồng) 1');
  for (const typed of ['-500.000', '1500,5']) {
    await amount.fill(typed);
    await page.getByRole('button', { name: 'Gửi duyệt' }).click();
    await expect(message('funding', 'E_FUND_AMOUNT')).toBeVisible();
    await amount.fill('1.800.000đ');
    await expect(message('funding', 'E_FUND_AMOUNT')).toBeHidden();
  }
  await page.getByRole('button', { name: 'Thêm nguồn kinh phí' }).click();
  await page.getByLabel('Nguồn kinh phí 2').selectOption('ns_xa');
  await page.getByLabel('Số tiền (đồng) 2').fill('2tr');
  await page.getByRole('button', { name: 'Gửi duyệt' }).click();
  await expect(message('funding', 'E_FUND_DUP')).toBeVisible();
  await page.getByRole('button', { name: 'Bỏ dòng này 2' }).click();

  await page.getByLabel('Ghi chú').fill('Liên hệ 0912345678 để biết thêm');
  await page.getByRole('button', { name: 'Gửi duyệt' }).click();
  await expect(message('note', 'W_PII_SUSPECT')).toBeVisible();
  await expect(page.getByText('Nên xem lại trước khi gửi')).toBeVisible();
  await page.getByLabel('Ghi chú').fill('<img src=x onerror=alert(1)>');
  await page.getByRole('button', { name: 'Gửi duyệt' }).click();
  await expect(page.getByText('Đã lưu. Bản ghi sẽ tự gửi khi có mạng.')).toBeVisible();
  await expect(page.getByText('<img src=x onerror=alert(1)>')).toBeVisible();
  await expect(page.getByRole('row', { name: 'Ngân sách xã 1.800.000 đ' })).toBeVisible();
});

test('numbers and dates are understood as people type them', async ({ server, machine }) => {
  const page = await (await machine(phoneSize)).open();
  await signIn(page, 'Cộng tác viên xã Xuân Thành');
  await page.goto(`${server.url}/ghi`);
  await fillInTalk(page, 'Nói chuyện ở thôn 3');
  const start = page.getByLabel('Ngày bắt đầu');
  for (const [typed, read] of [
    ['1.12.19', '01/12/2019'],
    ['ngày 2 tháng 12 năm 2019', '02/12/2019'],
    ['３/12/2019', '03/12/2019'],
  ] as const) {
    await start.fill(typed);
    await start.blur();
    await expect(start).toHaveValue(read);
  }
  await page.getByLabel('Nam', { exact: true }).fill('1.200');
  await page.getByLabel('Nữ', { exact: true }).fill('１００ người');
  await expect(page.getByText('Hiểu là 100')).toBeVisible();
  await expect(page.getByText('1.200 + 100 = 1.300')).toBeVisible();
});

test('an activity is entered with the keyboard alone', async ({ server, machine }) => {
  const page = await (await machine({ width: 1280, height: 800 })).open();
  await signIn(page, 'Cộng tác viên xã Xuân Thành');
  await page.goto(`${server.url}/ghi`);
  const choose = async (code: string): Promise<void> => {
    for (let steps = 0; steps < 40; steps++) {
      if ((await page.evaluate<string>('document.activeElement.value')) === code) return;
      await page.keyboard.press('ArrowDown');
    }
    throw new Error(`${code} is not in the list`);
  };
  await page.getByLabel('Hình thức').focus();
  await choose('to_roi_tai_lieu');
  await page.keyboard.press('Tab');
  await page.keyboard.type('Phát tờ rơi ở chợ xã');
  const reach = async (name: string): Promise<void> => {
    for (let tabs = 0; tabs < 120; tabs++) {
      await page.keyboard.press('Tab');
      const label = await page.evaluate<string>(
        `(document.activeElement.labels?.[0]?.textContent ?? document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent)`,
      );
      if (label.includes(name)) return;
    }
    throw new Error(`${name} was not reached`);
  };
  await reach('Phòng, chống bạo lực trên cơ sở giới');
  await page.keyboard.press('Space');
  await reach('Nhân dân nói chung');
  await page.keyboard.press('Space');
  await reach('Ngày bắt đầu');
  await page.keyboard.type('18/11/2019');
  await reach('Kết thúc cùng ngày');
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('Ngày kết thúc')).toHaveValue('18/11/2019');
  await expect(page.getByRole('radio', { name: 'Thuộc Tháng hành động 2019' })).toBeChecked();
  await reach('Số lượng sản phẩm');
  await page.keyboard.type('600');
  await reach('cái');
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('radio', { name: 'tờ' })).toBeChecked();
  await reach('Đơn vị chủ trì');
  await choose('hoi_lhpn');
  await reach('Nguồn kinh phí');
  await choose('khong_kinh_phi');
  await reach('II.1.b');
  await page.keyboard.press('Space');
  await reach('Gửi duyệt');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Đã lưu. Bản ghi sẽ tự gửi khi có mạng.')).toBeVisible();
});

test('a discarded draft can be had back', async ({ server, machine }) => {
  const page = await (await machine(phoneSize)).open();
  await signIn(page, 'Cộng tác viên xã Xuân Thành');
  await page.goto(`${server.url}/ghi`);
  await page.getByLabel('Tên hoạt động').fill('Bài nói chuyện bỏ nhầm');
  await expect(page.locator('[data-keeping=kept]')).toBeVisible();
  await page.getByRole('button', { name: 'Bỏ bản nháp' }).click();
  await page.getByRole('button', { name: 'Lấy lại' }).click();
  await expect(page.getByLabel('Tên hoạt động')).toHaveValue('Bài nói chuyện bỏ nhầm');
});
