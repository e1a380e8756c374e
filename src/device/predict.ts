import { apply } from '../domain/apply.ts';
import type { Outcome } from '../domain/apply.ts';
import type { Change, RecordState } from '../domain/change.ts';
import { check } from '../domain/records/check.ts';
import type { Finding, Values } from '../domain/records/field.ts';
import type { Kind } from '../domain/records/kinds.ts';
import type { Relatives } from '../domain/records/rule.ts';
import { vietnamDay } from '../domain/typed/date.ts';
import { existsOn } from '../domain/unit.ts';
import type { Scope } from '../protocol/scope.ts';
import type { Device } from './device.ts';
import { actorOf, placesOf } from './scope.ts';

/** The checks of a record's content with this phone's clock and the units it knows. */
const checkOn = (device: Device, scope: Scope, relatives: Relatives | undefined) => {
  const { tree } = placesOf(scope);
  return (kind: Kind, values: Values, unit: string): Finding[] =>
    check(kind, values, {
      today: vietnamDay(device.now()),
      unitIsValid: (day) => existsOn(tree.get(unit), day),
      relatives,
      tasks: scope.tasks,
    });
};

/**
 * What the server will most likely make of a change: the same rules, with what this phone knows. The history stays as
 * it is, for only the server writes it; but a conflict that she has settled is not put before her again, and what she has
 * locked counts where she locked it.
 */
export const predict = (
  device: Device,
  scope: Scope,
  record: RecordState | undefined,
  change: Change,
  relatives?: Relatives,
  reportIsOpen = false,
): Outcome => {
  const outcome = apply(record, change, {
    actor: actorOf(scope),
    rev: record?.rev ?? 0,
    at: change.made,
    places: placesOf(scope),
    check: checkOn(device, scope, relatives),
    isReportOpen: () => reportIsOpen,
  });
  if (outcome.verdict !== 'applied') return outcome;
  const made = outcome.record.events.at(-1);
  const isKept = made?.settles !== undefined || made?.tile !== undefined;
  const events = [...(record?.events ?? []), ...(isKept ? [made] : [])];
  return { ...outcome, record: { ...outcome.record, events } };
};

/** The record as she sees it: what the server has, with her waiting changes played over it. */
export const replay = (
  device: Device,
  scope: Scope,
  base: RecordState | null,
  waiting: readonly Change[],
  reportIsOpen: boolean,
): RecordState | null =>
  waiting.reduce<RecordState | null>((record, change) => {
    const outcome = predict(device, scope, record ?? undefined, change, undefined, reportIsOpen);
    return outcome.verdict === 'applied' ? outcome.record : record;
  }, base);
