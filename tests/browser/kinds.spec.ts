import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import Database from 'libsql';
import type { Page } from '@playwright/test';
import { countOnServer, expect, laptopSize, phoneSize, signIn, test } from './support.ts';

/** Noise as a camera's sensor makes it, with a place in its EXIF. */
const picture = async (width: number, height: number, quality: number): Promise<Buffer> =>
  sharp({
    create: {
      width,
      height,
      channels: 3,
      background: '#777',
      noise: { type: 'gaussian', mean: 120, sigma: 30 },
    },
  })
    .jpeg({ quality })
    .withExif({ IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '18/1 20/1 0/1' }, IFD0: { Make: 'Máy ảnh thử' } })
    .toBuffer();

/** The photos of a server, as they lie on its disk. */
const photosOnServer = (dataDir: string): Buffer[] => {
  const dir = join(dataDir, 'photos');
  if (!existsSync(dir)) return [];
  return readdirSync(dir)
    .filter((name) => name.endsWith('.jpg'))
    .map((name) => readFileSync(join(dir, name)));
};

const kindsOnServer = (dataDir: string, since: number): Record<string, number> => {
  const db = new Database(join(dataDir, 'binh-dang.sqlite'));
  const rows = db
    .prepare(`select kind, count(*) as n from record where rowid > ? group by kind`)
    .all(since) as { kind: string; n: number }[];
  db.close();
  return Object.fromEntries(rows.map(({ kind, n }) => [kind, n]));
};
const lastRow = (dataDir: string): number => {
  const db = new Database(join(dataDir, 'binh-dang.sqlite'));
  const { n } = db.prepare(`select max(rowid) as n from record`).get() as { n: number };
  db.close();
  return n;
};

const saved = (page: Page) => expect(page.getByText('Đã lưu. Bản ghi sẽ tự gửi khi có mạng.')).toBeVisible();
const escaped = (text: string): string => text.replace(/[()[\]{}.*+?^$|\\]/g, '\\$&');

/** A control by its label, which may say that it is not required. */
const field = (page: Page, label: string) =>
  page.getByLabel(new RegExp(`^${escaped(label)}( \\(không bắt buộc\\))?$`));

const names = Array.from({ length: 40 }, (_, i) => `${i + 1}. Học viên ${i < 25 ? 'Thị' : 'Văn'} Số${i + 1}`);

