import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chaos } from './chaos.ts';
import { damage } from './damage.ts';

/**
 * npm run chaos -- [--runs 200] [--seed 1]: kills browser and server so many times and says what was lost. With --damage
 * so many browsers find their database damaged instead.
 */
const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '200' },
    seed: { type: 'string', default: '1' },
    damage: { type: 'boolean', default: false },
  },
});
const [runs, seed] = [Number(values.runs), Number(values.seed)];
const say = (what: string): void => console.error(what);

if (values.damage) {
  const result = await damage(runs, seed, say);
  console.log(JSON.stringify(result));
  process.exit(result.silent + result.stuck === 0 ? 0 : 1);
}

const dirs = {
  data: mkdtempSync(join(tmpdir(), 'binh-dang-chaos-')),
  profile: mkdtempSync(join(tmpdir(), 'binh-dang-chaos-')),
};
const result = await chaos(runs, dirs, seed, say);
console.log(JSON.stringify(result));
for (const dir of Object.values(dirs)) rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
process.exit(result.lost + result.twice + result.torn === 0 ? 0 : 1);
