import type { Change } from '../../domain/change.ts';
import { toWire } from '../../protocol/change.ts';
import { sortedJson } from '../../protocol/sorted-json.ts';
import type { SyncResponse } from '../../protocol/sync-response.ts';
import { readMeta } from '../device.ts';
import type { Device } from '../device.ts';
import { openChange } from '../store/record-box.ts';
import { digestOfText } from './digest.ts';
import { confirmed } from './start-over.ts';

/**
 * Changes that were sent without an answer: the server may have some of them, for it takes in what arrives before a
 * cut. It is asked for what it has, and what it tells of is not sent again.
 */

/** Whether more than a few changes were sent without an answer. */
export const isUnsure = async (device: Device, few: number): Promise<boolean> =>
  ((await readMeta(device.store, 'sentUpto')) ?? 0) - (await confirmed(device)) > few;

/**
 * The changes that an answer decides besides those that were sent with it. Null when they are not this store's: it was
 * copied, and the other one has used its numbers.
 */
export const recalledIn = async (
  device: Device,
  sent: readonly Change[],
  { upto, recalled }: SyncResponse,
): Promise<Change[] | null> => {
  if (recalled === undefined) return [];
  const above = sent.at(-1)?.seq ?? 0;
  const rows = await device.store.outbox.where('seq').between(above, upto, false, true).sortBy('seq');
  const changes = await Promise.all(rows.map((row) => openChange(device, row)));
  const digests = await Promise.all(changes.map((change) => digestOfText(sortedJson(toWire(change)))));
  return (await digestOfText(digests.join(''))) === recalled ? changes : null;
};
