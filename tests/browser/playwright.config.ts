import { defineConfig } from '@playwright/test';

/** Every browser test starts its own server on a data folder of its own, so files may run side by side. */
export default defineConfig({
  testDir: '.',
  outputDir: '../../test-results',
  timeout: 90_000,
  expect: { timeout: 15_000 },
  fullyParallel: false,
  workers: 2,
  retries: 0,
  use: { actionTimeout: 15_000 },
  reporter: [['list']],
});
