const ordered = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, ordered(inner)]));
};

/** JSON with the keys in order: the same for a change however its keys were written. What a digest is made of. */
export const sortedJson = (value: unknown): string => JSON.stringify(ordered(value));

/** So many characters of a SHA-256 in base64url tell one change from another. */
export const digestLength = 22;
