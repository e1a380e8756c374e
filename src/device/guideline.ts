import { Dexie } from 'dexie';
import type { RecordState } from '../domain/change.ts';
import type { Guideline } from '../domain/records/guideline.ts';
import type { Device } from './device.ts';
import { openAll } from './listed.ts';

export type HeldGuideline = { readonly record: RecordState; readonly guideline: Guideline };

/** The guideline that the province published for a year, as this phone has it; null where there is none. */
export const readGuideline = async (device: Device, year: number): Promise<HeldGuideline | null> => {
  const rows = await device.store.record
    .where('[kind+date]')
    .between(['guideline', Dexie.minKey], ['guideline', Dexie.maxKey])
    .and(({ state }) => state !== 'void')
    .toArray();
  const all = (await openAll(device, rows)).filter(({ record }) => record.fields['year'] === year);
  // Should two have been published, the one that was written last holds.
  const [latest] = all.sort((a, b) => b.record.rev - a.record.rev);
  return latest === undefined
    ? null
    : { record: latest.record, guideline: latest.record.fields as unknown as Guideline };
};
