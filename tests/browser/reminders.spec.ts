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
  // The words for the worker are on the phone before the server is asked for its key.
  const asked = page.waitForResponse(/\/api\/v1\/push$/);
  await page.getByLabel('Nhắc bằng thông báo').click();
  // This browser reaches no push service; the words for the worker are there all the same.
  await expect(page.getByLabel('Nhắc bằng thông báo')).toBeDisabled();
  await asked;

  const devtools = await phone.context().newCDPSession(page);
  const registration = new Promise<string>((resolve) =>
    devtools.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const [first] = registrations;
      if (first !== undefined) resolve(first.registrationId);
    }),
  );
  await devtools.send('ServiceWorker.enable');
  const registrationId = await registration;
  // A browser that is busy loses one; the same notification twice is one.
  const shown = async (): Promise<{ title: string; body: string }[]> => {
    await devtools.send('ServiceWorker.deliverPushMessage', { origin: server.url, registrationId, data: '' });
    return page.evaluate(async () => {
      const showing = await (await navigator.serviceWorker.ready).getNotifications();
      return showing.map(({ title, body }) => ({ title, body }));
    });
  };
  await expect.poll(shown).toEqual([{ title: 'Bình Đẳng', body: 'Có việc cần xem. Bấm để mở.' }]);
});
