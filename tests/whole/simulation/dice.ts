import { seeded } from '../../../src/server/demo/seeded.ts';

/** All chance of a simulated world comes from one seed. */
export type Dice = {
  /** A whole number from 0 up to, but not including, `n`. */
  readonly below: (n: number) => number;
  readonly chance: (share: number) => boolean;
  readonly one: <T>(of: readonly T[]) => T;
  /** One of the names, each as likely as its weight says. */
  readonly weighed: <T extends string>(weights: Readonly<Record<T, number>>) => T;
};

export const diceOf = (seed: number): Dice => {
  const random = seeded(seed);
  const below = (n: number): number => Math.floor(random() * n);
  return {
    below,
    chance: (share) => random() < share,
    one: (of) => of[below(of.length)] as (typeof of)[number],
    weighed: (weights) => {
      const entries = Object.entries(weights) as [keyof typeof weights, number][];
      let at = random() * entries.reduce((sum, [, weight]) => sum + weight, 0);
      for (const [name, weight] of entries) if ((at -= weight) < 0) return name;
      return (entries[0] as (typeof entries)[number])[0];
    },
  };
};
