import { expect, phoneSize, sendNow, signIn, test } from './support.ts';

test('a phone that is woken shows that there is something to look at, and nothing of what it is', async ({
  server,
  machine,
}) => {
  const phone = await machine(phoneSize);
  const page = await phone.open();
  await signIn(page, 'Cộng tác viên xã Xuân Thành');
  await sendNow(page, server.url);
  await phone.context().grantPermissions(['notifications'], { origin: server.url });
  await page.goto(`${server.url}/cai-dat`);
  await page.getByLabel('Nhắc bằng thông báo').click();
  // This browser reaches no push service; the words for the worker are there all the same.
  await expect(page.getByLabel('Nhắc bằng thông báo')).toBeDisabled();
  await page.waitForTimeout(1000);

  const devtools = await phone.context().newCDPSession(page);
  const registration = new Promise<string>((resolve) =>
    devtools.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const [first] = registrations;
      if (first !== undefined) resolve(first.registrationId);
    }),
  );
  await devtools.send('ServiceWorker.enable');
  await devtools.send('ServiceWorker.deliverPushMessage', {
    origin: server.url,
    registrationId: await registration,
    data: '',
  });
  const shown = (): Promise<{ title: string; body: string }[]> =>
    page.evaluate(async () => {
      const showing = await (await navigator.serviceWorker.ready).getNotifications();
      return showing.map(({ title, body }) => ({ title, body }));
    });
  await expect.poll(shown).toEqual([{ title: 'Bình Đẳng', body: 'Có việc cần xem. Bấm để mở.' }]);
});
