import { expect, test } from 'vitest';
import { activity } from '../support/activity.ts';
import { clientOf, saving } from '../support/client.ts';
import { testServer } from '../support/server.ts';

test('a server counts its own changes, beside what the process costs', async () => {
  const [server, other] = [await testServer(), await testServer()];
  const xa = await clientOf(server, 'xa1');
  await xa.sync([saving(xa, 1, activity())]);
  const told = async ({ app }: typeof server): Promise<string> => (await app.request('/metrics')).text();
  expect(await told(server)).toContain('changes_total{outcome="applied"} 1');
  expect(await told(server)).toContain('process_resident_memory_bytes');
  expect(await told(other)).not.toContain('changes_total{outcome="applied"}');
});
