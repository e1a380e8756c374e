import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';

/** A random secret for a session: 128 bits, shown once, kept only as a hash. It travels with every sync, so it is no longer. */
export const newSecret = (): string => randomBytes(16).toString('base64url');

export const hashSecret = (secret: string): string => createHash('sha256').update(secret).digest('base64url');

export const isSecret = (secret: string, hashed: string): boolean => isSame(hashSecret(secret), hashed);

const isSame = (one: string, other: string): boolean => {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
};

const randomPart = 10;

/**
 * A secret for a writer that shows whom it was given to, also to a server that has forgotten: 80 bits by chance and a
 * seal of 48 over what it is for, in the same length. Guessing at the seal costs a sign-in each.
 */
export const newSealedSecret = (key: string, what: string): string =>
  sealed(key, what, randomBytes(randomPart));

/** Whether a secret was given for this, by a server with this key. */
export const isSealedFor = (key: string, what: string, secret: string): boolean =>
  isSame(secret, sealed(key, what, Buffer.from(secret, 'base64url').subarray(0, randomPart)));

const sealed = (key: string, what: string, chance: Buffer): string => {
  const seal = createHmac('sha256', key).update(`${what}.`).update(chance).digest().subarray(0, 6);
  return Buffer.concat([chance, seal]).toString('base64url');
};

/** Argon2id, 19 MiB and two passes: the floor of OWASP's password storage sheet. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export const hashPin = (pin: string): Promise<string> => hash(pin, cost);

export const isPin = (pin: string, hashed: string): Promise<boolean> => verify(hashed, pin);
