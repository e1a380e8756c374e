import { Dexie } from 'dexie';
import { describe, expect, test } from 'vitest';
import { isFullDisk } from '../../src/app/full-disk.ts';
import { openStore } from '../../src/device/store/store.ts';

const full = new DOMException('no room', 'QuotaExceededError');

describe('that a disk is full is seen', () => {
  test('in what a browser says', () => expect(isFullDisk(full)).toBe(true));
  test('through Dexie, of one row and of several', async () => {
    const store = openStore(77);
    store.use({
      stack: 'dbcore',
      name: 'full',
      create: (core) => ({
        ...core,
        table: (name) => ({
          ...core.table(name),
          mutate: (request) =>
            request.type === 'put' && request.values.length > 1
              ? // So does a browser that refuses single rows.
                Promise.resolve({ numFailures: 1, failures: { 0: full }, results: [], lastResult: null })
              : Dexie.Promise.reject(full),
        }),
      }),
    });
    const row = { key: 'a', value: 1 };
    for (const work of [() => store.meta.put(row), () => store.meta.bulkPut([row, { key: 'b', value: 2 }])])
      expect(
        await work().then(
          () => null,
          (error: unknown) => isFullDisk(error),
        ),
      ).toBe(true);
    await store.delete();
  });
  test('and in nothing else', () => expect(isFullDisk(new DOMException('gone', 'AbortError'))).toBe(false));
});