test('by touch and without a network: a class with a roster of 40 and three photos, a model and its figures', async ({
  server,
  machine,
}) => {
  test.setTimeout(240_000);
  const phone = await machine(phoneSize);
  const page = await phone.open();
  await signIn(page, 'Cộng tác viên xã Xuân Thành');
  await expect(page.getByText('Đã gửi hết')).toBeVisible();
  const before = lastRow(server.dataDir);
  await phone.context().setOffline(true);

  await test.step('the class', async () => {
    await page.getByRole('link', { name: 'Lớp tập huấn' }).tap();
    await field(page, 'Tên lớp tập huấn').fill('Tập huấn cộng tác viên thôn');
    await page.getByRole('button', { name: 'Phòng, chống bạo lực gia đình' }).tap();
    await field(page, 'Đơn vị tổ chức').selectOption('ubnd_xa');
    await page.getByRole('radio', { name: 'Xã', exact: true }).tap();
    await page.getByRole('radio', { name: 'Cả lớp' }).tap();
    await field(page, 'Số giảng viên').fill('2');
    await field(page, 'Ngày khai giảng').fill('10/12/2019');
    await field(page, 'Ngày kết thúc').fill('11/12/2019');
    await field(page, 'Địa điểm').fill('Hội trường UBND xã');
    await field(page, 'Ngày học 1').fill('10/12/2019');
    await field(page, 'Buổi 1').selectOption('sang');
    await page.getByRole('button', { name: 'Thêm buổi học' }).tap();
    await field(page, 'Ngày học 2').fill('11/12/2019');
    await field(page, 'Buổi 2').selectOption('sang');
    await page.getByText('Ghi danh sách', { exact: true }).tap();
    await page.getByText('Dán danh sách tên').tap();
    await page.getByRole('textbox', { name: 'Dán danh sách tên' }).fill(names.join('\n'));
    await page.getByRole('button', { name: 'Thêm 40 người' }).tap();
    await expect(page.getByText('40 người, 25 nữ')).toBeVisible();
    await field(page, 'Đối tượng của những người chưa chọn').selectOption('cong_tac_vien_xa');
    await page.getByRole('button', { name: 'Đánh dấu cả buổi 1' }).tap();
    await page.getByRole('button', { name: 'Đánh dấu cả buổi 2' }).tap();
    await page.getByLabel('Học viên Văn Số40 có mặt, buổi 2').tap();
    await expect(page.locator('[data-present="1"]')).toHaveText('39/40');
  });

  await test.step('the counts from the roster, three photos, and the rest', async () => {
    await page.getByRole('button', { name: 'Điền số đếm từ danh sách' }).tap();
    await expect(field(page, 'Nam')).toHaveValue('15');
    await expect(field(page, 'Nữ')).toHaveValue('25');
    await expect(field(page, 'Số người 1')).toHaveValue('40');
    await expect(field(page, 'Có mặt 2')).toHaveValue('39');
    await field(page, 'Nguồn kinh phí 1').selectOption('khong_kinh_phi');
    await page.getByRole('button', { name: /^II\.2\.b\.1 / }).tap();
    const files = await Promise.all([picture(4800, 3600, 96), picture(900, 1600, 80), picture(640, 480, 80)]);
    expect(files[0]?.byteLength).toBeGreaterThan(12_000_000);
    await page
      .locator('input[type=file][multiple]')
      .setInputFiles(files.map((buffer, i) => ({ name: `${i}.jpg`, mimeType: 'image/jpeg', buffer })));
    await expect(page.getByRole('img', { name: 'Ảnh minh chứng 3' })).toBeVisible({ timeout: 60_000 });
    await page.getByRole('button', { name: 'Gửi duyệt' }).tap();
    await expect(page.locator('[data-code=E_PHOTO_CONSENT]')).toBeVisible();
    for (const box of await page.getByRole('checkbox', { name: /Người trong ảnh đã đồng ý/ }).all())
      await box.tap();
    await page.getByRole('button', { name: 'Gửi duyệt' }).tap();
    await saved(page);
    await expect(page.getByText('Ảnh chờ gửi').first()).toBeVisible();
    await expect(page.getByRole('cell', { name: 'Học viên Thị Số1', exact: true })).toBeVisible();
  });

  await test.step('the model; a phone number in its note stops it until it is gone', async () => {
    await page.goto(`${server.url}/ghi?loai=model`);
    await expect(page.getByText('Cần hỗ trợ khẩn cấp: gọi 113, 111 (trẻ em).')).toBeVisible();
    await field(page, 'Loại mô hình').selectOption('dia_chi_tin_cay');
    await field(page, 'Tên mô hình').fill('Địa chỉ tin cậy tại Trạm Y tế xã');
    await field(page, 'Đơn vị quản lý').selectOption('tram_y_te');
    await field(page, 'Số quyết định thành lập').fill('12/QĐ-UBND');
    await field(page, 'Ngày quyết định').fill('05/03/2019');
    await field(page, 'Cơ quan ra quyết định').fill('UBND xã');
    await field(page, 'Ngày ra mắt').fill('10/03/2019');
    await page.getByRole('group', { name: 'Có quy chế hoạt động' }).getByText('Có', { exact: true }).tap();
    await field(page, 'Ban chủ nhiệm, quản lý').fill('3');
    await field(page, 'Trong đó: nữ trong ban chủ nhiệm').fill('2');
    await field(page, 'Thành viên nam').fill('2');
    await field(page, 'Thành viên nữ').fill('5');
    await expect(page.getByText('2 + 5 = 7')).toBeVisible();
    await field(page, 'Kỳ sinh hoạt').selectOption('thuong_truc');
    await page.getByRole('button', { name: /^III\.10\.a / }).tap();
    await field(page, 'Ghi chú').fill('Gọi chị Hoa 0912345678');
    await page.getByRole('button', { name: 'Gửi duyệt' }).tap();
    await expect(page.locator('[data-field=note] [data-code=E_PII_SUSPECT]')).toBeVisible();
    await field(page, 'Ghi chú').fill('');
    await page.getByRole('button', { name: 'Gửi duyệt' }).tap();
    await saved(page);
  });

  await test.step('its figures, with the support given, from the card', async () => {
    await page.getByRole('link', { name: 'Nhập số liệu kỳ mới' }).tap();
    await field(page, 'Từ ngày').fill('15/6/2019');
    await page.getByRole('button', { name: '14/11/2019' }).tap();
    await field(page, 'Số buổi sinh hoạt').fill('4');
    await field(page, 'Lượt người dự').fill('40');
    await field(page, 'Trong đó: lượt nữ dự').fill('30');
    await field(page, 'Số người được hỗ trợ (không trùng)').fill('0');
    await field(page, 'Lượt tạm lánh').fill('1');
    await page.getByRole('button', { name: 'Gửi duyệt' }).tap();
    await expect(
      page.locator('[data-field=persons_supported] [data-code=E_SUPPORT_NO_PERSON]'),
    ).toBeVisible();
    await field(page, 'Số người được hỗ trợ (không trùng)').fill('1');
    await page.getByRole('button', { name: 'Gửi duyệt' }).tap();
    await saved(page);
    await expect(page.getByText('4 buổi sinh hoạt · 1 người được hỗ trợ')).toBeVisible();
  });

  await test.step('all of it is found on the server, the photos small and without a place', async () => {
    expect(kindsOnServer(server.dataDir, before)).toEqual({});
    await phone.context().setOffline(false);
    await page.goto(`${server.url}/dong-bo`);
    await page.getByRole('button', { name: 'Gửi ngay' }).tap();
    await expect.poll(() => photosOnServer(server.dataDir).length, { timeout: 60_000 }).toBe(3);
    expect(kindsOnServer(server.dataDir, before)).toEqual({
      training: 1,
      roster: 1,
      model: 1,
      model_period: 1,
      model_support: 1,
    });
    for (const photo of photosOnServer(server.dataDir)) {
      const { exif, width, height } = await sharp(photo).metadata();
      expect(exif).toBeUndefined();
      expect(photo.byteLength).toBeLessThanOrEqual(300_000);
      expect(Math.max(width, height)).toBeLessThanOrEqual(1600);
    }
    await page.goto(`${server.url}/nhat-ky?loai=training`);
    await page.getByRole('searchbox').fill('tap huan cong tac vien thon');
    await page.getByRole('link', { name: /Tập huấn cộng tác viên thôn/ }).tap();
    await expect(page.getByText(/TH-18382-2019-/)).toBeVisible();
    await expect(page.getByText('Ảnh đã nhận').first()).toBeVisible();
  });
});

