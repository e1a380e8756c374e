import { readFileSync } from 'node:fs';
import { strFromU8, unzipSync } from 'fflate';
import { expect, fillInTalk, laptopSize, phoneSize, sendNow, signIn, test } from './support.ts';
import { violations } from './look.ts';

const page2019 = '/bao-cao/campaign?nam=2019';
const title = 'Nói chuyện duyệt sau khi nộp báo cáo';

test('a report of the action month: made offline, handed in, returned, corrected, received; what is approved late is marked in the next', async ({
  server,
  machine,
}) => {
  test.setTimeout(300_000);
  const [laptop, office, phone] = [
    await machine(laptopSize),
    await machine(laptopSize),
    await machine(phoneSize),
  ];
  const district = await laptop.open();
  await signIn(district, 'Cán bộ huyện Nghi Xuân');
  await sendNow(district, server.url);
  const commune = await phone.open();
  await signIn(commune, 'Cộng tác viên xã Xuân Thành');
  await sendNow(commune, server.url);

  let counted = '';
  await test.step('the district drafts it without a network; the numbers open the records behind them', async () => {
    await laptop.context().setOffline(true);
    server.kill();
    await district.goto(`${server.url}/bao-cao`);
    await district.getByRole('link', { name: 'Báo cáo Tháng hành động 2019' }).click();
    await expect(district.getByRole('heading', { name: 'Biểu 01. Truyền thông' })).toBeVisible();
    expect(await violations(district)).toEqual([]);
    counted = (await district.getByText(/\d+ bản ghi đã duyệt được tính/).textContent()) ?? '';
    const cell = district.locator('.report-table').first().locator('tfoot .cell').first();
    const n = Number(await cell.textContent());
    await cell.click();
    await expect(district.getByText(`${n} bản ghi`, { exact: true })).toBeVisible();
    await expect(district.locator('.behind .record-link')).toHaveCount(n);
    await district.keyboard.press('Escape');
    await district.getByRole('button', { name: 'Viết nháp từ số liệu' }).click();
    await district.getByLabel('IV. Đề xuất, kiến nghị').fill('Đề nghị bổ sung kinh phí cho xã');
    await district.getByLabel('Số của đơn vị: Lượt người (Biểu 01)').fill('1.2oo');
    await expect(district.getByText('Số chưa đúng. Ví dụ: 1.650')).toBeVisible();
    await district.getByRole('button', { name: 'Chốt và nộp' }).click();
    await district.getByRole('alertdialog').getByRole('button', { name: 'Chốt và nộp' }).click();
    await expect(district.getByText('Còn số chưa đúng ở phần', { exact: false })).toBeVisible();
    await district.getByLabel('Số của đơn vị: Lượt người (Biểu 01)').fill('1.200');
    await expect(district.locator('[data-keeping=kept]')).toBeVisible();
  });

  let desk = district;
  await test.step('what was written survives the browser’s death', async () => {
    await laptop.kill();
    desk = await laptop.open();
    await laptop.context().setOffline(true);
    await desk.goto(`${server.url}${page2019}`);
    await expect(desk.getByLabel('IV. Đề xuất, kiến nghị')).toHaveValue('Đề nghị bổ sung kinh phí cho xã');
    await expect(desk.getByLabel('Số của đơn vị: Lượt người (Biểu 01)')).toHaveValue('1.200');
  });

  await test.step('handed in, its records are closed', async () => {
    await desk.getByRole('button', { name: 'Chốt và nộp' }).click();
    await desk.getByRole('alertdialog').getByRole('button', { name: 'Chốt và nộp' }).click();
    await expect(desk.getByText('Đã nộp', { exact: true })).toBeVisible();
    await expect(desk.getByText('Số liệu đã chốt khi nộp.', { exact: false })).toBeVisible();
    await desk.locator('.report-table').first().locator('tfoot .cell').first().click();
    await expect(desk.locator('.behind .record-link').first().getByText('Đã chốt báo cáo')).toBeVisible();
    await desk.keyboard.press('Escape');
    await server.start();
    await laptop.context().setOffline(false);
    await sendNow(desk, server.url);
  });

  const province = await office.open();
  await test.step('the province sees who has handed in, and returns it with a reason', async () => {
    await signIn(province, 'Cán bộ tỉnh');
    await sendNow(province, server.url);
    await province.goto(`${server.url}/bao-cao`);
    await expect(province.getByText('Báo cáo Tháng hành động 2019: 1/13 đơn vị đã nộp')).toBeVisible();
    await province.locator('.handed-in a').first().click();
    await expect(province.getByText('Đề nghị bổ sung kinh phí cho xã')).toBeVisible();
    await expect(province.getByText('1.200').first()).toBeVisible();
    await province.getByRole('button', { name: 'Trả lại' }).click();
    await province.getByLabel('Lý do trả lại').fill('Bổ sung đánh giá ở mục III');
    await province.getByRole('button', { name: 'Gửi trả lại' }).click();
    await province.waitForTimeout(9000);
    await sendNow(province, server.url);
  });

  await test.step('a record that the returned report had closed can be opened again, and that taken back', async () => {
    await sendNow(desk, server.url);
    await desk.goto(`${server.url}${page2019}`);
    await desk.locator('.report-table').first().locator('tfoot .cell').first().click();
    await desk.locator('.behind .record-link').first().click();
    await desk.getByRole('button', { name: 'Mở lại (trả lại để sửa)' }).click();
    await desk.getByLabel('Lý do trả lại').fill('Sửa lại số nữ');
    await desk.getByRole('button', { name: 'Gửi trả lại' }).click();
    await expect(desk.getByText('Sửa lại số nữ').first()).toBeVisible();
    await desk.getByRole('button', { name: 'Hoàn tác' }).click();
    await expect(desk.getByText('Đã chốt báo cáo').first()).toBeVisible();
  });

  await test.step('the district mends it and hands it in again; the province receives it', async () => {
    await sendNow(desk, server.url);
    await desk.goto(`${server.url}${page2019}`);
    await expect(desk.getByText('Bổ sung đánh giá ở mục III').first()).toBeVisible();
    await desk.getByLabel('III. Đánh giá', { exact: false }).fill('Các xã hưởng ứng tốt.');
    await desk.getByRole('button', { name: 'Sửa và nộp lại' }).click();
    await desk.getByRole('alertdialog').getByRole('button', { name: 'Chốt và nộp' }).click();
    await expect(desk.getByText('Đã nộp', { exact: true })).toBeVisible();
    await sendNow(desk, server.url);
    await sendNow(province, server.url);
    await province.goto(`${server.url}${page2019}&don-vi=demo-442`);
    await expect(province.getByText('Các xã hưởng ứng tốt.')).toBeVisible();
    await province.getByRole('button', { name: 'Duyệt', exact: true }).click();
    await province.waitForTimeout(9000);
    await sendNow(province, server.url);
    await sendNow(desk, server.url);
    await desk.goto(`${server.url}${page2019}`);
    await expect(desk.getByText('Tỉnh đã nhận')).toBeVisible();
  });

  await test.step('a record that is approved afterwards comes into the next report, marked', async () => {
    await commune.goto(`${server.url}/ghi`);
    await fillInTalk(commune, title);
    await commune.getByLabel('Ngày bắt đầu').fill('20/11/2019');
    await commune.getByLabel('Ngày kết thúc').fill('20/11/2019');
    await commune.getByRole('button', { name: 'Gửi duyệt' }).click();
    await expect(commune.getByText('Đã lưu. Bản ghi sẽ tự gửi khi có mạng.')).toBeVisible();
    await sendNow(commune, server.url);
    await sendNow(desk, server.url);
    await desk.goto(`${server.url}/cho-duyet`);
    await desk.locator('.desk-list .record-link', { hasText: title }).click();
    await desk.getByRole('button', { name: 'Duyệt', exact: true }).click();
    await expect(desk.getByRole('button', { name: 'Hoàn tác' })).toBeVisible();
    await desk.goto(`${server.url}/bao-cao/half?nam=2020`);
    await expect(desk.getByText('1 bản ghi bổ sung từ kỳ trước.')).toBeVisible();
    await desk.goto(`${server.url}${page2019}`);
    await expect(
      desk.getByText(`Tính lại bây giờ: ${/\d+/.exec(counted)?.[0]} bản ghi.`, { exact: false }),
    ).toBeVisible();
  });

  await test.step('Word, Excel and CSV are made on the device', async () => {
    const take = async (name: string): Promise<Buffer> => {
      const [file] = await Promise.all([
        desk.waitForEvent('download'),
        desk.getByRole('button', { name }).click(),
      ]);
      return readFileSync(await file.path());
    };
    const docx = unzipSync(await take('Tải Word'));
    const text = strFromU8(docx['word/document.xml'] ?? new Uint8Array());
    expect(text).toContain('CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM');
    expect(text).toContain('ỦY BAN NHÂN DÂN HUYỆN NGHI XUÂN');
    expect(text).toContain('Đề nghị bổ sung kinh phí cho xã./.');
    const xlsx = unzipSync(await take('Tải Excel'));
    expect(strFromU8(xlsx['xl/workbook.xml'] ?? new Uint8Array())).toContain('Biểu 01. Truyền thông');
    const csv = (await take('Tải CSV')).toString('utf8');
    expect(csv.charCodeAt(0)).toBe(0xfeff);
    expect(csv).toContain('Biểu 04. Kinh phí');
  });
});
