import { sortedJson } from './sorted-json.ts';
import { wireVersion } from './version.ts';

/** Where a phone and its server stand when neither has news for the other: what is confirmed, and how far each feed goes. */
export type Standing = {
  readonly epoch: string;
  readonly scope: string;
  readonly upto: number;
  readonly cursor: Readonly<Record<string, number>>;
};

/**
 * `GET /api/v1/sync?as=…&kept=…`: whether anything is new since this phone was last answered, by the digest of this text.
 * 204 says that nothing is; every other answer, that it has to be asked in full.
 */
export const standingText = ({ epoch, scope, upto, cursor }: Standing): string =>
  sortedJson({ v: wireVersion, epoch, scope, upto, cursor });
