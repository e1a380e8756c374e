import {
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { seeded } from '../../src/server/demo/seeded.ts';
import {
  countOnServer,
  expect,
  fillInTalk,
  newMachine,
  newServer,
  phoneSize,
  sendNow,
  signIn,
} from './support.ts';
import type { Machine, Server } from './support.ts';

/** A browser that has lost its database, or finds it damaged on the disk, with something in it that has not been sent. */

const worker = 'Cộng tác viên xã Xuân Thành';
const title = 'Chỉ có trên máy này';

export const lostOne = /Lần cuối máy này còn 1 thay đổi chưa gửi/;
export const unreadable = 'Trình duyệt không mở được dữ liệu trên máy này.';

/** Signs in, and writes something that does not reach the server. */
export const writeOffline = async (phone: Machine, server: Server): Promise<Page> => {
  const page = await phone.open();
  await signIn(page, worker);
  await sendNow(page, server.url);
  await phone.context().setOffline(true);
  await page.goto(`${server.url}/ghi`);
  await fillInTalk(page, title);
  await page.getByRole('button', { name: 'Gửi duyệt' }).click();
  await expect(page.getByText('Thay đổi này chưa tới máy chủ.')).toBeVisible();
  return page;
};

/** Writes something offline and goes off; when it is on again, the files of its databases have been spoilt. */
export const openSpoilt = async (
  phone: Machine,
  server: Server,
  spoilThem: (files: readonly string[]) => void,
): Promise<Page> => {
  await writeOffline(phone, server);
  // In good order: the note beside the store takes the browser a while to put on the disk.
  await phone.context().close();
  await phone.kill();
  spoilThem(databaseFiles(phone));
  return phone.open();
};

/** She has what was sent, and what she writes is sent. */
export const goOn = async (page: Page, { url }: Server): Promise<void> => {
  await sendNow(page, url);
  await page.goto(`${url}/nhat-ky`);
  await expect(page.locator('.record-link').first()).toBeVisible();
  await page.goto(`${url}/ghi`);
  await fillInTalk(page, 'Ghi lại sau khi mất');
  await page.getByRole('button', { name: 'Gửi duyệt' }).click();
  await sendNow(page, url);
};

/** Deletes what the browser cannot open, as the page offers. */
export const clear = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: 'Xóa dữ liệu trên máy này' }).click();
  await page.getByRole('button', { name: 'Xóa', exact: true }).click();
  await expect(page.getByText(unreadable)).toHaveCount(0);
};

/** Gives her PIN again, with which what is left of her store goes into a new one. */
export const givePinAgain = async (page: Page): Promise<void> => {
  await page.getByLabel('Mã PIN').fill('246810');
  await page.getByRole('button', { name: 'Đăng nhập lại' }).click();
  await expect(page.getByText(lostOne)).toHaveCount(0);
};

/** Signs in as on a phone that has forgotten her. */
export const signInAnew = (page: Page): Promise<void> => signIn(page, worker);

/** What she is told when she opens the app, and then looks whether all has been sent. */
const told = async (page: Page, { url }: Server): Promise<'nothing' | 'anew' | 'pin' | 'unreadable'> => {
  const gone = page.getByRole('alert').filter({ hasText: lostOne });
  await gone.or(page.getByRole('navigation')).first().waitFor();
  if (await gone.isVisible()) return (await page.getByText(unreadable).isVisible()) ? 'unreadable' : 'anew';
  await page.goto(`${url}/dong-bo`);
  // A store that has lost its last part is noticed when it is to hand in.
  await expect(async () => {
    await page.getByRole('button', { name: 'Gửi ngay' }).click({ timeout: 5000 });
    await expect(gone.or(page.getByText(/^Đã gửi và nhận xong/)).first()).toBeVisible();
  }).toPass({ timeout: 60_000 });
  return (await gone.isVisible()) ? 'pin' : 'nothing';
};

/** The files in which a browser keeps the app's databases. */
const databaseFiles = ({ profile }: Machine): string[] => {
  const all = join(profile, 'Default', 'IndexedDB');
  const dir = join(all, readdirSync(all).find((name) => name.endsWith('.leveldb')) ?? '');
  return readdirSync(dir)
    .filter((name) => !/^(LOCK|LOG)/.test(name))
    .map((name) => join(dir, name));
};

/** Spoils a file in one of four ways: some bytes are others, its end is missing, it is missing, or a block of it is empty. */
const spoil = (file: string, random: () => number): void => {
  const { size } = statSync(file);
  const below = (n: number): number => Math.floor(random() * n);
  const way = below(4);
  if (way === 0) return rmSync(file);
  if (way === 1) return truncateSync(file, below(size));
  const bytes = readFileSync(file);
  const at = below(size);
  if (way === 2) bytes.fill(0, at, Math.min(size, at + 4096));
  else for (let left = 1 + below(20); left > 0; left--) bytes.writeUInt8(below(256), below(size));
  writeFileSync(file, bytes);
};

export type Damage = {
  readonly runs: number;
  /** The browser mended it, and what had not been sent was sent. */
  readonly whole: number;
  /** She was told what is gone. */
  readonly told: number;
  /** Of those: the browser could not open it at all. */
  readonly unreadable: number;
  /** Something is gone and she was not told. */
  readonly silent: number;
  /** She could not go on. */
  readonly stuck: number;
};

/** Damages so many phones, each once and each in a way of its own. */
export const damage = async (
  runs: number,
  seed = 1,
  say: (what: string) => void = () => undefined,
): Promise<Damage> => {
  const random = seeded(seed);
  const sum = { whole: 0, told: 0, unreadable: 0, silent: 0, stuck: 0 };
  for (let run = 1; run <= runs; run++) {
    const data = mkdtempSync(join(tmpdir(), 'binh-dang-damage-'));
    const profile = mkdtempSync(join(tmpdir(), 'binh-dang-damage-'));
    const server = await newServer(data);
    await server.start();
    const phone = await newMachine(profile, server.url, phoneSize);
    try {
      const page = await openSpoilt(phone, server, (files) => {
        const full = files.filter((file) => statSync(file).size > 0);
        spoil(full[Math.floor(random() * full.length)] ?? '', random);
      });
      const what = await told(page, server);
      if (what !== 'nothing') sum.told += 1;
      if (what === 'unreadable') sum.unreadable += 1;
      if (what === 'unreadable') await clear(page);
      if (what === 'pin') await givePinAgain(page);
      else if (what !== 'nothing') await signInAnew(page);
      await goOn(page, server);
      if (what === 'nothing') sum[countOnServer(data, title) === 1 ? 'whole' : 'silent'] += 1;
    } catch (error) {
      sum.stuck += 1;
      say(`run ${run}: ${String(error)}`);
    } finally {
      await phone.kill();
      server.kill();
      for (const dir of [data, profile]) rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
    }
    if (run % 10 === 0) say(`${run} runs: ${JSON.stringify(sum)}`);
  }
  return { runs, ...sum };
};
