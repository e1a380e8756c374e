import { isShelter } from '../../domain/records/model.ts';
import type { RecordState } from '../../domain/change.ts';
import { ancestors } from '../../domain/unit.ts';
import { placesOf } from '../../device/scope.ts';
import type { Scope } from '../../protocol/scope.ts';
import { fill, more } from './words.ts';

/** Where a record is shown to belong. A shelter, and what is about one, to the unit above: not where to look for it. */
export const unitName = (record: RecordState, scope: Scope): string | undefined => {
  const { tree } = placesOf(scope);
  const unit = tree.get(record.unit);
  if (!isShelter(record.fields) || unit?.level !== 'commune') return unit?.name;
  const above = ancestors(tree, record.unit)[0]?.name ?? '';
  return fill(more.value.model.shelterAt, { unit: above });
};
