import { readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { clear, givePinAgain, goOn, lostOne, openSpoilt, signInAnew, unreadable } from './damage.ts';
import { expect, phoneSize, test } from './support.ts';

/** Bytes in the middle of each file that holds records; a browser that finds that throws away all of them. */
const emptyTheMiddle = (files: readonly string[]): void => {
  for (const file of files.filter((name) => /\.(log|ldb)$/.test(name))) {
    const bytes = readFileSync(file);
    const middle = Math.floor(bytes.length / 2);
    writeFileSync(file, bytes.fill(0, Math.floor(middle / 2), middle));
  }
};

/** The browser takes that for the whole, an older one, and says nothing. */
const cutTheEnd = (files: readonly string[]): void => {
  for (const file of files.filter((name) => name.endsWith('.log')))
    truncateSync(file, Math.floor(0.6 * statSync(file).size));
};

/** Without it a browser cannot open any of them, nor delete one. */
const removeTheManifest = (files: readonly string[]): void => {
  for (const file of files.filter((name) => name.includes('MANIFEST'))) rmSync(file);
};

test('a database that the disk has damaged is told of, with what had not been sent', async ({
  server,
  machine,
}) => {
  test.setTimeout(120_000);
  const page = await openSpoilt(await machine(phoneSize), server, emptyTheMiddle);
  await expect(page.getByRole('alert').filter({ hasText: lostOne })).toBeVisible();
  await signInAnew(page);
  await goOn(page, server);
});

test('a database that has lost its last part is told of, while the worker would read on with it', async ({
  server,
  machine,
}) => {
  test.setTimeout(120_000);
  const page = await openSpoilt(await machine(phoneSize), server, cutTheEnd);
  await page.goto(`${server.url}/dong-bo`);
  await expect(page.getByRole('alert').filter({ hasText: lostOne })).toBeVisible({ timeout: 30_000 });
  await givePinAgain(page);
  await goOn(page, server);
});

test('a database that the browser cannot even open is deleted when she asks for it twice', async ({
  server,
  machine,
}) => {
  test.setTimeout(120_000);
  const page = await openSpoilt(await machine(phoneSize), server, removeTheManifest);
  await expect(page.getByText(unreadable)).toBeVisible();
  await expect(page.getByText(lostOne)).toBeVisible();
  await clear(page);
  await signInAnew(page);
  await goOn(page, server);
});
