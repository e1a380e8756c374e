import type { RecordState } from '../domain/change.ts';
import { isEmpty } from '../domain/records/field.ts';
import type { Values } from '../domain/records/field.ts';
import { kinds } from '../domain/records/kinds.ts';
import type { Kind } from '../domain/records/kinds.ts';
import { fold } from '../domain/typed/fold.ts';
import { readSealedMeta } from './device.ts';
import type { Device } from './device.ts';
import { readDoubles } from './doubles.ts';
import { latestFirst } from './latest.ts';
import { openRecord } from './store/record-box.ts';

/** What a person usually enters, from her unit's latest records on this phone. */

const lookedAt = 60;
const offered = 3;

const latest = async (device: Device, kind: Kind): Promise<RecordState[]> => {
  const scope = await readSealedMeta(device, 'scope');
  const rows = await latestFirst(device, lookedAt, async (from, before) => {
    const span = device.store.record.where('[kind+date]').between([kind, from], [kind, before]);
    return (await span.toArray()).filter((row) => row.unit === scope?.me.unit && row.state !== 'void');
  });
  return Promise.all(rows.map(async (row) => (await openRecord(device, row)).view));
};

const byFrequency = <T>(values: readonly T[]): T[] => {
  const counts = new Map<T, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1]).map(([value]) => value);
};

/** For each field that is worth remembering, what was entered most often. */
export const readUsual = async (device: Device, kind: Kind): Promise<Record<string, unknown[]>> => {
  const records = await latest(device, kind);
  return Object.fromEntries(
    Object.entries(kinds[kind].fields)
      .filter(([, field]) => field.remember)
      .map(([name]) => {
        const values = records.map(({ fields }) => fields[name]).filter((value) => !isEmpty(value));
        return [name, byFrequency(values).slice(0, offered)];
      }),
  );
};

/** Something that is entered again and again: its latest record, to begin the next one from. */
export type Again = { readonly id: string; readonly kind: Kind; readonly title: string };

/** What was entered most often of late, by its form and name. */
export const readAgain = async (device: Device): Promise<Again[]> => {
  const records = (
    await Promise.all((['activity', 'training'] as const).map((k) => latest(device, k)))
  ).flat();
  const groups = new Map<string, RecordState[]>();
  for (const record of records) {
    const key = `${record.kind} ${String(record.fields['form'] ?? '')} ${fold(titleOf(record))}`;
    groups.set(key, [...(groups.get(key) ?? []), record]);
  }
  return [...groups.values()]
    .sort((a, b) => b.length - a.length)
    .slice(0, offered)
    .map(([first]) => {
      const record = first as RecordState;
      return { id: record.id, kind: record.kind, title: titleOf(record) };
    });
};

const titleOf = ({ kind, fields }: RecordState): string => String(fields[kinds[kind].title ?? ''] ?? '');

/** Whether the same thing is written down already in her unit: the same day, name and form. */
export const hasDouble = async (
  device: Device,
  kind: Kind,
  values: Values,
  id: string | null,
): Promise<boolean> => {
  const scope = await readSealedMeta(device, 'scope');
  const unit = scope?.me.unit ?? '';
  const doubles = await readDoubles(device, { id, kind, unit, fields: values });
  return doubles.some(({ record }) => record.unit === unit);
};
