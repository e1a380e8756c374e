import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import type { BrowserContext, Page } from '@playwright/test';
import { build } from 'vite';
import { browserPath } from '../support/find-browser.mjs';
import { freePort } from '../support/free-port.ts';

/** The built server and a browser for a bench, gone again when it is over. */
export type Bed = {
  readonly url: string;
  readonly context: BrowserContext;
  /** Slows a page down as a cheap phone would. */
  readonly slow: (page: Page, times: number) => Promise<void>;
};

export const onBed = async <T>(
  prepare: (dataDir: string) => Promise<void>,
  run: (bed: Bed) => Promise<T>,
): Promise<T> => {
  const dataDir = mkdtempSync(join(tmpdir(), 'binh-dang-bench-'));
  const profile = mkdtempSync(join(tmpdir(), 'binh-dang-bench-'));
  await prepare(dataDir);
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const server = spawn(process.execPath, ['dist/server/main.js'], {
    env: { PATH: process.env['PATH'] ?? '', PORT: String(port), DATA_DIR: dataDir },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: await browserPath(),
    viewport: { width: 360, height: 640 },
    // What measures is put into the page as text.
    bypassCSP: true,
    args: ['--no-sandbox', '--disable-background-networking', '--enable-precise-memory-info'],
  });
  try {
    for (let up = false; !up;)
      up = await fetch(`${url}/readyz`).then(
        (r) => r.ok,
        () => false,
      );
    const slow: Bed['slow'] = async (page, rate) => {
      const session = await context.newCDPSession(page);
      await session.send('Emulation.setCPUThrottlingRate', { rate });
    };
    return await run({ url, context, slow });
  } finally {
    await context.close();
    server.kill('SIGKILL');
    for (const dir of [dataDir, profile]) rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
  }
};

/** Builds a page of ours from its script and serves it on an address of its own. */
export const servePage = async (script: string): Promise<{ url: string; close: () => void }> => {
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    publicDir: false,
    resolve: { alias: { dexie: 'dexie/dist/modern/dexie.mjs' } },
    define: { 'process.env.NODE_ENV': '"production"' },
    build: { write: false, lib: { entry: script, formats: ['es'], fileName: 'page' } },
  });
  const [output] = Array.isArray(built) ? built : [built];
  const code = output !== undefined && 'output' in output ? output.output[0].code : '';
  const server = createServer((request, response) => {
    const isScript = request.url === '/page.js';
    response.writeHead(200, { 'Content-Type': isScript ? 'text/javascript' : 'text/html; charset=utf-8' });
    response.end(
      isScript
        ? code
        : '<!doctype html><title>bench</title><div id="app"></div><script type="module" src="/page.js"></script>',
    );
  });
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://localhost:${port}`, close: () => server.close() };
};

export const median = (values: readonly number[]): number => quantile(values, 0.5);

/** The smallest of the values that so large a share of them do not exceed (nearest rank). */
export const quantile = (values: readonly number[], q: number): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * q) - 1)] ?? NaN;
};

export const rounded = (value: number, digits = 2): number => Number(value.toFixed(digits));
