import { execFileSync, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { chromium, expect, test as base } from '@playwright/test';
import type { BrowserContext, Page } from '@playwright/test';
import { browserPath } from '../support/find-browser.mjs';
import { freePort } from '../support/free-port.ts';

/** The real server, in a process of its own that can be killed and started again on the same data. */
export type Server = {
  readonly url: string;
  readonly dataDir: string;
  readonly start: () => Promise<void>;
  /** SIGKILL: no goodbye, no flush. */
  readonly kill: () => void;
};

/** One phone or laptop: a browser profile on disk that survives the browser. */
export type Machine = {
  readonly profile: string;
  readonly open: () => Promise<Page>;
  readonly context: () => BrowserContext;
  readonly kill: () => Promise<void>;
};

type Fixtures = {
  readonly server: Server;
  readonly machine: (size: { width: number; height: number }) => Promise<Machine>;
};

const answers = async (url: string): Promise<boolean> => {
  try {
    return (await fetch(`${url}/readyz`)).ok;
  } catch {
    return false;
  }
};

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

export const newServer = async (
  dataDir: string,
  root = '.',
  env: Record<string, string> = {},
): Promise<Server> => {
  const port = await freePort();
  const url = `http://localhost:${port}`;
  let child: ChildProcess | null = null;
  return {
    url,
    dataDir,
    start: async () => {
      child = spawn(process.execPath, [join(root, 'dist/server/main.js')], {
        env: {
          ...env,
          PATH: process.env['PATH'] ?? '',
          PORT: String(port),
          DATA_DIR: dataDir,
          LOG_LEVEL: 'error',
        },
        stdio: ['ignore', 'ignore', 'inherit'],
      });
      for (let tries = 0; tries < 300 && !(await answers(url)); tries++) await sleep(100);
    },
    kill: () => {
      child?.kill('SIGKILL');
    },
  };
};

/** Starts a server on a folder of its own, for tests that need another than the demo's. */
export const startServer = async (
  dataDir: string,
  root?: string,
  env?: Record<string, string>,
): Promise<Server> => {
  const server = await newServer(dataDir, root, env);
  await server.start();
  return server;
};

/** Kills every process of the browser that works on a profile, as a power cut would. */
const killBrowserOf = (profile: string): void => {
  try {
    execFileSync('pkill', ['-9', '-f', profile]);
  } catch {
    // Nothing was running.
  }
};

export const newMachine = async (
  profile: string,
  url: string,
  viewport: { width: number; height: number },
): Promise<Machine> => {
  const executablePath = await browserPath();
  let context: BrowserContext | null = null;
  const held = (): BrowserContext => {
    if (context === null) throw new Error('this machine is off');
    return context;
  };
  return {
    profile,
    context: held,
    open: async () => {
      context ??= await chromium.launchPersistentContext(profile, {
        executablePath,
        viewport,
        locale: 'vi-VN',
        hasTouch: viewport.width < 600,
        args: [
          '--no-sandbox',
          // A name that is not localhost, for what a browser does on plain http.
          '--host-resolver-rules=MAP binhdang.test 127.0.0.1',
          '--disable-gpu',
          '--disable-quic',
          '--no-first-run',
          '--disable-background-networking',
          '--disable-component-update',
          '--disable-sync',
        ],
      });
      const page = context.pages()[0] ?? (await context.newPage());
      await page.goto(url);
      return page;
    },
    kill: async () => {
      killBrowserOf(profile);
      await context?.close().catch(() => undefined);
      context = null;
    },
  };
};

const remove = (dir: string): void =>
  rmSync(dir, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });

export const test = base.extend<Fixtures>({
  server: async ({}, use) => {
    const dataDir = mkdtempSync(join(tmpdir(), 'binh-dang-data-'));
    const server = await newServer(dataDir);
    await server.start();
    await use(server);
    server.kill();
    remove(dataDir);
  },
  machine: async ({ server }, use) => {
    const machines: { machine: Machine; profile: string }[] = [];
    await use(async (size) => {
      const profile = mkdtempSync(join(tmpdir(), 'binh-dang-profile-'));
      const machine = await newMachine(profile, server.url, size);
      machines.push({ machine, profile });
      return machine;
    });
    for (const { machine, profile } of machines) {
      await machine.kill();
      remove(profile);
    }
  },
});

export { expect } from '@playwright/test';

export const phoneSize = { width: 360, height: 640 };
export const laptopSize = { width: 1280, height: 800 };

/** Signs in as one of the demo's people and waits until the app can do without the network. */
export const signIn = async (page: Page, name: string): Promise<void> => {
  await page.getByRole('button', { name }).click();
  await isReady(page);
};

/** Waits until the app stands and can do without the network. */
export const isReady = async (page: Page): Promise<void> => {
  await page.getByRole('navigation').waitFor();
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    while (navigator.serviceWorker.controller === null)
      await new Promise((resolve) => setTimeout(resolve, 50));
  });
};

/** Signs in with a name and a PIN, as somebody who is not offered on the demo's page. */
export const enterAs = async (page: Page, login: string, pin: string): Promise<void> => {
  await page.getByLabel('Tên đăng nhập').fill(login);
  await page.getByLabel('Mã PIN').fill(pin);
  await page.getByRole('button', { name: 'Đăng nhập' }).click();
};

/** Asks for a sync until the server has confirmed all; a tap that meets the button while it is off does nothing. */
export const sendNow = async (page: Page, url: string): Promise<void> => {
  await page.goto(`${url}/dong-bo`);
  await expect(async () => {
    await page.getByRole('button', { name: 'Gửi ngay' }).click({ timeout: 10_000 });
    await expect(page.getByText(/^Đã gửi và nhận xong/)).toBeVisible({ timeout: 10_000 });
  }).toPass({ timeout: 90_000 });
};

/** Fills in a talk as a person would, from top to bottom. */
export const fillInTalk = async (page: Page, title: string): Promise<void> => {
  await page.getByLabel('Hình thức').selectOption('noi_chuyen_chuyen_de');
  await page.getByLabel('Tên hoạt động').fill(title);
  await page.getByRole('button', { name: 'Phòng, chống bạo lực gia đình' }).click();
  await page.getByRole('button', { name: 'Nhân dân nói chung' }).click();
  await page.getByLabel('Ngày bắt đầu').fill('20/12/2019');
  await page.getByLabel('Ngày kết thúc').fill('20/12/2019');
  await page.getByLabel('Địa điểm').fill('Nhà văn hóa thôn 3');
  await page.getByLabel('Số buổi, cuộc', { exact: true }).fill('1');
  await page.getByLabel('Nam', { exact: true }).fill('21');
  await page.getByLabel('Nữ', { exact: true }).fill('43');
  await page.getByRole('radio', { name: 'Đếm trực tiếp' }).click();
  await page.getByLabel('Đơn vị chủ trì').selectOption('hoi_lhpn');
  await page.getByLabel('Nguồn kinh phí 1').selectOption('khong_kinh_phi');
  await page.getByRole('button', { name: /^II\.1\.a / }).click();
};

/** How many records of a title the server holds. */
export const countOnServer = (dataDir: string, title: string): number => {
  const db = new Database(join(dataDir, 'binh-dang.sqlite'));
  const row = db.prepare(`select count(*) as n from record where fields_json like ?`).get(`%${title}%`) as {
    n: number;
  };
  db.close();
  return row.n;
};
