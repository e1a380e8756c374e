import { createHash } from 'node:crypto';

const ordered = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, ordered(inner)]));
};

/** A change's fingerprint, the same whatever the order of its keys: tells a repeat from a second change under one number. */
export const digestOf = (change: unknown): string =>
  createHash('sha256')
    .update(JSON.stringify(ordered(change)))
    .digest('base64url')
    .slice(0, 22);
