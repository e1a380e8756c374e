import type { Page } from '@playwright/test';
import { enterAs, expect, fillInTalk, isReady, phoneSize, sendNow, signIn, test } from './support.ts';

type About = { readonly demo: { readonly people: readonly { role: string; login: string; pin: string }[] } };

type Units = { readonly units: readonly { readonly id: string; readonly name: string }[] };

/** A colleague in Xuân Thành, whom an administrator adds: the demo has one person for each commune. */
const addColleague = async (url: string): Promise<void> => {
  const ask = async <T>(path: string, session: string, body?: unknown): Promise<T> => {
    const headers = { 'Content-Type': 'application/json', Authorization: `Bearer ${session}` };
    const post = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
    const answer = await fetch(`${url}/api/v1/${path}`, { headers, ...post });
    expect(answer.ok, await answer.clone().text()).toBe(true);
    return (await answer.json()) as T;
  };
  const { demo } = await ask<About>('about', '');
  const admin = demo.people.find(({ role }) => role === 'admin');
  const who = { login: admin?.login, pin: admin?.pin, device: 'test', writer: null };
  const { session } = await ask<{ session: string }>('sign-in', '', who);
  const { units } = await ask<Units>('admin/units', session);
  await ask('admin/people', session, {
    login: 'dongnghiep',
    name: 'Đồng nghiệp ở Xuân Thành',
    role: 'collaborator',
    unit: units.find(({ name }) => name === 'Xã Xuân Thành')?.id,
    pin: '135791',
    restricted: false,
  });
};

test('two who change one record unseen of each other both see both values, and one of them chooses', async ({
  server,
  machine,
}) => {
  test.setTimeout(180_000);
  await addColleague(server.url);
  const title = 'Nói chuyện mà hai người cùng sửa';
  const [hers, his] = [await machine(phoneSize), await machine(phoneSize)];
  const page = await hers.open();
  await signIn(page, 'Cộng tác viên xã Xuân Thành');
  await page.getByRole('link', { name: 'Ghi hoạt động' }).click();
  await fillInTalk(page, title);
  await page.getByRole('button', { name: 'Gửi duyệt' }).click();
  await expect(page.getByText('Đã lưu. Bản ghi sẽ tự gửi khi có mạng.')).toBeVisible();
  await sendNow(page, server.url);
  const other = await his.open();
  await enterAs(other, 'dongnghiep', '135791');
  await isReady(other);
  await sendNow(other, server.url);

  const change = async (on: Page, male: string): Promise<void> => {
    await on.goto(`${server.url}/nhat-ky`);
    await on.locator('.record-link', { hasText: title }).click();
    await on.getByRole('link', { name: 'Sửa', exact: true }).click();
    await on.getByLabel('Nam', { exact: true }).fill(male);
    await on.getByRole('button', { name: 'Gửi lại' }).click();
    await expect(on.getByText('Đã lưu. Bản ghi sẽ tự gửi khi có mạng.')).toBeVisible();
  };
  await hers.context().setOffline(true);
  await his.context().setOffline(true);
  await change(page, '25');
  await change(other, '30');
  await hers.context().setOffline(false);
  await sendNow(page, server.url);
  await his.context().setOffline(false);
  await sendNow(other, server.url);
  await sendNow(page, server.url);

  for (const [on, mine] of [
    [page, '25'],
    [other, '30'],
  ] as const) {
    await on.goto(server.url);
    await on.getByRole('link', { name: /Cần bạn xem \(1\)/ }).click();
    await on.locator('.record-link', { hasText: title }).first().click();
    const card = on.getByRole('region', { name: 'Hai người cùng sửa' });
    const version = card.locator('.version', { has: on.getByRole('heading', { name: 'Bản của tôi' }) });
    await expect(version.getByText(mine, { exact: true })).toBeVisible();
  }

  // She decides without a network, and it is done for both once it has been handed in.
  await hers.context().setOffline(true);
  await page.getByRole('button', { name: 'Giữ bản của tôi' }).click();
  await expect(page.getByRole('region', { name: 'Hai người cùng sửa' })).toHaveCount(0);
  await hers.context().setOffline(false);
  await sendNow(page, server.url);
  await sendNow(other, server.url);
  await other.goto(`${server.url}/nhat-ky`);
  await other.locator('.record-link', { hasText: title }).click();
  await expect(other.locator('[data-fact=participants_male]')).toContainText('25');
  await expect(other.getByRole('region', { name: 'Hai người cùng sửa' })).toHaveCount(0);

  // What she has read since he began to type he has not seen: his form is still that of before.
  await other.getByRole('link', { name: 'Sửa', exact: true }).click();
  await other.getByLabel('Nam', { exact: true }).fill('40');
  await expect(other.locator('[data-keeping=kept]')).toBeVisible();
  await change(page, '35');
  await sendNow(page, server.url);
  await sendNow(other, server.url);
  await other.goto(`${server.url}/nhat-ky`);
  await other.locator('.record-link', { hasText: title }).click();
  await other.getByRole('link', { name: 'Sửa', exact: true }).click();
  await expect(other.getByLabel('Nam', { exact: true })).toHaveValue('40');
  await other.getByRole('button', { name: 'Gửi lại' }).click();
  await expect(other.getByText('Đã lưu. Bản ghi sẽ tự gửi khi có mạng.')).toBeVisible();
  await sendNow(other, server.url);
  await other.goto(server.url);
  await expect(other.getByRole('link', { name: /Cần bạn xem \(1\)/ })).toBeVisible();
});
