import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import type { Page } from '@playwright/test';
import { browserPath } from '../support/find-browser.mjs';
import { freePort } from '../support/free-port.ts';

/** What the network log says of the road to the first word typed. */
export type FirstPath = {
  readonly untilTyped: number;
  readonly untilDurable: number;
  readonly roundsFirstVisit: number;
  readonly requestsRelaunch: number;
};

/** Notes in the page the moment at which an element first stood there. Plain text, because it runs in the page. */
const watchFor = async (page: Page, selector: string): Promise<void> => {
  await page.addInitScript(`new MutationObserver((_, observer) => {
    if (document.querySelector(${JSON.stringify(selector)}) === null) return;
    observer.disconnect();
    (window.stoodAt ??= {})[${JSON.stringify(selector)}] = performance.now();
  }).observe(document, { childList: true, subtree: true, attributes: true });`);
};

/** The addresses of the scripts that had been asked for when a watched element appeared. */
const scriptsUntil = (page: Page, selector: string): Promise<string[]> =>
  page.evaluate<string[]>(`performance.getEntriesByType('resource')
    .filter(({ name, startTime }) => startTime <= window.stoodAt[${JSON.stringify(selector)}] && new URL(name).pathname.endsWith('.js'))
    .map(({ name }) => new URL(name).pathname)`);

const brotliBytes = (paths: readonly string[]): number =>
  [...new Set(paths)].reduce((sum, path) => sum + readFileSync(join('dist/app', `${path}.br`)).length, 0);

/**
 * Opens the form as a signed-in person whose browser has nothing cached, types into it as soon as it is there, and
 * adds up the scripts that were fetched until then, dynamic imports included.
 */
export const measureFirstPath = async (): Promise<FirstPath> => {
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const dataDir = mkdtempSync(join(tmpdir(), 'binh-dang-bench-'));
  const profile = mkdtempSync(join(tmpdir(), 'binh-dang-bench-'));
  const server = spawn(process.execPath, ['dist/server/main.js'], {
    env: { PATH: process.env['PATH'] ?? '', PORT: String(port), DATA_DIR: dataDir },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: await browserPath(),
    args: ['--no-sandbox', '--disable-background-networking'],
  });
  try {
    for (let up = false; !up;)
      up = await fetch(`${url}/readyz`).then(
        (r) => r.ok,
        () => false,
      );
    const page = await context.newPage();
    await watchFor(page, 'input[name=login]');
    await page.goto(url);
    await page.getByLabel('Tên đăng nhập').waitFor();
    const html = readFileSync('dist/app/index.html', 'utf8');
    const named = (await scriptsUntil(page, 'input[name=login]')).every((path) => html.includes(path));
    const roundsFirstVisit = named ? 2 : 3;
    await page.getByRole('button', { name: 'Cộng tác viên xã Xuân Thành' }).click();
    await page.getByRole('link', { name: 'Ghi hoạt động' }).waitFor();
    await page.evaluate(() => navigator.serviceWorker.ready);

    // A new tab with no worker and no cache in between: every script of the road is asked of the network.
    const cold = await context.newPage();
    const session = await context.newCDPSession(cold);
    await session.send('Network.enable');
    await session.send('Network.setBypassServiceWorker', { bypass: true });
    await session.send('Network.setCacheDisabled', { cacheDisabled: true });
    const kept = '[data-keeping=kept]';
    await watchFor(cold, '#field-title');
    await watchFor(cold, kept);
    await cold.goto(`${url}/ghi`, { waitUntil: 'commit' });
    await cold.getByLabel('Tên hoạt động').pressSequentially('N');
    await cold.locator(kept).waitFor();
    const untilTyped = brotliBytes(await scriptsUntil(cold, '#field-title'));
    const untilDurable = brotliBytes(await scriptsUntil(cold, kept));
    await cold.close();

    await context.setOffline(true);
    const relaunched = await context.newPage();
    let missed = 0;
    relaunched.on('requestfailed', (request) => (missed += request.url().includes('/api/') ? 0 : 1));
    await relaunched.goto(`${url}/ghi`);
    await relaunched.getByLabel('Tên hoạt động').waitFor();
    return { untilTyped, untilDurable, roundsFirstVisit, requestsRelaunch: missed };
  } finally {
    await context.close();
    server.kill('SIGKILL');
    for (const dir of [dataDir, profile]) rmSync(dir, { recursive: true, force: true });
  }
};