test('by keyboard alone and without a network: a class, a model and its figures', async ({
  server,
  machine,
}) => {
  test.setTimeout(240_000);
  const laptop = await machine(laptopSize);
  const page = await laptop.open();
  await signIn(page, 'Cộng tác viên xã Xuân Thành');
  await expect(page.getByText('Đã gửi hết')).toBeVisible();
  const before = lastRow(server.dataDir);
  await page.goto(`${server.url}/ghi?loai=training`);
  await laptop.context().setOffline(true);
  const { keyboard } = page;
  /** Tabs on until the control with this label has the focus. */
  const reach = async (label: string): Promise<void> => {
    for (let tabs = 0; tabs < 150; tabs++) {
      await keyboard.press('Tab');
      const here = await page.evaluate<string>(
        `(document.activeElement.getAttribute('aria-label') ?? document.activeElement.labels?.[0]?.textContent ?? document.activeElement.textContent).trim()`,
      );
      if (here === label || (here.startsWith(label) && here.startsWith(`${label} `))) return;
    }
    throw new Error(`${label} was not reached`);
  };
  const write = async (label: string, text: string): Promise<void> => {
    await reach(label);
    await keyboard.type(text);
  };
  const choose = async (label: string, code: string): Promise<void> => {
    await reach(label);
    for (let steps = 0; steps < 40; steps++) {
      if ((await page.evaluate<string>('document.activeElement.value')) === code) return;
      await keyboard.press('ArrowDown');
    }
    throw new Error(`${code} is not in the list of ${label}`);
  };
  const press = async (label: string): Promise<void> => {
    await reach(label);
    await keyboard.press('Space');
  };

  await test.step('the class', async () => {
    await field(page, 'Tên lớp tập huấn').focus();
    await keyboard.type('Tập huấn bằng bàn phím');
    await press('Phòng, chống bạo lực gia đình');
    await choose('Đơn vị tổ chức', 'hoi_lhpn');
    await press('Xã');
    await press('Cả lớp');
    await write('Số giảng viên', '1');
    await write('Ngày khai giảng', '2/12/2019');
    await reach('Kết thúc cùng ngày');
    await keyboard.press('Enter');
    await write('Địa điểm', 'Nhà văn hóa xã');
    await write('Nam', '10');
    await write('Nữ', '20');
    await choose('Đối tượng 1', 'cong_tac_vien_xa');
    await write('Số người 1', '30');
    await write('Số nữ 1', '20');
    await write('Ngày học 1', '2/12/2019');
    await choose('Buổi 1', 'sang');
    await write('Có mặt 1', '30');
    await write('Nữ có mặt 1', '20');
    await choose('Nguồn kinh phí 1', 'khong_kinh_phi');
    await press('II.2.b.1');
    await reach('Gửi duyệt');
    await keyboard.press('Enter');
    await saved(page);
  });

  await test.step('the model and its figures', async () => {
    await page.goto(`${server.url}/ghi?loai=model`);
    await field(page, 'Loại mô hình').focus();
    for (let steps = 0; steps < 5; steps++) await keyboard.press('ArrowDown');
    await expect(field(page, 'Loại mô hình')).toHaveValue('to_phong_chong');
    await write('Tên mô hình', 'Tổ phòng, chống bạo lực xã');
    await choose('Đơn vị quản lý', 'ubnd_xa');
    await write('Số quyết định thành lập', '7/QĐ-UBND');
    await write('Ngày quyết định', '1/2/2018');
    await write('Cơ quan ra quyết định', 'UBND xã');
    await write('Ngày ra mắt', '1/3/2018');
    await press('Có');
    await write('Ban chủ nhiệm, quản lý', '3');
    await write('Trong đó: nữ trong ban chủ nhiệm', '1');
    await write('Thành viên nam', '6');
    await write('Thành viên nữ', '6');
    await choose('Kỳ sinh hoạt', 'hang_quy');
    await press('III.10.a');
    await reach('Gửi duyệt');
    await keyboard.press('Enter');
    await saved(page);
    await reach('Nhập số liệu kỳ mới');
    await keyboard.press('Enter');
    // The first figures begin with the model unless she says otherwise.
    await expect(field(page, 'Từ ngày')).toHaveValue('01/03/2018');
    await field(page, 'Từ ngày').focus();
    await keyboard.press('Control+A');
    await keyboard.type('1/6/2019');
    await write('Đến ngày', '30/11/2019');
    await write('Số buổi sinh hoạt', '2');
    await write('Lượt người dự', '20');
    await write('Trong đó: lượt nữ dự', '11');
    await write('Số người được hỗ trợ (không trùng)', '0');
    await reach('Gửi duyệt');
    await keyboard.press('Enter');
    await expect(page.getByText('2 buổi sinh hoạt · 0 người được hỗ trợ')).toBeVisible();
  });

  await laptop.context().setOffline(false);
  await expect
    .poll(() => kindsOnServer(server.dataDir, before), { timeout: 60_000 })
    .toEqual({ training: 1, model: 1, model_period: 1, model_support: 1 });
});

