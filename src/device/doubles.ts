import type { RecordState } from '../domain/change.ts';
import { isDouble } from '../domain/records/double.ts';
import { kinds } from '../domain/records/kinds.ts';
import type { Device } from './device.ts';
import { openAll } from './listed.ts';
import type { Listed } from './listed.ts';

type Written = Pick<RecordState, 'kind' | 'unit' | 'fields'> & { readonly id: string | null };

/** The records on this phone that may be the same thing as this one, in its unit and in others. */
export const readDoubles = async (device: Device, record: Written): Promise<Listed[]> => {
  const { id, kind, fields } = record;
  const day = fields[kinds[kind].startDate ?? ''];
  if (typeof day !== 'string') return [];
  const rows = await device.store.record.where('[kind+date]').equals([kind, day]).toArray();
  const others = rows.filter((row) => row.id !== id && row.state !== 'void');
  return (await openAll(device, others)).filter(({ record: other }) => isDouble(record, other));
};
