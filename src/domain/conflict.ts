import type { RecordState } from './change.ts';
import type { Values } from './records/field.ts';

/** Two people wrote the same fields and the later had not seen the earlier; nobody has chosen between them yet. */
export type Conflict = {
  /** The revision in which the earlier values were replaced. */
  readonly rev: number;
  /** Who wrote the values that stand, and who those that were replaced. */
  readonly by: number;
  readonly of: number;
  readonly at: string;
  /** The replaced values by field. */
  readonly lost: Values;
};

/**
 * The conflicts of a record that still wait for a choice, the oldest first. None while a decision stands: what was
 * approved stays, what was returned is for its author to put right. The replaced values stay in the history.
 */
export const conflictsOf = ({ state, events }: Pick<RecordState, 'state' | 'events'>): Conflict[] => {
  if (state !== 'submitted') return [];
  let open: Conflict[] = [];
  const author = new Map<string, number>();
  for (const { rev, by, at, fields = [], overwrote, settles = [], lost } of events) {
    if (lost === true) continue;
    open = open
      .map((conflict) => ({ ...conflict, lost: without(conflict.lost, settles) }))
      .filter(({ lost }) => Object.keys(lost).length > 0);
    if (overwrote !== undefined) {
      const of = Object.keys(overwrote).map((name) => author.get(name) ?? events[0]?.by ?? by);
      open.push({ rev, by, of: of.find((account) => account !== by) ?? by, at, lost: overwrote });
    }
    for (const name of fields) author.set(name, by);
  }
  return open;
};

/** The fields of a patch whose conflict its author had seen: whatever she sends for them is the choice. */
export const settledBy = (conflicts: readonly Conflict[], patch: Values, base: number): string[] => {
  const seen = conflicts.filter(({ rev }) => rev <= base).flatMap(({ lost }) => Object.keys(lost));
  return [...new Set(seen)].filter((name) => name in patch);
};

const without = (values: Values, names: readonly string[]): Values =>
  names.length === 0
    ? values
    : Object.fromEntries(Object.entries(values).filter(([name]) => !names.includes(name)));
