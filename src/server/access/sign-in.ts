import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { Problem } from '../../domain/problem.ts';
import type { SignInRequest, SignInResponse } from '../../protocol/sign-in.ts';
import { getMeta } from '../sql/open.ts';
import type { Db } from '../sql/open.ts';
import type { DirectoryHolder } from '../units/directory.ts';
import { scopeOf } from '../units/scope.ts';
import { hashPin, hashSecret, isPin, isSealedFor, isSecret, newSealedSecret, newSecret } from './secret.ts';

export type SignInParts = {
  readonly db: Db;
  readonly directory: DirectoryHolder;
  readonly now: () => Date;
  readonly guard: SignInGuard;
  readonly demo: boolean;
};

const sessionDays = 60;

/**
 * Five wrong PINs in a quarter of an hour for a login from one address, and one waits; thirty for a login from
 * anywhere, or fifty from one address. So a stranger cannot lock a person out with a handful of tries.
 */
export type SignInGuard = Readonly<Record<'byBoth' | 'byLogin' | 'byAddress' | 'bySync', RateLimiterMemory>>;

export const signInGuard = (): SignInGuard => ({
  byBoth: new RateLimiterMemory({ points: 5, duration: 900 }),
  byLogin: new RateLimiterMemory({ points: 30, duration: 900 }),
  byAddress: new RateLimiterMemory({ points: 50, duration: 900 }),
  // A phone with a long queue makes many requests in a row; nothing honest makes this many.
  bySync: new RateLimiterMemory({ points: 600, duration: 60 }),
});

export const spend = async (limiter: RateLimiterMemory, key: string): Promise<void> => {
  try {
    await limiter.consume(key);
  } catch (limit) {
    if (!(limit instanceof RateLimiterRes)) throw limit;
    throw new Problem('P_TOO_MANY', { seconds: Math.ceil(limit.msBeforeNext / 1000) });
  }
};

// Verified when a login is unknown, so that the time of the answer does not tell which logins exist.
const decoy = hashPin('000000');

/** Signs a person in on a device; gives it a writer number of its own unless it shows that it has one. */
export const signIn = async (
  parts: SignInParts,
  request: SignInRequest,
  address: string,
): Promise<SignInResponse> => {
  const { db, now, guard } = parts;
  const login = request.login.trim().toLowerCase();
  await spend(guard.byAddress, address);
  await spend(guard.byLogin, login);
  await spend(guard.byBoth, `${login} ${address}`);
  const row = await db
    .selectFrom('account')
    .select(['id', 'pin_hash', 'active'])
    .where('login', '=', login)
    .executeTakeFirst();
  const right = await isPin(request.pin, row?.pin_hash ?? (await decoy));
  if (row === undefined || !right || row.active !== 1) throw new Problem('P_WRONG_PIN');
  await guard.byBoth.delete(`${login} ${address}`);
  await guard.byLogin.reward(login, 1);
  await guard.byAddress.reward(address, 1);
  await db.deleteFrom('session').where('expires_at', '<', now().toISOString()).execute();

  const directory = await parts.directory.get();
  const account = directory.accounts.get(row.id);
  if (account === undefined) throw new Problem('P_WRONG_PIN');
  const writer =
    (await knownWriter(db, row.id, request.writer)) ??
    (await lostWriter(parts, row.id, request)) ??
    (await newWriter(parts, row.id, request.device));
  await db
    .updateTable('writer')
    .set({ last_contact: now().toISOString() })
    .where('id', '=', writer.number)
    .execute();
  const session = newSecret();
  const expires = new Date(now().getTime() + sessionDays * 86_400_000).toISOString();
  await db
    .insertInto('session')
    .values({ token_hash: hashSecret(session), account: row.id, writer: writer.number, expires_at: expires })
    .execute();
  const epoch = (await getMeta(db, 'epoch')) ?? '';
  return {
    session,
    writer,
    epoch,
    now: now().toISOString(),
    demo: parts.demo,
    scope: scopeOf(account, directory),
  };
};

type WriterKey = SignInResponse['writer'];

const newWriter = async (parts: SignInParts, account: number, device: string): Promise<WriterKey> =>
  parts.db.transaction().execute(async (tx) => {
    // Its secret is sealed to its number, which is known when it stands there.
    const { id } = await tx
      .insertInto('writer')
      .values(writerRow(parts, account, device, ''))
      .returning('id')
      .executeTakeFirstOrThrow();
    const secret = newSealedSecret(await sealingKey(tx), sealedTo(id, account));
    await tx
      .updateTable('writer')
      .set({ credential_hash: hashSecret(secret) })
      .where('id', '=', id)
      .execute();
    return { number: id, credential: `${id}.${secret}` };
  });

const writerRow = ({ now }: SignInParts, account: number, device: string, credential_hash: string) => ({
  account,
  credential_hash,
  device,
  last_seq: 0,
  created_at: now().toISOString(),
  last_contact: null,
  revoked: 0,
});

const sealedTo = (number: number, account: number): string => `${number}.${account}`;

/** The key of the seals lies in the database, so that a copy of it knows the numbers that were given after it was made. */
const sealingKey = async (db: Db): Promise<string> => {
  const key = await getMeta(db, 'seal');
  // With a key that anybody knows everybody could have any number.
  if (key === undefined) throw new Error('the database has no key for seals');
  return key;
};

/**
 * The number of a phone that signed in for the first time after the copy was made that was put back: she shows that it was given
 * to her, and nobody has it. She keeps it, for under another she could hand in nothing of what lies in that phone's store.
 */
const lostWriter = async (
  parts: SignInParts,
  account: number,
  { writer: credential, device }: SignInRequest,
): Promise<WriterKey | undefined> => {
  if (credential === null) return undefined;
  const [number, secret] = splitCredential(credential);
  if (!isSealedFor(await sealingKey(parts.db), sealedTo(number, account), secret)) return undefined;
  const row = await parts.db
    .insertInto('writer')
    .values({ id: number, ...writerRow(parts, account, device, hashSecret(secret)) })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  return row && { number, credential };
};

const splitCredential = (credential: string): [number, string] => {
  const dot = credential.indexOf('.');
  return dot < 1 ? [NaN, ''] : [Number(credential.slice(0, dot)), credential.slice(dot + 1)];
};

/** The writer a credential belongs to, if it is sound and not revoked. */
export const writerByCredential = async (
  db: Db,
  credential: string,
): Promise<{ id: number; account: number } | undefined> => {
  const [id, secret] = splitCredential(credential);
  if (!Number.isSafeInteger(id)) return undefined;
  const row = await db
    .selectFrom('writer')
    .select(['id', 'account', 'credential_hash'])
    .where('id', '=', id)
    .where('revoked', '=', 0)
    .executeTakeFirst();
  return row !== undefined && isSecret(secret, row.credential_hash) ? row : undefined;
};

const knownWriter = async (
  db: Db,
  account: number,
  credential: string | null,
): Promise<WriterKey | undefined> => {
  if (credential === null) return undefined;
  const writer = await writerByCredential(db, credential);
  return writer?.account === account ? { number: writer.id, credential } : undefined;
};
