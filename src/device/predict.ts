import { apply } from '../domain/apply.ts';
import type { Outcome } from '../domain/apply.ts';
import type { Change, RecordState } from '../domain/change.ts';
import type { Scope } from '../protocol/scope.ts';
import { checkOn } from './device.ts';
import type { Device } from './device.ts';
import { actorOf, placesOf } from './scope.ts';

/**
 * What the server will most likely make of a change: the same rules, with what this phone knows. The history stays as
 * it is; only the server writes it.
 */
export const predict = (
  device: Device,
  scope: Scope,
  record: RecordState | undefined,
  change: Change,
): Outcome => {
  const outcome = apply(record, change, {
    actor: actorOf(scope),
    rev: record?.rev ?? 0,
    at: change.made,
    places: placesOf(scope),
    check: checkOn(device, scope),
  });
  return outcome.verdict === 'applied'
    ? { ...outcome, record: { ...outcome.record, events: record?.events ?? [] } }
    : outcome;
};

/** The record as she sees it: what the server has, with her waiting changes played over it. */
export const replay = (
  device: Device,
  scope: Scope,
  base: RecordState | null,
  waiting: readonly Change[],
): RecordState | null =>
  waiting.reduce<RecordState | null>((record, change) => {
    const outcome = predict(device, scope, record ?? undefined, change);
    return outcome.verdict === 'applied' ? outcome.record : record;
  }, base);
