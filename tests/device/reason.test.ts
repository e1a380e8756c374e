import { describe, expect, test } from 'vitest';
import { reasonOf, reasons } from '../../src/device/sync/reason.ts';
import { problems } from '../../src/domain/problem.ts';

describe('what comes of an attempt without an answer', () => {
  test.each([
    [400, 'server', 'later'],
    [401, 'signIn', 'person'],
    [403, 'signIn', 'person'],
    [404, 'server', 'later'],
    [409, 'forked', 'person'],
    [413, 'server', 'later'],
    [426, 'version', 'person'],
    [429, 'busy', 'later'],
    [500, 'server', 'later'],
    [502, 'server', 'later'],
    [503, 'busy', 'later'],
    [511, 'server', 'later'],
  ] as const)('%i: %s, %s', (status, reason, next) => {
    expect(reasonOf(status)).toBe(reason);
    expect(reasons[reason]).toBe(next);
  });
  test('every problem that the server can name leads somewhere', () => {
    for (const status of Object.values(problems)) expect(reasons).toHaveProperty(reasonOf(status));
  });
});
