import { execFileSync } from 'node:child_process';
import type { Page } from '@playwright/test';
import { median, onBed, quantile, rounded, servePage } from './browser.ts';
import type { Bed } from './browser.ts';
import { fillDemo } from './fill.ts';
import { atMost } from './figure.ts';
import type { Figure } from './figure.ts';

/** Ten thousand records on a cheap phone: how soon the list is there, follows a keystroke, scrolls, and what it holds. */

const records = 10_000;
const slowdown = 6;
const turns = 7;
/** Longer than anything here takes to open. */
const patienceMs = 6000;

/** It takes minutes; who waits is told where it is. */
const say = (what: string): void => console.error(what);

/** Milliseconds from asking for an address until an element stands on the page. */
const timeTo = async ({ context, slow }: Bed, address: string, selector: string): Promise<number> => {
  const page = await context.newPage();
  await slow(page, slowdown);
  await page.addInitScript(`new MutationObserver((_, observer) => {
    if (document.querySelector(${JSON.stringify(selector)}) === null) return;
    observer.disconnect();
    requestAnimationFrame(() => setTimeout(() => { window.there ??= performance.now(); }));
  }).observe(document, { childList: true, subtree: true });`);
  await page.goto(address, { waitUntil: 'commit' });
  // Nothing of Playwright's runs in the page meanwhile: its own scripts take 0.2 s at this speed.
  await page.waitForTimeout(patienceMs);
  const there = await page.evaluate<number>('window.there');
  await page.close();
  return there;
};

/** Milliseconds from each letter until what it finds has been painted. */
const keystrokes = async (page: Page): Promise<number[]> => {
  await page.evaluate(`window.keys = []; document.addEventListener('input', ({ target }) => {
    const start = performance.now();
    const asked = target.value;
    if (asked === '') return;
    const list = document.querySelector('.record-list.long');
    const drawn = new MutationObserver(() => {
      if (list.dataset.query !== asked) return;
      drawn.disconnect();
      requestAnimationFrame(() => setTimeout(() => window.keys.push(performance.now() - start)));
    });
    drawn.observe(list, { attributes: true, attributeFilter: ['data-query'] });
  }, true);`);
  const field = page.getByRole('searchbox');
  for (const text of ['thôn 7 lần 12', 'loa tháng 3', 'chia sẻ việc nhà']) {
    await field.fill('');
    await page.waitForTimeout(2000);
    for (const letter of text) {
      await page.keyboard.insertText(letter);
      await page.waitForTimeout(250);
    }
    await page.waitForTimeout(1000);
  }
  return page.evaluate<number[]>('window.keys');
};

/** The share of frames over 50 ms while a finger scrolls through the list for a while. */
const slowFrames = async (page: Page): Promise<number> => {
  await page.getByRole('searchbox').fill('');
  await page.waitForTimeout(2000);
  await page.evaluate(`window.frames_ = []; let last = performance.now();
    const tick = (now) => { window.frames_.push(now - last); last = now; requestAnimationFrame(tick); };
    requestAnimationFrame(tick);`);
  for (let i = 0; i < 60; i++) {
    await page.mouse.wheel(0, 400);
    await page.waitForTimeout(50);
  }
  const frames = await page.evaluate<number[]>('window.frames_');
  return (100 * frames.filter((ms) => ms > 50).length) / frames.length;
};

const plainRecords = (): unknown[] =>
  Array.from({ length: records }, (_, i) => ({
    id: String(i),
    kind: 'activity',
    date: `2019-${String((i % 12) + 1).padStart(2, '0')}-${String((i % 28) + 1).padStart(2, '0')}`,
    title: `Nói chuyện chuyên đề bình đẳng giới, lần ${i}`,
    state: 'approved',
    venue: 'Nhà văn hóa thôn 3',
    funding: [{ source: 'khong_kinh_phi', amount_vnd: 0 }],
    note: 'x'.repeat(300),
  }));

const measure = async (bed: Bed): Promise<Figure[]> => {
  const { url, context, slow } = bed;
  const floor = await servePage('tests/bench/pages/bare-list.ts');
  try {
    say('pulling ten thousand records');
    const first = await context.newPage();
    await first.goto(url);
    await first.getByRole('button', { name: 'Cộng tác viên xã Xuân Thành' }).click();
    await first.getByRole('link', { name: 'Ghi hoạt động' }).waitFor();
    await first.goto(`${url}/nhat-ky`);
    await first.getByText(/^10\.\d{3} bản ghi$/).waitFor({ timeout: 600_000 });
    await first.getByText('Đã gửi hết').waitFor({ timeout: 600_000 });
    await first.evaluate(() => navigator.serviceWorker.ready);
    say('preparing the search');
    // The search's block is made once, after the records came.
    await first.getByRole('searchbox').fill('bình đẳng');
    await first.waitForTimeout(20_000);
    await first.close();
    say('filling bare Dexie');
    const bare = await context.newPage();
    await bare.goto(floor.url);
    await bare.waitForFunction('"fill" in window');
    await bare.evaluate(`fill(${JSON.stringify(plainRecords())})`);
    await bare.close();

    say('opening, in turns');
    const [open, list, form, dexie]: [number[], number[], number[], number[]] = [[], [], [], []];
    for (let turn = 0; turn < turns; turn++) {
      // More rows than a screen of 640 px shows.
      open.push(await timeTo(bed, `${url}/nhat-ky`, '.record-list.long > :nth-child(6)'));
      list.push(await timeTo(bed, `${url}/nhat-ky`, '.record-list.long > :nth-child(50)'));
      form.push(await timeTo(bed, `${url}/ghi`, '#field-title'));
      dexie.push(await timeTo(bed, floor.url, '.list > :nth-child(50)'));
    }
    say('typing and scrolling');
    const page = await context.newPage();
    await page.goto(`${url}/nhat-ky`);
    await page.locator('.record-list.long > :nth-child(50)').waitFor();
    await slow(page, slowdown);
    const keys = await keystrokes(page);
    const slowShare = await slowFrames(page);
    const session = await context.newCDPSession(page);
    await session.send('HeapProfiler.collectGarbage');
    await session.send('Performance.enable');
    const { metrics } = await session.send('Performance.getMetrics');
    const heap = metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? 0;
    const at = `ms, ${slowdown}x CPU`;
    return [
      atMost('list', 'open_beyond_form', rounded(median(open) - median(form), 0), at, 400),
      atMost('list', 'first_50_vs_bare_dexie', rounded(median(list) / median(dexie)), 'x, same run', 1.3),
      atMost('list', 'keystroke_p95', rounded(quantile(keys, 0.95), 0), at, 100),
      atMost('list', 'keystroke_p50', rounded(median(keys), 0), at, Infinity),
      atMost('list', 'frames_over_50ms', rounded(slowShare, 1), `%, ${slowdown}x CPU`, 5),
      atMost('list', 'heap', rounded(heap / 1e6, 1), 'MB', 60),
    ];
  } finally {
    floor.close();
  }
};

export const listBench = async (): Promise<Figure[]> => {
  execFileSync('npm', ['run', '--silent', 'build'], { stdio: ['ignore', 'ignore', 'inherit'] });
  return onBed((dataDir) => fillDemo(dataDir, '18382', records), measure);
};
