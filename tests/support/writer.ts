import type { Db } from '../../src/server/sql/open.ts';

/** A phone of an account, as signing in would have made it; returns its number. */
export const addWriter = async (db: Db, account: number, credentialHash = ''): Promise<number> => {
  const { id } = await db
    .insertInto('writer')
    .values({
      account,
      credential_hash: credentialHash,
      device: 'test',
      last_seq: 0,
      created_at: '',
      last_contact: null,
      revoked: 0,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
};
