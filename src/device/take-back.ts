import { noCounters, readMeta, readSealedMeta, writeMeta } from './device.ts';
import type { Device } from './device.ts';
import { replay } from './predict.ts';
import { isOpenReport, isStill } from './save.ts';
import { boxRecord, openChange, openRecord, putRecords } from './store/record-box.ts';

/**
 * Takes back the changes that were made last, one to each of these records, as if they had never been: their numbers
 * are given out again. Only while no request has ever held them; false when it is too late for that, and nothing has
 * changed then.
 */
export const takeBack = async (device: Device, records: readonly string[]): Promise<boolean> => {
  const { store } = device;
  const scope = await readSealedMeta(device, 'scope');
  const last = await store.outbox.orderBy('seq').reverse().limit(records.length).toArray();
  const mine = new Set(records);
  const first = last.at(-1)?.seq ?? 0;
  if (scope === null || last.length !== mine.size || !last.every(({ record }) => mine.has(record)))
    return false;
  const steps = await Promise.all(
    last.map(async ({ record, seq }) => {
      const before = await store.record.get(record);
      if (before === undefined) return null;
      const { base } = await openRecord(device, before);
      const waiting = (await store.outbox.where('record').equals(record).sortBy('seq')).filter(
        (row) => row.seq !== seq,
      );
      const changes = await Promise.all(waiting.map((row) => openChange(device, row)));
      const view = replay(device, scope, base, changes, await isOpenReport(device, base));
      if (view === null) return null;
      const held = waiting.length === 0 ? { base: view, view } : { base, view };
      const about = { feed: before.feed, pending: waiting.length, unit: scope.me.unit };
      return { record, before, after: await boxRecord(device, held, about) };
    }),
  );
  const sound = steps.flatMap((step) => step ?? []);
  if (sound.length !== steps.length) return false;
  return store.transaction('rw', store.record, store.outbox, store.meta, async () => {
    const counters = (await readMeta(store, 'counters')) ?? noCounters;
    const sent = (await readMeta(store, 'sentUpto')) ?? 0;
    if (sent >= first || counters.seq !== last[0]?.seq) return false;
    for (const { record, before } of sound) if (!(await isStill(device, record, before))) return false;
    await store.outbox.bulkDelete(last.map(({ seq }) => seq));
    await putRecords(
      store,
      sound.map(({ after }) => after),
    );
    const now = (await readMeta(store, 'counters')) ?? noCounters;
    await writeMeta(store, 'counters', { ...now, seq: first - 1 });
    return true;
  });
};
