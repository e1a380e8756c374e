import { isWithin, reviewerOf } from './unit.ts';
import type { UnitTree } from './unit.ts';

/**
 * collaborator: records the work of one unit. officer: records for her own unit, reads all below it and decides where
 * she is the nearest reviewer. admin: sets up units and people, sees no records.
 */
export const roles = ['collaborator', 'officer', 'admin'] as const;

export type Role = (typeof roles)[number];

export type Actor = { readonly account: number; readonly role: Role; readonly unit: string };

export type Action = 'read' | 'create' | 'edit' | 'decide' | 'void';

/** What a right depends on: where the record belongs, whose words it holds, and how far it has come. */
export type Subject = {
  readonly unit: string;
  readonly authors: readonly number[];
  readonly state: string;
};

export type Places = { readonly tree: UnitTree; readonly hasOfficer: (unit: string) => boolean };

const decides = (actor: Actor, record: Subject, { tree, hasOfficer }: Places): boolean =>
  actor.role === 'officer' &&
  reviewerOf(tree, record.unit, hasOfficer) === actor.unit &&
  !record.authors.includes(actor.account);

/** The one answer to "may she do this", used by the screens and enforced by the server. */
export const can = (actor: Actor, action: Action, record: Subject, places: Places): boolean => {
  if (actor.role === 'admin') return false;
  const own = actor.unit === record.unit;
  const reads = own || (actor.role === 'officer' && isWithin(places.tree, record.unit, actor.unit));
  const open = record.state === 'submitted' || record.state === 'returned';
  switch (action) {
    case 'read':
      return reads;
    case 'create':
      return own;
    case 'edit':
      return own && open;
    case 'decide':
      return decides(actor, record, places);
    case 'void':
      return (own && open) || (record.state !== 'locked' && decides(actor, record, places));
  }
};
