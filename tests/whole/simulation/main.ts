import 'fake-indexeddb/auto';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { exhaust } from './exhaustive.ts';
import { playMany } from './many.ts';
import { plantAll } from './plant.ts';

/** npm run simulate -- [--seeds 1000] [--from 1] [--steps 45] [--jobs 2] [--stop] [--trace]: plays seeds and says what came of it,
 * each in its own year or all in one of the sixteen ([--year 11]).
 * With --planted [--only words] it shows that planted bugs are found; with --exhaustive it plays the small case whole. */
Object.defineProperty(globalThis, 'navigator', { value: { onLine: true }, configurable: true });

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '1000' },
    from: { type: 'string', default: '1' },
    steps: { type: 'string', default: '45' },
    year: { type: 'string' },
    jobs: { type: 'string', default: String(availableParallelism()) },
    stop: { type: 'boolean', default: false },
    trace: { type: 'boolean', default: false },
    planted: { type: 'boolean', default: false },
    only: { type: 'string' },
    exhaustive: { type: 'boolean', default: false },
  },
});

if (values.planted) {
  const { seeds, steps, jobs, year } = values;
  const numbers = Object.entries({ seeds, steps, jobs, year }).flatMap(([name, value]) =>
    value === undefined ? [] : [`--${name}`, value],
  );
  process.exit(plantAll(numbers, values.only));
}

if (values.exhaustive) {
  const { violations, ...tried } = await exhaust();
  console.log(violations.join('\n'));
  console.log(JSON.stringify({ ...tried, violations: violations.length }));
  process.exit(violations.length === 0 ? 0 : 1);
}

const { code, told } = await playMany({
  first: Number(values.from),
  seeds: Number(values.seeds),
  steps: Number(values.steps),
  year: values.year,
  jobs: Number(values.jobs),
  stop: values.stop,
  trace: values.trace,
});
console.log(told);
process.exit(code);
