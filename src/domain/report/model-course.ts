import { isSure, sortOf } from './fact.ts';
import type { Fact } from './fact.ts';

/** A model with all that is known to have happened to it, in the order of its days. */
export type ModelCourse = {
  readonly model: Fact;
  readonly events: readonly Fact[];
};

const working = ['dang_hoat_dong', 'hoat_dong_khong_deu'];

const later = (a: Fact, b: Fact): number => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0);

/** The approved models among the facts, with their approved events. */
export const modelsOf = (facts: Iterable<Fact>): ModelCourse[] => {
  const models: Fact[] = [];
  const parts = new Map<string, Fact[]>();
  for (const fact of facts) {
    if (!isSure(fact)) continue;
    if (fact.kind === 'model') models.push(fact);
    if (fact.kind !== 'model_status') continue;
    const held = parts.get(fact.of ?? '');
    if (held === undefined) parts.set(fact.of ?? '', [fact]);
    else held.push(fact);
  }
  return models.map((model) => ({ model, events: (parts.get(model.id) ?? []).sort(later) }));
};

/** Whether it is at work at the end of a day: founded by then, and what last happened to it by then did not end it. */
export const isAtWork = ({ model, events }: ModelCourse, day: string): boolean => {
  if (model.from > day) return false;
  const last = events.filter(({ from }) => from <= day).at(-1);
  return last === undefined ? model.figures['planned'] !== true : isWorking(last);
};

const isWorking = (event: Fact): boolean => working.includes(sortOf(event, 'status') ?? '');