test('a usual broadcast takes six taps and two numbers from the home screen, also for several days in one go', async ({
  server,
  machine,
}) => {
  test.setTimeout(120_000);
  const phone = await machine(phoneSize);
  const page = await phone.open();
  await signIn(page, 'Cộng tác viên xã Xuân Thành');
  await expect(page.getByText('Đã gửi hết')).toBeVisible();
  const title = 'Chuyên mục bình đẳng giới hằng tuần';
  const first = async (day: string): Promise<void> => {
    await page.goto(`${server.url}/ghi`);
    await field(page, 'Hình thức').selectOption('loa_truyen_thanh');
    await field(page, 'Tên hoạt động').fill(title);
    await page.getByRole('button', { name: 'Phòng, chống bạo lực gia đình' }).tap();
    await page.getByRole('button', { name: 'Nhân dân nói chung' }).tap();
    await field(page, 'Ngày bắt đầu').fill(day);
    await page.getByRole('button', { name: 'Kết thúc cùng ngày' }).tap();
    await field(page, 'Số lượt phát').fill('2');
    await field(page, 'Số chuyên mục').fill('1');
    await field(page, 'Tổng thời lượng (phút)').fill('20');
    await field(page, 'Đơn vị chủ trì').selectOption('ubnd_xa');
    await field(page, 'Nguồn kinh phí 1').selectOption('khong_kinh_phi');
    await page.getByRole('button', { name: /^II\.1\.a\.3 / }).tap();
    await page.getByRole('button', { name: 'Gửi duyệt' }).tap();
    await saved(page);
  };
  // Entered a few times by hand: by then it is usual.
  for (const day of ['26/12/2019', '27/12/2019', '28/12/2019', '29/12/2019', '30/12/2019', '25/12/2019'])
    await first(day);

  await page.goto(server.url);
  let taps = 0;
  const tap = async (target: ReturnType<typeof field>): Promise<void> => {
    taps += 1;
    await target.tap();
  };
  await tap(page.locator('.again', { hasText: title }));
  await tap(field(page, 'Số lượt phát'));
  await page.keyboard.type('3');
  await tap(field(page, 'Tổng thời lượng (phút)'));
  await page.keyboard.type('30');
  await tap(page.getByRole('button', { name: 'Gửi duyệt' }));
  await saved(page);
  expect(taps).toBeLessThanOrEqual(6);
  await expect(page.getByText('31/12/2019').first()).toBeVisible();

  await test.step('and a duplicate for three days at once makes three records', async () => {
    await page.getByRole('link', { name: 'Nhân bản' }).tap();
    await field(page, 'Ngày bắt đầu').fill('20/12/2019');
    await page.getByRole('button', { name: 'Kết thúc cùng ngày' }).tap();
    await page.getByRole('button', { name: 'Ngày sau: 21/12/2019' }).tap();
    await page.getByRole('button', { name: 'Ngày sau: 22/12/2019' }).tap();
    await field(page, 'Số lượt phát').fill('1');
    await field(page, 'Tổng thời lượng (phút)').fill('10');
    await page.getByRole('button', { name: 'Gửi duyệt' }).tap();
    await expect(page.getByText('Đã lưu 3 bản ghi. Các bản ghi sẽ tự gửi khi có mạng.')).toBeVisible();
  });
  await expect.poll(() => countOnServer(server.dataDir, title), { timeout: 30_000 }).toBe(10);
});

