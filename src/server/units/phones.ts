import { Problem } from '../../domain/problem.ts';
import { isWithin } from '../../domain/unit.ts';
import type { Phones } from '../../protocol/phones.ts';
import { schemaVersion } from '../../protocol/version.ts';
import type { Db } from '../sql/open.ts';
import type { Account, Directory } from './directory.ts';

/** Older refusals were seen to, or never will be. */
const refusedWithinMs = 60 * 24 * 3_600_000;

/** Of a person's phones the one heard of last is in use, and every other that was heard of in this time. */
const inUseMs = 30 * 24 * 3_600_000;

/** How the phones of an officer's units stand, those that were silent longest first. */
export const phonesBelow = async (db: Db, who: Account, directory: Directory, now: Date): Promise<Phones> => {
  if (who.role !== 'officer') throw new Problem('P_NOT_YOURS');
  const people = [...directory.accounts.values()].filter(
    ({ unit, active, role }) => active && role !== 'admin' && isWithin(directory.tree, unit, who.unit),
  );
  const hers = new Map(people.map((person) => [person.account, person]));
  const writers = await db
    .selectFrom('writer')
    .select(['id', 'account', 'last_contact', 'schema'])
    .where('revoked', '=', 0)
    .execute();
  const refusals = await db
    .selectFrom('change')
    .select((e) => ['writer', e.fn.countAll<number>().as('n')])
    .where('verdict', 'in', ['rejected', 'parked'])
    .where('received_at', '>', new Date(now.getTime() - refusedWithinMs).toISOString())
    .groupBy('writer')
    .execute();
  const refused = new Map(refusals.map(({ writer, n }) => [writer, Number(n)]));
  const seen = new Map<number, number>();
  return writers
    .sort((a, b) => ((a.last_contact ?? '') > (b.last_contact ?? '') ? -1 : 1))
    .filter(({ account, last_contact }) => {
      const earlier = seen.get(account) ?? 0;
      seen.set(account, earlier + 1);
      // A phone that was replaced stays silent for ever.
      return earlier === 0 || Date.parse(last_contact ?? '1970-01-01') > now.getTime() - inUseMs;
    })
    .reverse()
    .flatMap(({ id, account, last_contact, schema }) => {
      const person = hers.get(account);
      if (person === undefined) return [];
      const { name, unit } = person;
      const old = schema !== null && schema < schemaVersion;
      return {
        writer: id,
        name,
        unit,
        lastContact: last_contact,
        old,
        refused: refused.get(id) ?? 0,
      };
    });
};
