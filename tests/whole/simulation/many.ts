import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** Many seeds: in several processes side by side, each of which plays a few and ends, for a world leaves much behind. */

export type Many = {
  readonly first: number;
  readonly seeds: number;
  readonly steps: number;
  /** The year they are all played in; each in its own where none is named. */
  readonly year: string | undefined;
  readonly jobs: number;
  /** Ends at the first seed that fails. */
  readonly stop: boolean;
  readonly trace: boolean;
};

/** Starting and warming up a process takes as long as playing ten seeds; what is to stop soon goes in smaller steps. */
const seedsInAProcess = 200;
const seedsBeforeStop = 40;
const toldEvery = 1000;

/** One seed does one thing at a time: more threads for sealing and zipping only change places, and most of what it makes dies young. */
const flags = ['--max-semi-space-size=64', '--import', 'tsx'];
const env = { ...process.env, UV_THREADPOOL_SIZE: '1' };

type Sum = { seeds: number; steps: number; requests: number; faults: number; saved: number; failed: number };

/** Plays them all and says what came of it; the code is 0 when none failed. */
export const playMany = async (many: Many): Promise<{ readonly code: number; readonly told: string }> => {
  const sum: Sum = { seeds: 0, steps: 0, requests: 0, faults: 0, saved: 0, failed: 0 };
  const start = performance.now();
  const atOnce = many.stop ? seedsBeforeStop : seedsInAProcess;
  let next = many.first;
  const last = many.first + many.seeds - 1;
  const work = async (): Promise<void> => {
    while (next <= last && !(many.stop && sum.failed > 0)) {
      const from = next;
      next += atOnce;
      const before = Math.floor(sum.seeds / toldEvery);
      const part = await playSome(many, from, Math.min(atOnce, last - from + 1));
      for (const key of Object.keys(sum) as (keyof Sum)[]) sum[key] += part[key];
      if (Math.floor(sum.seeds / toldEvery) > before)
        console.error(`${sum.seeds} seeds, ${sum.failed} failed`);
    }
  };
  await Promise.all(Array.from({ length: many.jobs }, work));
  const seedsPerSecond = Number((sum.seeds / ((performance.now() - start) / 1000)).toFixed(2));
  return { code: sum.failed === 0 ? 0 : 1, told: JSON.stringify({ ...sum, seedsPerSecond }) };
};

/** A process of its own that plays some seeds; what it finds is passed on, what it counts comes back. */
const playSome = async ({ steps, year, stop, trace }: Many, from: number, seeds: number): Promise<Sum> => {
  const numbers = ['--from', String(from), '--seeds', String(seeds), '--steps', String(steps)];
  const wishes = [
    ...(year === undefined ? [] : ['--year', year]),
    ...(stop ? ['--stop'] : []),
    ...(trace ? ['--trace'] : []),
  ];
  const file = new URL('./some.ts', import.meta.url).pathname;
  const child = spawn(process.execPath, [...flags, file, ...numbers, ...wishes], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  let sum: Sum | null = null;
  for await (const line of createInterface({ input: child.stdout }))
    if (line.startsWith('{"seeds"')) sum = JSON.parse(line) as Sum;
    else console.log(line);
  const code = await ended;
  if (sum !== null) return sum;
  // What broke a whole process is a find as well.
  console.log(`seeds from ${from}: the process ended with ${code}`);
  return { seeds, steps: 0, requests: 0, faults: 0, saved: 0, failed: 1 };
};
