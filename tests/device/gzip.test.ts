import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { gzip } from '../../src/device/sync/gzip.ts';

test.each(['', 'Bình đẳng giới', 'Nói chuyện chuyên đề, lần thứ hai. '.repeat(20_000)])(
  'a zipped text is itself again (%#)',
  async (text) => {
    expect(gunzipSync(new Uint8Array(await gzip(text))).toString('utf8')).toBe(text);
  },
);
