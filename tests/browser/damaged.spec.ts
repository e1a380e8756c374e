import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { clear, databaseFiles, goOn, lostOne, signInAnew, unreadable, writeOffline } from './damage.ts';
import { expect, phoneSize, test } from './support.ts';

test('a database that the disk has damaged is told of, with what had not been sent', async ({
  server,
  machine,
}) => {
  test.setTimeout(120_000);
  const phone = await machine(phoneSize);
  await writeOffline(phone, server);
  // Bytes in the middle of each file that holds records; a browser that finds that throws away all of them.
  for (const file of databaseFiles(phone).filter((name) => /\.(log|ldb)$/.test(name))) {
    const bytes = readFileSync(file);
    const middle = Math.floor(bytes.length / 2);
    writeFileSync(file, bytes.fill(0, Math.floor(middle / 2), middle));
  }
  const page = await phone.open();
  await expect(page.getByRole('alert').filter({ hasText: lostOne })).toBeVisible();
  await signInAnew(page);
  await goOn(page, server);
});

test('a database that the browser cannot even open is deleted when she asks for it twice', async ({
  server,
  machine,
}) => {
  test.setTimeout(120_000);
  const phone = await machine(phoneSize);
  await writeOffline(phone, server);
  for (const file of databaseFiles(phone)) if (basename(file).startsWith('MANIFEST')) rmSync(file);
  const page = await phone.open();
  await expect(page.getByText(unreadable)).toBeVisible();
  await expect(page.getByText(lostOne)).toBeVisible();
  await clear(page);
  await signInAnew(page);
  await goOn(page, server);
});
