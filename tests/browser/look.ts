import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, phoneSize } from './support.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const pictures = process.env['PICTURES'] ?? 'test-results/pictures';

type Violation = { id: string; help: string; nodes: { html: string }[] };

export const violations = async (page: Page): Promise<string[]> => {
  await page.evaluate(axe);
  const found = await page.evaluate<Violation[]>(
    `axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }).then((result) => result.violations)`,
  );
  return found.map(
    ({ id, help, nodes }) => `${id}: ${help} ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`,
  );
};

const overflow = async (page: Page): Promise<number> => {
  const size = page.viewportSize() ?? phoneSize;
  await page.setViewportSize({ width: 320, height: size.height });
  const wider = await page.evaluate<number>(
    'document.documentElement.scrollWidth - document.documentElement.clientWidth',
  );
  await page.setViewportSize(size);
  return wider;
};

/**
 * Looks at a screen: axe finds nothing, nothing is wider than a 320 px screen, and a picture is taken (into
 * test-results, or where PICTURES says) to be looked at by people.
 */
export const look = async (page: Page, name: string): Promise<void> => {
  const { width } = page.viewportSize() ?? phoneSize;
  await page.waitForTimeout(300);
  mkdirSync(pictures, { recursive: true });
  await page.screenshot({ path: join(pictures, `${name}-${width < 600 ? 'phone' : 'laptop'}.png`) });
  expect(await violations(page), name).toEqual([]);
  expect(await overflow(page), `${name} at 320 px`).toBeLessThanOrEqual(0);
};

/** Another person of the demo takes the same machine. */
export const switchTo = async (page: Page, url: string, name: string): Promise<void> => {
  await page.goto(`${url}/cai-dat`);
  await page.getByRole('button', { name: 'Chuyển người dùng' }).click();
  await page.getByRole('button', { name }).first().click();
  await page.getByRole('navigation').waitFor();
};
