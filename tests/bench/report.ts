import { execFileSync } from 'node:child_process';
import type { Page } from '@playwright/test';
import { databaseFile } from '../../src/server/config.ts';
import { setMeta, openSqlite } from '../../src/server/sql/open.ts';
import { median, onBed, rounded } from './browser.ts';
import type { Bed } from './browser.ts';
import { fillDemo } from './fill.ts';
import { atMost } from './figure.ts';
import type { Figure } from './figure.ts';
import { timeToAnswer } from './province.ts';

/** The report of a year: how soon the server answers for a province, and a cheap phone for a district, and how both grow. */

const onPhone = 5_000;
const slowdown = 6;
const turns = 5;

/** A demo in which a district’s commune has so many approved records more. */
const fillApproved = async (dataDir: string): Promise<void> => {
  await fillDemo(dataDir, '18382', onPhone);
  const db = await openSqlite(databaseFile(dataDir));
  await db.updateTable('record').set({ state: 'approved' }).where('state', '=', 'submitted').execute();
  // What counts is made anew from the records at the next start.
  await setMeta(db, 'facts', '');
  await db.destroy();
};

/** Milliseconds from her tap until the first table is painted, in a page that was just opened. */
const timeToReport = async (page: Page, url: string): Promise<number> => {
  await page.goto(`${url}/bao-cao?nam=2019`);
  await page.getByRole('link', { name: 'Báo cáo năm 2019' }).waitFor();
  await page.waitForTimeout(2000);
  await page.evaluate(`(() => {
    const start = performance.now();
    new MutationObserver((_, observer) => {
      if (document.querySelector('.report-table tfoot') === null) return;
      observer.disconnect();
      requestAnimationFrame(() => setTimeout(() => { window.there = performance.now() - start; }));
    }).observe(document, { childList: true, subtree: true });
    document.querySelector('a[href^="/bao-cao/year"]').click();
  })()`);
  await page.waitForFunction('window.there !== undefined', undefined, { timeout: 120_000 });
  return page.evaluate<number>('window.there');
};

const measure = async ({ url, context, slow }: Bed): Promise<Figure[]> => {
  const page = await context.newPage();
  await page.goto(url);
  await page.getByRole('button', { name: 'Cán bộ huyện Nghi Xuân' }).click();
  await page.getByRole('link', { name: 'Ghi hoạt động' }).waitFor();
  await page.goto(`${url}/nhat-ky`);
  await page.getByText(/^5\.\d{3} bản ghi$/).waitFor({ timeout: 900_000 });
  await page.getByText('Đã gửi hết').waitFor({ timeout: 900_000 });
  await page.evaluate(() => navigator.serviceWorker.ready);
  await context.setOffline(true);
  // The block of what counts is made the first time.
  await page.goto(`${url}/bao-cao/year?nam=2019`);
  await page.locator('.report-table tfoot').first().waitFor({ timeout: 120_000 });
  await page.waitForTimeout(5000);
  await slow(page, slowdown);
  const times: number[] = [];
  for (let turn = 0; turn < turns; turn++) times.push(await timeToReport(page, url));
  return [atMost('report', 'phone_5000', rounded(median(times), 0), 'ms, 6x CPU', 1000)];
};

const onServer = async (records: number, target: number): Promise<Figure> => {
  const [ms = NaN] = await timeToAnswer(records, ['report?type=year&year=2019']);
  return atMost('report', `server_${records}`, rounded(ms, 0), 'ms, 1x CPU', target);
};

export const reportBench = async (): Promise<Figure[]> => {
  execFileSync('npm', ['run', '--silent', 'build'], { stdio: ['ignore', 'ignore', 'inherit'] });
  const server = [
    await onServer(10_000, Infinity),
    await onServer(100_000, 2000),
    await onServer(1_000_000, Infinity),
  ];
  return [...server, ...(await onBed(fillApproved, measure))];
};