test('what is wrong with a class or a model is said beside its field or line', async ({
  server,
  machine,
}) => {
  test.setTimeout(180_000);
  const page = await (await machine(phoneSize)).open();
  await signIn(page, 'Cộng tác viên xã Xuân Thành');
  await expect(page.getByText('Đã gửi hết')).toBeVisible();
  const submit = () => page.getByRole('button', { name: 'Gửi duyệt' }).click();
  const message = (name: string, code: string) => page.locator(`[data-field=${name}] [data-code=${code}]`);
  await page.goto(`${server.url}/ghi?loai=training`);
  await field(page, 'Tên lớp tập huấn').fill('Lớp có nhiều chỗ sai');
  await field(page, 'Ngày khai giảng').fill('2/12/2019');
  await field(page, 'Ngày kết thúc').fill('2/12/2019');
  await field(page, 'Nam').fill('10');
  await field(page, 'Nữ').fill('20');
  await field(page, 'Đối tượng 1').selectOption('giao_vien');
  await field(page, 'Số người 1').fill('29');
  await field(page, 'Số nữ 1').fill('20');
  await field(page, 'Ngày học 1').fill('3/12/2019');
  await field(page, 'Buổi 1').selectOption('sang');
  await field(page, 'Có mặt 1').fill('31');
  await field(page, 'Nữ có mặt 1').fill('20');
  const more = page.getByRole('button', { name: 'Thêm chi tiết' });
  while ((await more.count()) > 0) await more.first().click();
  await field(page, 'Số giấy chứng nhận').fill('31');
  await field(page, 'Số người được triệu tập').fill('25');
  await field(page, 'Số giờ học').fill('nhiều');
  await submit();
  await expect(message('by_category', 'E_CATEGORY_SUM')).toBeVisible();
  const line = page.locator('[data-field=sessions] [data-row="0"]');
  await expect(line.locator('[data-code=E_SESSION_DATE]')).toBeVisible();
  await expect(line.locator('[data-code=E_SESSION_COUNT]')).toBeVisible();
  await expect(message('certificates_total', 'E_CERT_GT_TOTAL')).toBeVisible();
  await expect(message('invited_total', 'W_MORE_THAN_INVITED')).toBeVisible();
  await expect(message('hours', 'E_NUMBER_RANGE')).toBeVisible();
  await expect(field(page, 'Số giờ học')).toHaveValue('nhiều');

  await page.goto(`${server.url}/ghi?loai=model`);
  await field(page, 'Địa điểm công khai').fill('Số 12, ngõ 3, tổ dân phố 5');
  await field(page, 'Loại mô hình').selectOption('nha_tam_lanh');
  await field(page, 'Tên mô hình').fill('Nhà tạm lánh thôn Đông Hà');
  await field(page, 'Ban chủ nhiệm, quản lý').fill('9');
  await field(page, 'Trong đó: nữ trong ban chủ nhiệm').fill('1');
  await field(page, 'Thành viên nam').fill('2');
  await field(page, 'Thành viên nữ').fill('2');
  await submit();
  await expect(message('public_location', 'E_SHELTER_LOCATION')).toBeVisible();
  await expect(message('model_name', 'E_SHELTER_NAME')).toBeVisible();
  await expect(message('board_total', 'E_BOARD_GT_MEMBERS')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Chụp ảnh' })).toHaveCount(0);
  await field(page, 'Địa điểm công khai').fill('');
  await expect(field(page, 'Địa điểm công khai')).toHaveCount(0);

  await page.goto(`${server.url}/nhat-ky?loai=model`);
  await page.locator('.record-link').first().click();
  await page.getByRole('link', { name: 'Nhập số liệu kỳ mới' }).click();
  await field(page, 'Từ ngày').fill('1/6/2019');
  await field(page, 'Đến ngày').fill('20/6/2019');
  await submit();
  await expect(message('to', 'E_PERIOD_SHORT')).toBeVisible();
  await expect(message('from', 'E_PERIOD_OVERLAP')).toBeVisible();
});
