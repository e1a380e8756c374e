import type { Actor, Places } from '../domain/access.ts';
import { treeOf } from '../domain/unit.ts';
import type { Scope } from '../protocol/scope.ts';

/** The person of a scope, as rights are asked of her. */
export const actorOf = ({ me }: Scope): Actor => ({
  account: me.account,
  role: me.role,
  unit: me.unit,
  restricted: me.restricted,
});

/** The units and officers of a scope, as rights are asked of them. */
export const placesOf = (scope: Scope): Places => {
  const officers = new Set(scope.officers);
  return { tree: treeOf(scope.units), hasOfficer: (unit) => officers.has(unit) };
};
