import { gzip } from '../../../src/device/sync/gzip.ts';
import { recordId } from '../../../src/domain/record-id.ts';
import type { Values } from '../../../src/domain/records/field.ts';
import { pack } from '../../../src/protocol/pack.ts';

/** Packs and zips changes as a push at 50 kbit/s would, a request at a time. */

const atOnce = 140;

const run = async (all: readonly Values[]): Promise<{ total: number; longest: number }> => {
  const changes = all.map((patch, i) => ({
    seq: i + 1,
    record: recordId(1, i + 1),
    base: 0,
    made: new Date(1.577e12 + i * 3_600_123).toISOString(),
    do: 'save',
    kind: 'activity',
    unit: 'c',
    patch,
  }));
  let total = 0;
  let longest = 0;
  for (let at = 0; at < changes.length; at += atOnce) {
    const start = performance.now();
    const text = JSON.stringify(pack(changes.slice(at, at + atOnce)));
    longest = Math.max(longest, performance.now() - start);
    await gzip(text);
    total += performance.now() - start;
  }
  return { total, longest };
};

(globalThis as unknown as { run: typeof run }).run = run;
