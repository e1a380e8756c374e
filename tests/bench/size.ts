import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { measureFirstPath } from './first-path.ts';
import { atMost } from './figure.ts';
import type { Figure } from './figure.ts';

/** Byte figures of the built app. All are exact: brotli 11 of what is on disk or what the network log names. */

const dist = 'dist/app';

const brotli = (source: Buffer): number =>
  brotliCompressSync(source, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;

const compressed = (path: string): number =>
  /\.(png)$/.test(path) ? statSync(path).size : brotli(readFileSync(path));

/** The addresses in the worker's precache list. */
const precached = (dir: string): string[] =>
  [...readFileSync(join(dir, 'sw.js'), 'utf8').matchAll(/url:`([^`]+)`|url:"([^"]+)"|"url":"([^"]+)"/g)].map(
    (m) => m[1] ?? m[2] ?? m[3] ?? '',
  );

const total = (dir: string, urls: readonly string[]): number =>
  urls.reduce((sum, url) => sum + compressed(join(dir, url)), 0);

/** Builds the app once more with one word of a message changed; what the browser then has to fetch is the update. */
export const updateBytes = (): number => {
  const copy = mkdtempSync(join(tmpdir(), 'binh-dang-update-'));
  try {
    for (const name of [
      'src',
      'sw',
      'public',
      'index.html',
      'vite.config.ts',
      'package.json',
      'tsconfig.json',
      '.config',
    ])
      cpSync(name, join(copy, name), { recursive: true });
    const file = join(copy, 'src/app/text/vi.ts');
    const words = readFileSync(file, 'utf8');
    const changed = words.replace("submit: 'Gửi duyệt'", "submit: 'Gửi xét duyệt'");
    if (changed === words) throw new Error('the word to change was not found');
    writeFileSync(file, changed);
    symlinkSync(resolve('node_modules'), join(copy, 'node_modules'));
    execFileSync(
      process.execPath,
      [resolve('node_modules/vite/bin/vite.js'), 'build', '--logLevel', 'silent'],
      { cwd: copy, stdio: ['ignore', 'ignore', 'inherit'] },
    );
    const before = new Map(precached(dist).map((url) => [url, brotli(readFileSync(join(dist, url)))]));
    const fresh = precached(join(copy, dist)).filter(
      (url) => !before.has(url) || !readFileSync(join(copy, dist, url)).equals(readFileSync(join(dist, url))),
    );
    return total(join(copy, dist), [...fresh, 'sw.js']);
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
};

export const precacheBytes = (): number => total(dist, precached(dist));

export const sizeBench = async (): Promise<Figure[]> => {
  execFileSync('npm', ['run', '--silent', 'build'], { stdio: ['ignore', 'ignore', 'inherit'] });
  const path = await measureFirstPath();
  return [
    atMost('size', 'js_until_typed', path.untilTyped, 'B', 25_000),
    atMost('size', 'js_until_durable', path.untilDurable, 'B', 70_000),
    atMost('size', 'precache', precacheBytes(), 'B', 180_000),
    atMost('size', 'update_one_word', updateBytes(), 'B', 20_000),
    atMost('size', 'rounds_first_visit', path.roundsFirstVisit, 'rounds', 2),
    atMost('size', 'requests_offline_relaunch', path.requestsRelaunch, 'requests', 0),
  ];
};
