import { createHash } from 'node:crypto';
import { readsFeed } from '../../domain/access.ts';
import { ancestors, isWithin } from '../../domain/unit.ts';
import type { Scope } from '../../protocol/scope.ts';
import { placesOf } from './directory.ts';
import type { Account, Directory, Feed } from './directory.ts';

/** The feeds a person reads. */
export const feedsOf = (who: Account, directory: Directory): Feed[] =>
  directory.feeds.filter(({ unit, audience }) => readsFeed(who, unit, audience, placesOf(directory)));

/** All that a person's phone must know about the places and people around her work, and no more. */
export const scopeOf = (who: Account, directory: Directory): Scope => {
  const { tree, accounts, officerUnits } = directory;
  const above = new Set([who.unit, ...ancestors(tree, who.unit).map((unit) => unit.id)]);
  const seen = [...tree.values()].filter(
    (unit) => above.has(unit.id) || (who.role !== 'collaborator' && isWithin(tree, unit.id, who.unit)),
  );
  const units = new Set(seen.map((unit) => unit.id));
  const people = [...accounts.values()].filter(
    (other) => other.role !== 'admin' && units.has(other.unit) && who.role !== 'admin',
  );
  const over = new Set(ancestors(tree, who.unit).map((unit) => unit.id));
  const issued = directory.reports.filter(({ unit }) => over.has(unit)).map((mark) => ({ ...mark }));
  const scope = {
    me: {
      account: who.account,
      login: who.login,
      name: who.name,
      role: who.role,
      unit: who.unit,
      restricted: who.restricted === true,
    },
    help: directory.help,
    units: who.role === 'admin' ? seen.filter((unit) => above.has(unit.id)) : seen,
    ...(directory.tasks.length === 0 ? {} : { tasks: [...directory.tasks] }),
    ...(issued.length === 0 ? {} : { issued }),
    officers: [...officerUnits].filter((unit) => units.has(unit)),
    people: people.map(({ account, name }) => ({ id: account, name })),
    feeds: feedsOf(who, directory).map((feed) => ({ ...feed })),
  };
  const version = createHash('sha256').update(JSON.stringify(scope)).digest('base64url').slice(0, 12);
  return { version, ...scope };
};
