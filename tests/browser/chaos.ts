import type { Page } from '@playwright/test';
import { countOnServer, newMachine, newServer, phoneSize, signIn } from './support.ts';
import { seeded } from '../../src/server/demo/seeded.ts';

/**
 * A real browser and a real server that are killed without warning, and a link that is cut, while somebody writes. What
 * she was told is saved must be on the server once; what she was not told may be there once or not at all.
 */
export type Chaos = {
  readonly runs: number;
  readonly browserKills: number;
  readonly serverKills: number;
  readonly cuts: number;
  readonly saved: number;
  readonly lost: number;
  readonly twice: number;
  /** Times at which a phone held a record without its change, or a change without its record. */
  readonly torn: number;
};

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Every waiting change has its record, and every record that waits has its changes. Plain text: it runs in the page. */
const isTorn = (page: Page): Promise<boolean> =>
  page.evaluate<boolean>(`(async () => {
    const find = async () => (await indexedDB.databases()).find(({ name }) => /^binh-dang-\\d+$/.test(name));
    // Killed right after its first start, a browser may list a database only once the app has opened it.
    let found = await find();
    for (let i = 0; i < 100 && found === undefined; i++) {
      await new Promise((later) => setTimeout(later, 100));
      found = await find();
    }
    const { name } = found;
    const db = await new Promise((done, failed) => {
      const opening = indexedDB.open(name);
      opening.onsuccess = () => done(opening.result);
      opening.onerror = () => failed(opening.error);
    });
    const tx = db.transaction(['record', 'outbox']);
    const read = (table) => new Promise((done) => {
      const reading = tx.objectStore(table).getAll();
      reading.onsuccess = () => done(reading.result);
    });
    const [records, changes] = await Promise.all([read('record'), read('outbox')]);
    db.close();
    const waiting = new Map();
    for (const { record } of changes) waiting.set(record, (waiting.get(record) ?? 0) + 1);
    return records.some(({ id, pending }) => pending !== (waiting.get(id) ?? 0)) ||
      [...waiting.keys()].some((id) => !records.some((record) => record.id === id));
  })()`);

/** Repeats an activity that she has entered before, under a name of its own, and sends it. */
const write = async (page: Page, url: string, title: string, told: string[]): Promise<void> => {
  await page.goto(url);
  await page.locator('.again').first().click();
  await page.getByLabel('Nam', { exact: true }).fill('20');
  await page.getByLabel('Nữ', { exact: true }).fill('30');
  await page.getByLabel('Tên hoạt động').fill(title);
  await page.getByRole('button', { name: 'Gửi duyệt' }).click();
  await page.getByText('Đã lưu. Bản ghi sẽ tự gửi khi có mạng.').waitFor();
  told.push(title);
};

export const chaos = async (
  runs: number,
  dirs: { readonly data: string; readonly profile: string },
  seed = 1,
  say: (what: string) => void = () => undefined,
): Promise<Chaos> => {
  const random = seeded(seed);
  const server = await newServer(dirs.data);
  await server.start();
  const phone = await newMachine(dirs.profile, server.url, phoneSize);
  const counted = { browserKills: 0, serverKills: 0, cuts: 0, torn: 0 };
  const titles: string[] = [];
  const told: string[] = [];
  let page = await phone.open();
  try {
    await signIn(page, 'Cộng tác viên xã Xuân Thành');
    await page.getByText('Đã gửi hết').waitFor();
    for (let run = 1; run <= runs; run++) {
      const writing = async (): Promise<void> => {
        for (let k = 1; k <= 3; k++) {
          const title = `Nói chuyện giữa cơn bão ${run}.${k}.`;
          titles.push(title);
          await write(page, server.url, title, told);
        }
      };
      const ended = writing().catch(() => undefined);
      await Promise.race([ended, sleep(300 + random() * 5000)]);
      const what = random();
      if (what < 0.25) {
        counted.cuts += 1;
        await phone.context().setOffline(true);
        await sleep(random() * 800);
      }
      if (what > 0.15 && what < 0.6) {
        counted.serverKills += 1;
        server.kill();
      }
      if (what < 0.1 || what > 0.45) {
        counted.browserKills += 1;
        await phone.kill();
        await ended;
        page = await phone.open();
      } else {
        await phone.context().setOffline(false);
        await ended;
      }
      if (what > 0.15 && what < 0.6) await server.start();
      if (await isTorn(page)) counted.torn += 1;
      if (run % 10 === 0) say(`${run} runs, ${told.length} saved`);
    }
    await page.goto(`${server.url}/dong-bo`);
    await page.getByRole('button', { name: 'Gửi ngay' }).click();
    await page.getByText('Đã gửi hết').waitFor({ timeout: 60_000 });
    const times = (title: string): number => countOnServer(dirs.data, title);
    return {
      runs,
      ...counted,
      saved: told.length,
      lost: told.filter((title) => times(title) === 0).length,
      twice: titles.filter((title) => times(title) > 1).length,
    };
  } finally {
    await phone.kill();
    server.kill();
  }
};
