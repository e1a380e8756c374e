import { Problem } from '../../domain/problem.ts';
import { isWithin } from '../../domain/unit.ts';
import type { NewPerson, Person, PersonChange } from '../../protocol/admin.ts';
import { hashPin, hashSecret, isPin } from '../access/secret.ts';
import type { Db } from '../sql/open.ts';
import { touchDirectory } from './directory.ts';
import type { Account, Directory } from './directory.ts';

/** An administrator sets up the units below hers and the people in them. */
const requireAdminOf = (who: Account, unit: string, { tree }: Directory): void => {
  if (who.role !== 'admin' || !isWithin(tree, unit, who.unit)) throw new Problem('P_NOT_YOURS');
};

export const requireAdmin = (who: Account): void => {
  if (who.role !== 'admin') throw new Problem('P_NOT_YOURS');
};

/** Adds a person; her login must be free. Returns her account's number. */
export const addPerson = async (db: Db, person: NewPerson, now: Date): Promise<number> => {
  const pin_hash = await hashPin(person.pin);
  return db.transaction().execute((tx) => insertPerson(tx, person, pin_hash, now));
};

const insertPerson = async (db: Db, person: NewPerson, pin_hash: string, now: Date): Promise<number> => {
  const added = await db
    .insertInto('account')
    .values({
      login: person.login,
      name: person.name.normalize('NFC'),
      role: person.role,
      unit: person.unit,
      pin_hash,
      active: 1,
      restricted: person.restricted ? 1 : 0,
      created_at: now.toISOString(),
    })
    .onConflict((conflict) => conflict.column('login').doNothing())
    .returning('id')
    .executeTakeFirst();
  if (added === undefined) throw new Problem('P_TAKEN', { field: 'login' });
  await touchDirectory(db);
  return added.id;
};

export const addPersonAs = async (
  db: Db,
  who: Account,
  directory: Directory,
  person: NewPerson,
  now: Date,
): Promise<number> => {
  requireAdminOf(who, person.unit, directory);
  return addPerson(db, person, now);
};

export const listPeople = async (db: Db, who: Account, { tree, accounts }: Directory): Promise<Person[]> => {
  const contacts = await db
    .selectFrom('writer')
    .select(({ fn }) => ['account', fn.max('last_contact').as('last')])
    .groupBy('account')
    .execute();
  const lastOf = new Map(contacts.map(({ account, last }) => [account, last]));
  return [...accounts.values()]
    .filter((account) => isWithin(tree, account.unit, who.unit))
    .map(({ account, login, name, role, unit, active, restricted }) => ({
      id: account,
      login,
      name,
      role,
      unit,
      active,
      restricted: restricted === true,
      lastContact: lastOf.get(account) ?? null,
    }));
};

/** Gives a person a new PIN or another right, or closes or reopens her account. Each ends her sessions; unsent work may still be handed in. */
export const changePerson = async (
  db: Db,
  who: Account,
  directory: Directory,
  id: number,
  change: PersonChange,
): Promise<void> => {
  const person = directory.accounts.get(id);
  if (person === undefined) throw new Problem('P_NOT_FOUND');
  requireAdminOf(who, person.unit, directory);
  if (change.active === false && id === who.account) throw new Problem('P_BAD_REQUEST', { at: 'active' });
  const set = {
    ...(change.pin === undefined ? {} : { pin_hash: await hashPin(change.pin) }),
    ...(change.active === undefined ? {} : { active: change.active ? 1 : 0 }),
    ...(change.restricted === undefined ? {} : { restricted: change.restricted ? 1 : 0 }),
  };
  if (Object.keys(set).length === 0) return;
  await db.transaction().execute(async (tx) => {
    await tx.updateTable('account').set(set).where('id', '=', id).execute();
    await tx.deleteFrom('session').where('account', '=', id).execute();
    await touchDirectory(tx);
  });
};

/** A person changes her own PIN; she must know the old one. Her sessions elsewhere end. */
export const changeOwnPin = async (
  db: Db,
  who: Account,
  pins: { old: string; new: string },
  session: string,
): Promise<void> => {
  const { pin_hash } = await db
    .selectFrom('account')
    .select('pin_hash')
    .where('id', '=', who.account)
    .executeTakeFirstOrThrow();
  if (!(await isPin(pins.old, pin_hash))) throw new Problem('P_WRONG_PIN');
  await db
    .updateTable('account')
    .set({ pin_hash: await hashPin(pins.new) })
    .where('id', '=', who.account)
    .execute();
  await db
    .deleteFrom('session')
    .where('account', '=', who.account)
    .where('token_hash', '!=', hashSecret(session))
    .execute();
};
