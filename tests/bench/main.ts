import type { Figure } from './figure.ts';
import { listBench } from './list.ts';
import { saveBench } from './save.ts';
import { sizeBench } from './size.ts';
import { syncBench } from './sync.ts';

/**
 * npm run bench -- <name> [--json]: measures and prints a table, or with --json one line of JSON a figure. The exit
 * code tells whether it ran, not how the figures are.
 */

const benches: Readonly<Record<string, () => Promise<Figure[]>>> = {
  size: sizeBench,
  save: saveBench,
  list: listBench,
  sync: syncBench,
};

const [name = '', ...flags] = process.argv.slice(2);
const bench = benches[name];
if (bench === undefined) {
  console.error(
    `npm run bench -- <name> [--json], where <name> is one of: ${Object.keys(benches).join(', ')}`,
  );
  process.exit(1);
}
const figures = await bench();
if (flags.includes('--json')) for (const figure of figures) console.log(JSON.stringify(figure));
else
  console.table(
    figures.map(({ figure, value, unit, target, ok }) => ({
      figure,
      value,
      unit,
      target: target === Infinity ? '–' : target,
      ok: target === Infinity ? '' : ok ? 'yes' : 'NO',
    })),
  );
