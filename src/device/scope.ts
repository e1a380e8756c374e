import type { Actor, Places } from '../domain/access.ts';
import { isWithin, treeOf } from '../domain/unit.ts';
import type { Unit } from '../domain/unit.ts';
import type { Scope } from '../protocol/scope.ts';

/** The person of a scope, as rights are asked of her. */
export const actorOf = ({ me }: Scope): Actor => ({
  account: me.account,
  role: me.role,
  unit: me.unit,
  restricted: me.restricted,
});

/** Her own unit and all below it. */
export const unitsBelow = (scope: Scope): Unit[] => {
  const tree = treeOf(scope.units);
  return scope.units.filter(({ id }) => isWithin(tree, id, scope.me.unit));
};

/** The units and officers of a scope, as rights are asked of them. */
export const placesOf = (scope: Scope): Places => {
  const officers = new Set(scope.officers);
  return { tree: treeOf(scope.units), hasOfficer: (unit) => officers.has(unit) };
};
