import 'fake-indexeddb/auto';
import { parseArgs } from 'node:util';
import { exhaust } from './exhaustive.ts';
import { plantAll } from './plant.ts';
import { play } from './world.ts';

/** npm run simulate -- [--seeds 1000] [--from 1] [--steps 45] [--stop] [--trace]: plays seeds and says what came of it.
 * With --planted [--only words] it shows that planted bugs are found; with --exhaustive it plays the small case whole. */
Object.defineProperty(globalThis, 'navigator', { value: { onLine: true }, configurable: true });

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '1000' },
    from: { type: 'string', default: '1' },
    steps: { type: 'string', default: '45' },
    stop: { type: 'boolean', default: false },
    trace: { type: 'boolean', default: false },
    planted: { type: 'boolean', default: false },
    only: { type: 'string' },
    exhaustive: { type: 'boolean', default: false },
  },
});

if (values.planted) process.exit(plantAll(Number(values.seeds), values.only));

if (values.exhaustive) {
  const { violations, ...tried } = await exhaust();
  console.log(violations.join('\n'));
  console.log(JSON.stringify({ ...tried, violations: violations.length }));
  process.exit(violations.length === 0 ? 0 : 1);
}

const first = Number(values.from);
const last = first + Number(values.seeds) - 1;
const failed: number[] = [];
const sum = { seeds: 0, steps: 0, requests: 0, faults: 0, saved: 0 };
const start = performance.now();
for (let seed = first; seed <= last; seed++) {
  const played = await play(seed, Number(values.steps));
  sum.seeds += 1;
  for (const key of ['steps', 'requests', 'faults', 'saved'] as const) sum[key] += played[key];
  if (played.violations.length > 0) {
    failed.push(seed);
    console.log(`seed ${seed}:\n  ${played.violations.slice(0, 12).join('\n  ')}`);
    if (values.trace) console.log(played.trace.join('\n'));
    if (values.stop) break;
  }
  if (sum.seeds % 250 === 0) console.error(`${sum.seeds} seeds, ${failed.length} failed`);
}
const seconds = (performance.now() - start) / 1000;
console.log(
  JSON.stringify({ ...sum, failed: failed.length, seedsPerSecond: Number((sum.seeds / seconds).toFixed(2)) }),
);
process.exit(failed.length === 0 ? 0 : 1);
