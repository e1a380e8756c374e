import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';

/** Finds a Chromium for the browser tests, or installs one; prints its path. Run by `npm test`. */

const systemBrowsers = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
];

const playwrightsOwn = async () => {
  const { chromium } = await import('@playwright/test');
  return chromium.executablePath();
};

const found = async () => {
  const named = process.env.BROWSER_PATH;
  if (named) {
    if (existsSync(named)) return named;
    throw new Error(`BROWSER_PATH names ${named}, which does not exist.`);
  }
  const own = await playwrightsOwn();
  return [...systemBrowsers, own].find((path) => existsSync(path));
};

const quiet = { stdio: ['ignore', 'ignore', 'inherit'] };

const install = () => {
  const isRoot = process.getuid?.() === 0;
  if (isRoot && existsSync('/usr/bin/apt-get')) {
    console.error('No Chromium found; installing Debian’s (once)…');
    const apt = ['-o', 'DPkg::Lock::Timeout=300', '-qq'];
    spawnSync('apt-get', [...apt, 'update'], quiet);
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    if (
      spawnSync(
        'apt-get',
        [...apt, 'install', '-y', '--no-install-recommends', 'chromium', 'fonts-noto-core'],
        { ...quiet, env },
      ).status === 0
    )
      return;
  }
  console.error('No Chromium found; asking Playwright to download one (once)…');
  const cli = createRequire(import.meta.url).resolve('@playwright/test/cli');
  spawnSync(process.execPath, [cli, 'install', 'chromium'], { stdio: ['ignore', 'inherit', 'inherit'] });
};

export const browserPath = async () => {
  const path = await found();
  if (path) return path;
  install();
  const installed = await found();
  if (installed) return installed;
  throw new Error(
    'The browser tests need Chromium: install it, or set BROWSER_PATH to a Chrome or Chromium program.',
  );
};

if (process.argv[1]?.endsWith('find-browser.mjs')) {
  try {
    const path = await browserPath();
    execFileSync(path, ['--version'], { stdio: 'ignore' });
    console.log(path);
  } catch (error) {
    console.error(error.message);
    process.exit(1);
  }
}
