import Database from 'libsql';
import { join } from 'node:path';
import { addSecondOfficer, fillServer } from './fill-server.ts';
import { enterAs, expect, isReady, laptopSize, phoneSize, sendNow, signIn, test } from './support.ts';

const returned = 20;

test('an officer clears two hundred records of twenty communes by keyboard, without a network, in one go', async ({
  server,
  machine,
}) => {
  test.setTimeout(240_000);
  server.kill();
  const filled = await fillServer(server.dataDir, { district: '442', communes: 20, each: 10 });
  await server.start();
  const laptop = await machine(laptopSize);
  const page = await laptop.open();
  await signIn(page, 'Cán bộ huyện Nghi Xuân');
  await sendNow(page, server.url);
  await page.goto(`${server.url}/cho-duyet`);
  const links = page.locator('.desk-list .record-link');
  await expect(page.getByText(/Chọn tất cả \(\d{3}\)/)).toBeVisible();
  const all = await links.count();
  expect(all).toBeGreaterThanOrEqual(200);
  await laptop.context().setOffline(true);
  server.kill();

  // The first twenty go back, each with its reason; the next one comes up by itself.
  await page.keyboard.press('j');
  for (let i = 1; i <= returned; i++) {
    await page.locator('.decision').waitFor();
    await page.keyboard.press('t');
    await page.keyboard.type(`Xem lại số liệu ${i}`);
    await page.keyboard.press('Control+Enter');
    await expect(links).toHaveCount(all - i);
  }
  await page.keyboard.press('a');
  await expect(page.getByRole('button', { name: `Duyệt ${all - returned} bản ghi` })).toBeVisible();
  await page.keyboard.press('g');
  await expect(page.getByRole('alertdialog')).toContainText(`${all - returned} bản ghi của`);
  await expect(page.getByRole('button', { name: `Duyệt ${all - returned} bản ghi` })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByText('Không có bản ghi nào chờ duyệt')).toBeVisible();
  await page.goto(`${server.url}/dong-bo`);
  await expect(page.getByText(`Còn ${all} mục chưa gửi`)).toBeVisible();

  await server.start();
  await laptop.context().setOffline(false);
  await sendNow(page, server.url);
  const db = new Database(join(server.dataDir, 'binh-dang.sqlite'));
  const states = db
    .prepare(
      `select state, count(*) as n from record where id in (select value from json_each(?)) group by state`,
    )
    .all(JSON.stringify(filled)) as { state: string; n: number }[];
  db.close();
  const of = (state: string): number => states.find((row) => row.state === state)?.n ?? 0;
  expect(of('approved') + of('returned')).toBe(filled.length);
  expect(of('submitted')).toBe(0);

  const phone = await (await machine(phoneSize)).open();
  await enterAs(phone, 'ctv.90001', '246810');
  await isReady(phone);
  await phone.goto(`${server.url}/nhat-ky`);
  await phone.getByRole('button', { name: 'Đã duyệt' }).click();
  await expect(phone.locator('.record-link').first()).toBeVisible();
  await phone.getByRole('button', { name: 'Chờ duyệt' }).click();
  await expect(phone.getByText('Không tìm thấy', { exact: false })).toBeVisible();
});

test('a decision is taken back while it is on the phone, and the record waits again', async ({
  server,
  machine,
}) => {
  const phone = await machine(phoneSize);
  const page = await phone.open();
  await signIn(page, 'Cán bộ huyện Nghi Xuân');
  await sendNow(page, server.url);
  await page.goto(`${server.url}/cho-duyet`);
  const links = page.locator('.desk-list .record-link');
  await expect(links.first()).toBeVisible();
  const before = await links.count();
  await links.first().click();
  const title = await page.locator('.desk-record h1').textContent();
  await page.getByRole('button', { name: 'Duyệt', exact: true }).click();
  await expect(page.getByText('Đã duyệt', { exact: false }).first()).toBeVisible();
  await page.getByRole('button', { name: 'Hoàn tác' }).click();
  await expect(page.getByText('Đã hoàn tác')).toBeVisible();
  await page.goto(`${server.url}/cho-duyet`);
  await expect(links).toHaveCount(before);
  await expect(links.filter({ hasText: title ?? '' }).first()).toBeVisible();
});

test('two officers decide the same record at once: one decision stands, and both see it and the other in the history', async ({
  server,
  machine,
}) => {
  test.setTimeout(120_000);
  server.kill();
  await addSecondOfficer(server.dataDir, '442');
  await server.start();
  const [first, second] = [await machine(laptopSize), await machine(phoneSize)];
  const desk = await first.open();
  await signIn(desk, 'Cán bộ huyện Nghi Xuân');
  const phone = await second.open();
  await enterAs(phone, 'can.bo.2', '246810');
  for (const page of [desk, phone]) await sendNow(page, server.url);
  await desk.goto(`${server.url}/cho-duyet`);
  await desk.locator('.desk-list .record-link').first().click();
  await desk.locator('.decision').waitFor();
  const address = desk.url();
  const record = address.replace('/cho-duyet/', '/nhat-ky/');
  await phone.goto(address);
  await phone.locator('.decision').waitFor();
  for (const machine of [first, second]) await machine.context().setOffline(true);

  await desk.getByRole('button', { name: 'Duyệt', exact: true }).click();
  await phone.getByRole('button', { name: 'Trả lại', exact: true }).click();
  await phone.getByLabel('Lý do trả lại').fill('Xem lại số người');
  await phone.getByRole('button', { name: 'Gửi trả lại' }).click();
  await expect(phone.getByText('Đã trả lại', { exact: false }).first()).toBeVisible();

  for (const machine of [first, second]) await machine.context().setOffline(false);
  // The later of the two to arrive is the phone's.
  for (const page of [desk, phone, desk]) await sendNow(page, server.url);
  await expect(phone.getByText('Người khác đã duyệt hoặc trả lại trước.', { exact: false })).toBeVisible();
  for (const page of [desk, phone]) {
    await page.goto(record);
    await expect(page.locator('.record-head').getByText('Đã duyệt')).toBeVisible();
    await page.getByText('Lịch sử thay đổi').click();
    await expect(page.locator('.events .lost')).toContainText('Trả lại');
    await expect(page.locator('.events .lost')).toContainText('Xem lại số người');
  }
});
