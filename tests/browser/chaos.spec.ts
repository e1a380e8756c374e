import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chaos } from './chaos.ts';
import { expect, test } from './support.ts';

test('browser and server are killed while she writes: what she was told is saved is there once', async () => {
  test.setTimeout(240_000);
  const dirs = {
    data: mkdtempSync(join(tmpdir(), 'binh-dang-chaos-')),
    profile: mkdtempSync(join(tmpdir(), 'binh-dang-chaos-')),
  };
  const { lost, twice, torn, saved } = await chaos(5, dirs);
  expect({ lost, twice, torn }).toEqual({ lost: 0, twice: 0, torn: 0 });
  expect(saved).toBeGreaterThan(0);
  for (const dir of Object.values(dirs)) rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
});
