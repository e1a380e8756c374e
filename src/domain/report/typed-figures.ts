import type { Fact } from './fact.ts';

/** What units typed for a year, by unit. Of two that were typed unseen of each other the one that came last holds. */
export const typedFigures = (facts: Iterable<Fact>, year: number): ReadonlyMap<string, Fact> => {
  const held = new Map<string, Fact>();
  for (const fact of facts) {
    if (fact.kind !== 'figures' || fact.figures['year'] !== year || fact.state === 'void') continue;
    const other = held.get(fact.unit);
    if (other === undefined || (fact.received ?? '') > (other.received ?? '')) held.set(fact.unit, fact);
  }
  return held;
};
