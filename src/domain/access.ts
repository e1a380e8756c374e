import { audienceOf } from './records/kinds.ts';
import type { Audience, Kind } from './records/kinds.ts';
import type { Values } from './records/field.ts';
import { isWithin, reviewerOf } from './unit.ts';
import type { UnitTree } from './unit.ts';

/**
 * collaborator: records the work of one unit. officer: records for her own unit, reads all below it and decides where
 * she is the nearest reviewer. admin: sets up units and people, sees no records.
 */
export const roles = ['collaborator', 'officer', 'admin'] as const;

export type Role = (typeof roles)[number];

export type Actor = {
  readonly account: number;
  readonly role: Role;
  readonly unit: string;
  /** An officer above the nearest reviewer who may see shelters and exact support figures all the same. */
  readonly restricted?: boolean;
};

/**
 * assess: to write what only a reviewer judges, such as how well a model works. lock: to close what was counted in a
 * report that is handed in.
 */
export type Action = 'read' | 'create' | 'edit' | 'decide' | 'assess' | 'void' | 'lock';

/** What a right depends on: what it is, where it belongs, whose words it holds, and how far it has come. */
export type Subject = {
  readonly kind: Kind;
  readonly fields: Values;
  readonly unit: string;
  readonly authors: readonly number[];
  readonly state: string;
};

export type Places = { readonly tree: UnitTree; readonly hasOfficer: (unit: string) => boolean };

const decides = (actor: Actor, record: Subject, places: Places): boolean =>
  actor.role === 'officer' &&
  // A guideline is published, not handed in: nobody stands above its author.
  record.kind !== 'guideline' &&
  reviewerOf(places.tree, record.unit, places.hasOfficer) === actor.unit &&
  readsRecord(actor, record, places) &&
  !record.authors.includes(actor.account);

const readsRecord = (actor: Actor, { unit, kind, fields }: Subject, places: Places): boolean =>
  readsFeed(actor, unit, audienceOf(kind, fields), places);

/**
 * Whether she reads what a unit has for an audience. All read the notices of the province. The unit reads its own; the
 * officers above read its work. A roster is for the reviewing officer below the province only, and what is restricted for
 * her and for who has the right.
 */
export const readsFeed = (
  actor: Actor,
  unit: string,
  audience: Audience,
  { tree, hasOfficer }: Places,
): boolean => {
  if (actor.role === 'admin') return false;
  if (audience === 'notice') return tree.get(unit)?.parent === null && isWithin(tree, actor.unit, unit);
  if (actor.unit === unit) return true;
  if (actor.role !== 'officer' || !isWithin(tree, unit, actor.unit)) return false;
  if (audience === 'work') return true;
  const reviews = reviewerOf(tree, unit, hasOfficer) === actor.unit;
  if (audience === 'roster') return reviews && tree.get(actor.unit)?.level !== 'province';
  return reviews || actor.restricted === true;
};

/** The guideline of a year is the province’s: its officers write it. */
const publishes = ({ role, unit }: Actor, { tree }: Places): boolean =>
  role === 'officer' && tree.get(unit)?.parent === null;

/** Where a unit has an officer, its reports are hers: they speak for all below and close what they count. */
const mayWrite = (actor: Actor, kind: Kind, places: Places): boolean => {
  if (kind === 'guideline') return publishes(actor, places);
  return kind !== 'report' || actor.role === 'officer' || !places.hasOfficer(actor.unit);
};

/** What lies in a report’s tiles. */
const lockable: readonly Kind[] = ['activity', 'training', 'model_period', 'model_support'];

/** The one answer to "may she do this", used by the screens and enforced by the server. */
export const can = (actor: Actor, action: Action, record: Subject, places: Places): boolean => {
  if (actor.role === 'admin') return false;
  const own = actor.unit === record.unit;
  const open = record.state === 'submitted' || record.state === 'returned';
  switch (action) {
    case 'read':
      return readsRecord(actor, record, places);
    case 'create':
      return own && mayWrite(actor, record.kind, places);
    case 'edit':
      return own && open && mayWrite(actor, record.kind, places);
    case 'decide':
      return decides(actor, record, places);
    case 'assess':
      return decides(actor, record, places) && record.state !== 'void' && record.state !== 'locked';
    case 'lock':
      return actor.role === 'officer' && lockable.includes(record.kind) && readsRecord(actor, record, places);
    case 'void':
      return (own && open) || (record.state !== 'locked' && decides(actor, record, places));
  }
};
