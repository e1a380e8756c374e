import type { Values } from '../../src/domain/records/field.ts';
import { onBed, rounded, servePage } from './browser.ts';
import { atMost } from './figure.ts';
import type { Figure } from './figure.ts';

type Times = { readonly total: number; readonly longest: number };

/** What packing and zipping a thousand changes costs a cheap phone, and the longest stretch in which it can do nothing else. */
export const packBench = (all: readonly Values[]): Promise<Figure[]> =>
  onBed(
    () => Promise.resolve(),
    async ({ context, slow }) => {
      const { url, close } = await servePage('tests/bench/pages/packs.ts');
      try {
        const page = await context.newPage();
        await page.goto(url);
        await page.waitForFunction('"run" in window');
        await page.evaluate<unknown>(`run(${JSON.stringify(all)})`);
        await slow(page, 6);
        const { total, longest } = await page.evaluate<Times>(`run(${JSON.stringify(all)})`);
        return [
          atMost('sync', 'packing_1000', rounded(total, 0), 'ms, 6x CPU', 300),
          atMost('sync', 'packing_longest_stretch', rounded(longest, 0), 'ms, 6x CPU', 50),
        ];
      } finally {
        close();
      }
    },
  );
