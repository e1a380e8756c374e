import { Dexie } from 'dexie';
import { expect, test } from 'vitest';
import { readMeta } from '../../src/device/device.ts';
import { openStore } from '../../src/device/store/store.ts';

test('a store of the first version goes on counting: its changes where they were, its rows anew', async () => {
  const old = new Dexie('binh-dang-777777');
  old.version(1).stores({
    record: 'id, [kind+date], [kind+touched], [kind+state+date], [state+date], feed, pending',
    outbox: 'seq, record',
    draft: 'id, updated',
    notice: 'seq, record',
    meta: 'key',
  });
  await old.table('record').bulkPut([
    { id: 'a', stamp: 5, kind: 'activity', date: '2019-01-01' },
    { id: 'b', stamp: 5, kind: 'activity', date: '2019-01-02' },
  ]);
  await old.table('meta').put({ key: 'nextSeq', value: 8 });
  old.close();
  const store = openStore(777_777);
  expect(await readMeta(store, 'counters')).toEqual({ seq: 7, stamp: 2 });
  const stamps = (await store.record.toArray()).map(({ stamp }) => stamp);
  expect([...stamps].sort()).toEqual([1, 2]);
  store.close();
});
