import type { Deed } from '../domain/change.ts';
import { timesCarriedOut } from '../domain/report/board.ts';
import { readFacts } from './board.ts';
import type { Device } from './device.ts';
import { newRecordId } from './drafts.ts';
import { openAll } from './listed.ts';
import type { Listed } from './listed.ts';
import type { Doing } from './save.ts';

export type PlanItem = Listed & { readonly carriedOut: number };

/** A unit's plan of a year in the order of its days, each line with how often it was carried out. */
export const readPlan = async (device: Device, unit: string, year: number): Promise<PlanItem[]> => {
  const rows = await device.store.record
    .where('[kind+date]')
    .between(['plan', `${year}-01-01`], ['plan', `${year}-12-31`], true, true)
    .and((row) => row.unit === unit && row.state !== 'void')
    .toArray();
  // What counts of all records is a lot to open for nothing.
  if (rows.length === 0) return [];
  const times = timesCarriedOut(await readFacts(device));
  const listed = await openAll(device, rows);
  return listed.map((item) => ({ ...item, carriedOut: times.get(item.record.id) ?? 0 }));
};

/** A year later; the last of February where there is no 29th. */
const yearLater = (day: unknown): unknown =>
  typeof day === 'string' ? `${Number(day.slice(0, 4)) + 1}${day.slice(4).replace('-02-29', '-02-28')}` : day;

/** The lines of a plan as new lines of the year after, ready to be saved. */
export const planAgain = async (device: Device, items: readonly PlanItem[]): Promise<Doing[]> => {
  const doings: Doing[] = [];
  for (const { record } of items) {
    const { start_date, end_date, campaign_year } = record.fields;
    const deed: Deed = {
      do: 'save',
      kind: 'plan',
      unit: record.unit,
      patch: {
        ...record.fields,
        start_date: yearLater(start_date),
        end_date: yearLater(end_date),
        campaign_year: typeof campaign_year === 'number' ? campaign_year + 1 : null,
      },
    };
    doings.push({ record: await newRecordId(device), deed });
  }
  return doings;
};
