import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { recordId } from '../../src/domain/record-id.ts';
import { NotPacked, pack, unpack } from '../../src/protocol/pack.ts';
import { packRequest, packResponse, unpackRequest, unpackResponse } from '../../src/protocol/packed-sync.ts';
import type { SyncRequest } from '../../src/protocol/sync-request.ts';
import { activity } from '../support/activity.ts';

const travelled = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

const id = fc
  .tuple(fc.integer({ min: 1, max: 99 }), fc.integer({ min: 1, max: 9_000 }))
  .map(([w, n]) => recordId(w, n));
const day = fc
  .integer({ min: 0, max: 40_000 })
  .map((n) => new Date(n * 86_400_000).toISOString().slice(0, 10));
const moment = fc.integer({ min: 0, max: 2e12 }).map((ms) => new Date(ms).toISOString());
const inner = fc.record({ n: fc.integer(), at: moment, of: fc.option(id) }, { requiredKeys: ['n'] });
const cell = fc.oneof(
  id,
  day,
  moment,
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.boolean(),
  fc.constant(null),
  fc.string(),
  fc.constantFrom('2019-02-30', '1.650', '', 'Đã duyệt', '2019-12-31T25:00:00.000Z'),
  fc.array(fc.string(), { maxLength: 3 }),
  fc.array(inner, { maxLength: 3 }),
  inner,
  fc.jsonValue({ maxDepth: 2 }),
);
const names = ['seq', 'record', 'made', 'patch', 'events', 'note', 'toString', 'constructor'];
/** Rows as they come: each column mostly of one sort, sometimes not there, sometimes of another sort. */
const rows = fc
  .tuple(fc.integer({ min: 0, max: 12 }), fc.array(fc.constantFrom(...names), { maxLength: 5 }))
  .chain(([n, keys]) =>
    fc.array(
      fc.record(Object.fromEntries([...new Set(keys)].map((key) => [key, cell])), { requiredKeys: [] }),
      { minLength: n, maxLength: n },
    ),
  );
const alike = fc
  .tuple(
    fc.constantFrom<fc.Arbitrary<unknown>[]>(
      id,
      day,
      moment,
      fc.nat(),
      inner,
      fc.array(inner),
      fc.constantFrom('a', 'b'),
    ),
    fc.nat({ max: 9 }),
  )
  .chain(([sort, n]) => fc.array(fc.record({ x: fc.option(sort) }), { minLength: n, maxLength: n }));

describe('packing', () => {
  test('whatever goes in comes out', () => {
    fc.assert(
      fc.property(fc.oneof(rows, alike), (plain) => {
        expect(unpack(travelled(pack(plain)), 20)).toEqual(travelled(plain));
      }),
      { numRuns: 2000 },
    );
  });
  test('what is no table is refused and nothing worse', () => {
    const broken = fc.tuple(alike, fc.nat(), fc.jsonValue()).map(([plain, at, junk]) => {
      const text = JSON.stringify(pack(plain));
      const place = at % text.length;
      return `${text.slice(0, place)}${JSON.stringify(junk)}${text.slice(place + 1)}`;
    });
    fc.assert(
      fc.property(fc.oneof(broken, fc.json()), (text) => {
        try {
          unpack(JSON.parse(text), 1000);
        } catch (error) {
          if (!(error instanceof SyntaxError)) expect(error).toBeInstanceOf(NotPacked);
        }
      }),
      { numRuns: 3000 },
    );
  });
  test('a few bytes do not become many', () => {
    const column = [0, 0, 'x'.repeat(10_000)];
    for (const table of [
      [1e9, {}],
      [1000, { a: column }],
      [1, { a: [[[1e9, 0]], 1, []] }],
    ])
      expect(() => unpack(table, 1e6)).toThrow(NotPacked);
    expect(() => unpack(pack([{ a: 1 }, { a: 2 }]), 1)).toThrow(NotPacked);
  });
  test('a hundred activities take less than a third of their JSON, also gzipped by nobody', () => {
    const plain = Array.from({ length: 100 }, (_, i) => ({
      seq: i + 1,
      record: recordId(7, i + 1),
      made: new Date(1.5e12 + i * 86_400_123).toISOString(),
      patch: activity({ participants_male: i, participants_total: 43 + i }),
    }));
    expect(JSON.stringify(pack(plain)).length).toBeLessThan(JSON.stringify(plain).length / 3);
  });
});

describe('a sync in columns', () => {
  const request: SyncRequest = {
    v: 2,
    schema: 2,
    epoch: 'e',
    cursor: { 3: 17, 12: 4 },
    since: { 3: 17 },
    scope: null,
    page: 50,
    changes: [{ seq: 1, record: recordId(1, 1), base: 0, made: '2019-12-31T12:00:00.000Z', do: 'approve' }],
    now: '2019-12-31T12:00:00.000Z',
  };
  test('says what a plain one says', () => {
    expect(unpackRequest(travelled(packRequest(request)))).toEqual(request);
    const quiet = { ...request, since: request.cursor, changes: [] };
    expect(unpackRequest(travelled(packRequest(quiet)))).toEqual(quiet);
    const answer = {
      v: 2,
      epoch: 'e',
      now: request.now,
      upto: 1,
      verdicts: [],
      cursor: { 3: 18 },
      drop: [],
      records: [],
      more: false,
      signIn: false,
      scope: null,
    };
    expect(unpackResponse(travelled(packResponse(2, answer)))).toEqual(answer);
    expect(unpackResponse(travelled(packResponse(1, answer)))).toEqual(answer);
  });
});
