import { execFileSync } from 'node:child_process';
import type { Page } from '@playwright/test';
import { boardOf } from '../../src/domain/report/board.ts';
import { median, onBed, rounded } from './browser.ts';
import type { Bed } from './browser.ts';
import { fillDemo } from './fill.ts';
import { atMost } from './figure.ts';
import type { Figure } from './figure.ts';
import { provinceFacts, timeToAnswer } from './province.ts';

/** The board of the action month: how soon it stands on a phone that holds twenty thousand records, and how it grows. */

const records = 20_000;
const turns = 5;

/** Milliseconds from her tap on the first page until the figures are painted, in a page that was just opened. */
const timeToBoard = async (page: Page, url: string): Promise<number> => {
  await page.goto(url);
  await page.locator('a.campaign').waitFor();
  await page.waitForTimeout(1500);
  await page.evaluate(`(() => {
    const start = performance.now();
    new MutationObserver((_, observer) => {
      if (document.querySelector('.figure strong') === null) return;
      observer.disconnect();
      requestAnimationFrame(() => setTimeout(() => { window.there = performance.now() - start; }));
    }).observe(document, { childList: true, subtree: true });
    document.querySelector('a.campaign').click();
  })()`);
  await page.waitForFunction('window.there !== undefined', undefined, { timeout: 120_000 });
  return page.evaluate<number>('window.there');
};

const measure = async ({ url, context }: Bed): Promise<Figure[]> => {
  const page = await context.newPage();
  await page.goto(url);
  await page.getByRole('button', { name: 'Cộng tác viên xã Xuân Thành' }).click();
  await page.getByRole('link', { name: 'Ghi hoạt động' }).waitFor();
  await page.goto(`${url}/nhat-ky`);
  await page.getByText(/^20\.\d{3} bản ghi$/).waitFor({ timeout: 900_000 });
  await page.getByText('Đã gửi hết').waitFor({ timeout: 900_000 });
  await page.evaluate(() => navigator.serviceWorker.ready);
  await context.setOffline(true);
  // The block is made the first time the board is opened after the records came.
  const first = await timeToBoard(page, url);
  await page.waitForTimeout(5000);
  const again: number[] = [];
  for (let turn = 0; turn < turns; turn++) again.push(await timeToBoard(page, url));
  return [
    atMost('board', 'offline_20000', rounded(median(again), 0), 'ms, 1x CPU', 300),
    atMost('board', 'offline_20000_first', rounded(first, 0), 'ms, 1x CPU', Infinity),
  ];
};

const communes = Array.from({ length: 262 }, (_, i) => `c${i}`);

const computed = (n: number): Figure => {
  const all = provinceFacts(n);
  const asked = { year: 2019, today: '2019-12-31', area: new Set(communes), asked: communes };
  const times = Array.from({ length: turns }, () => {
    const start = performance.now();
    boardOf(all, asked);
    return performance.now() - start;
  });
  return atMost('board', `computed_${n}`, rounded(median(times), 0), 'ms, Node', Infinity);
};

export const boardBench = async (): Promise<Figure[]> => {
  execFileSync('npm', ['run', '--silent', 'build'], { stdio: ['ignore', 'ignore', 'inherit'] });
  const opened = await onBed((dataDir) => fillDemo(dataDir, '18382', records), measure);
  const [server = NaN] = await timeToAnswer(100_000, ['board?year=2019']);
  return [
    ...opened,
    atMost('board', 'server_100000', rounded(server, 0), 'ms, 1x CPU', 1000),
    ...[10_000, 100_000, 1_000_000].map(computed),
  ];
};
