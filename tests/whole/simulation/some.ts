import 'fake-indexeddb/auto';
import { parseArgs } from 'node:util';
import { play } from './world.ts';
import { yearOf } from './years.ts';

/** Plays some seeds in this process; `many.ts` starts it. */
Object.defineProperty(globalThis, 'navigator', { value: { onLine: true }, configurable: true });

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '1' },
    from: { type: 'string', default: '1' },
    steps: { type: 'string', default: '45' },
    year: { type: 'string' },
    stop: { type: 'boolean', default: false },
    trace: { type: 'boolean', default: false },
  },
});

const first = Number(values.from);
const sum = { seeds: 0, steps: 0, requests: 0, faults: 0, saved: 0, failed: 0 };
for (let seed = first; seed < first + Number(values.seeds); seed++) {
  const played = await play(seed, Number(values.steps), yearOf(Number(values.year ?? seed)));
  sum.seeds += 1;
  for (const key of ['steps', 'requests', 'faults', 'saved'] as const) sum[key] += played[key];
  if (played.violations.length === 0) continue;
  sum.failed += 1;
  console.log(`seed ${seed}:\n  ${played.violations.slice(0, 12).join('\n  ')}`);
  if (values.trace) console.log(played.trace.join('\n'));
  if (values.stop) break;
}
console.log(JSON.stringify(sum));
process.exit(sum.failed === 0 ? 0 : 1);
