import { createHash } from 'node:crypto';
import { digestLength, sortedJson } from '../../protocol/sorted-json.ts';

export const digestOfText = (text: string): string =>
  createHash('sha256').update(text).digest('base64url').slice(0, digestLength);

/** A change's fingerprint, the same whatever the order of its keys: tells a repeat from a second change under one number. */
export const digestOf = (change: unknown): string => digestOfText(sortedJson(change));
