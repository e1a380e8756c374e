import { execFileSync } from 'node:child_process';
import type { Page } from '@playwright/test';
import { boardOf } from '../../src/domain/report/board.ts';
import type { Fact } from '../../src/domain/report/fact.ts';
import { median, onBed, rounded } from './browser.ts';
import type { Bed } from './browser.ts';
import { fillDemo } from './fill.ts';
import { atMost } from './figure.ts';
import type { Figure } from './figure.ts';

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

/** Facts of a province's communes, spread over two years. */
const facts = (n: number): Fact[] =>
  Array.from({ length: n }, (_, i) => {
    const year = 2018 + (i % 2);
    const day = `${year}-${String(1 + (i % 12)).padStart(2, '0')}-${String(1 + (i % 28)).padStart(2, '0')}`;
    return {
      id: String(i),
      kind: i % 10 === 0 ? 'training' : 'activity',
      unit: communes[i % communes.length] ?? '',
      state: i % 5 === 0 ? 'submitted' : 'approved',
      from: day,
      to: day,
      campaign: i % 12 >= 10 ? year : null,
      received: `${day}T08:00:00Z`,
      of: null,
      plan: null,
      issuedIn: null,
      figures: {
        form: 'noi_chuyen_chuyen_de',
        participants_total: 50,
        participants_male: 20,
        participants_female: 30,
        funding: [{ source: 'ns_xa', amount_vnd: 100_000 }],
      },
    };
  });

const computed = (n: number): Figure => {
  const all = facts(n);
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
  return [...opened, ...[10_000, 100_000, 1_000_000].map(computed)];
};
