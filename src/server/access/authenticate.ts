import { Problem } from '../../domain/problem.ts';
import type { Db } from '../sql/open.ts';
import type { Account, DirectoryHolder } from '../units/directory.ts';
import { hashSecret } from './secret.ts';
import { writerByCredential } from './sign-in.ts';

type Headers = { readonly session: string | undefined; readonly writer: string | undefined };

/** The person behind a session token and the writer it was given to, or nothing when it has ended or her account is closed. */
const bySession = async (
  db: Db,
  directory: DirectoryHolder,
  token: string | undefined,
  now: Date,
): Promise<{ readonly writer: number; readonly reader: Account } | undefined> => {
  if (token === undefined) return undefined;
  const row = await db
    .selectFrom('session')
    .select(['account', 'writer'])
    .where('token_hash', '=', hashSecret(token))
    .where('expires_at', '>', now.toISOString())
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const reader = (await directory.get()).accounts.get(row.account);
  return reader?.active ? { writer: row.writer, reader } : undefined;
};

/** Who is speaking, for everything but a sync: a session is needed. */
export const requireSession = async (
  db: Db,
  directory: DirectoryHolder,
  headers: Headers,
  now: Date,
): Promise<Account> => (await requireReader(db, directory, headers, now)).reader;

/** Who asks on which phone, by the session alone. */
export const requireReader = async (
  db: Db,
  directory: DirectoryHolder,
  headers: Headers,
  now: Date,
): Promise<{ readonly writer: number; readonly reader: Account }> => {
  const found = await bySession(db, directory, headers.session, now);
  if (found === undefined) throw new Problem('P_SIGN_IN');
  return found;
};

/**
 * Who hands in, and whether she may read. The writer's credential alone hands in: a session that has ended, or an
 * account that was closed, never costs work that lies on a phone.
 */
export const requireWriter = async (
  db: Db,
  directory: DirectoryHolder,
  headers: Headers,
  now: Date,
): Promise<{ writer: number; author: Account; reader: Account | null }> => {
  const writer = headers.writer === undefined ? undefined : await writerByCredential(db, headers.writer);
  if (writer === undefined) throw new Problem('P_SIGN_IN');
  const author = (await directory.get()).accounts.get(writer.account);
  if (author === undefined) throw new Problem('P_SIGN_IN');
  const reader = (await bySession(db, directory, headers.session, now))?.reader;
  if (reader !== undefined && reader.account !== author.account) throw new Problem('P_NOT_YOURS');
  return { writer: writer.id, author, reader: reader ?? null };
};
