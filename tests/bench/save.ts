import { execFileSync } from 'node:child_process';
import { activity } from '../support/activity.ts';
import { median, onBed, quantile, rounded, servePage } from './browser.ts';
import type { Bed } from './browser.ts';
import { atMost } from './figure.ts';
import type { Figure } from './figure.ts';

/** How long a save takes: beside bare Dexie in one page, and from the tap to the word on the screen. */

const slowdown = 6;
/** Longer than any save takes. */
const patienceMs = 4000;

type Times = { ours: number[]; bare: number[] };

const besideDexie = async ({ context, slow }: Bed): Promise<Times> => {
  const { url, close } = await servePage('tests/bench/pages/saves.ts');
  try {
    const page = await context.newPage();
    await page.goto(url);
    await page.waitForFunction('"run" in window');
    await page.evaluate<unknown>(`run(${JSON.stringify(activity())}, 10)`);
    await slow(page, slowdown);
    const times = await page.evaluate<Times>(`run(${JSON.stringify(activity())}, 60)`);
    await page.close();
    return times;
  } finally {
    close();
  }
};

/** Milliseconds from the tap on "submit" until the page that says "saved" has been painted. */
const tapToPainted = async ({ url, context, slow }: Bed, times: number): Promise<number[]> => {
  const page = await context.newPage();
  await page.goto(url);
  await page.getByRole('button', { name: 'Cộng tác viên xã Xuân Thành' }).click();
  await page.getByText('Đã gửi hết').waitFor();
  await page.addInitScript(`document.addEventListener('click', (event) => {
    if (event.target.closest('button[type=submit]') === null) return;
    const start = performance.now();
    const shown = new PerformanceObserver((list) => {
      window.painted = Math.max(...list.getEntries().map(({ renderTime }) => renderTime)) - start;
    });
    shown.observe({ type: 'element' });
    // The browser itself says when the word was drawn.
    const painted = new MutationObserver(() => {
      const word = document.querySelector('.toast > span');
      if (word === null) return;
      painted.disconnect();
      word.setAttribute('elementtiming', 'saved');
    });
    painted.observe(document.body, { childList: true, subtree: true });
  }, true);`);
  const measured: number[] = [];
  for (let i = 0; i < times; i++) {
    await page.goto(url);
    await page.locator('.again').first().click();
    await page.getByLabel('Nam', { exact: true }).fill('20');
    await page.getByLabel('Nữ', { exact: true }).fill('30');
    await page.getByLabel('Tên hoạt động').fill(`Nói chuyện lần thứ ${i + 1}`);
    await page.locator('[data-keeping=kept]').waitFor();
    const submit = page.getByRole('button', { name: 'Gửi duyệt' });
    await submit.scrollIntoViewIfNeeded();
    const { x = 0, y = 0, width = 0, height = 0 } = (await submit.boundingBox()) ?? {};
    await slow(page, slowdown);
    // A finger and a clock, and nothing of Playwright's in the page meanwhile: its own scripts take 0.2 s at this speed.
    await page.mouse.click(x + width / 2, y + height / 2);
    await page.waitForTimeout(patienceMs);
    measured.push(await page.evaluate<number>('window.painted'));
    await slow(page, 1);
  }
  await page.close();
  return measured;
};

export const saveBench = async (): Promise<Figure[]> => {
  execFileSync('npm', ['run', '--silent', 'build'], { stdio: ['ignore', 'ignore', 'inherit'] });
  return onBed(
    () => Promise.resolve(),
    async (bed) => {
      const { ours, bare } = await besideDexie(bed);
      const taps = await tapToPainted(bed, 40);
      const at = `ms, ${slowdown}x CPU`;
      return [
        atMost(
          'save',
          'sealed_strict_vs_bare_dexie_p50',
          rounded(median(ours) / median(bare)),
          'x, same run',
          1.5,
        ),
        atMost('save', 'save_p50', rounded(median(ours), 1), at, Infinity),
        atMost('save', 'save_p95', rounded(quantile(ours, 0.95), 1), at, Infinity),
        atMost('save', 'tap_to_painted_p50', rounded(median(taps), 1), at, Infinity),
        atMost('save', 'tap_to_painted_p95', rounded(quantile(taps, 0.95), 1), at, 120),
      ];
    },
  );
};
