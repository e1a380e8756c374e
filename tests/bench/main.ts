import type { Figure } from './figure.ts';

/**
 * npm run bench -- <name> [--json]: measures and prints a table, or with --json one line of JSON a figure. The exit
 * code tells whether it ran, not how the figures are.
 */

// Each is loaded alone: a bench may put a browser's parts into this process.
const benches: Readonly<Record<string, () => Promise<Figure[]>>> = {
  size: async () => (await import('./size.ts')).sizeBench(),
  save: async () => (await import('./save.ts')).saveBench(),
  list: async () => (await import('./list.ts')).listBench(),
  sync: async () => (await import('./sync.ts')).syncBench(),
  report: async () => (await import('./report.ts')).reportBench(),
  board: async () => (await import('./board.ts')).boardBench(),
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
