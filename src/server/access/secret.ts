import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';

/** A random secret for a session or a writer: 128 bits, shown once, kept only as a hash. It travels with every sync, so it is no longer. */
export const newSecret = (): string => randomBytes(16).toString('base64url');

export const hashSecret = (secret: string): string => createHash('sha256').update(secret).digest('base64url');

export const isSecret = (secret: string, hashed: string): boolean => {
  const a = Buffer.from(hashSecret(secret));
  const b = Buffer.from(hashed);
  return a.length === b.length && timingSafeEqual(a, b);
};

/** Argon2id, 19 MiB and two passes: the floor of OWASP's password storage sheet. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export const hashPin = (pin: string): Promise<string> => hash(pin, cost);

export const isPin = (pin: string, hashed: string): Promise<boolean> => verify(hashed, pin);
