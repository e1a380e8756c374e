import { expect, test } from 'vitest';
import { activity } from '../support/activity.ts';
import { testPhone } from '../support/phone.ts';
import { testServer } from '../support/server.ts';
import { readSealedMeta } from '../../src/device/device.ts';
import type { Phones } from '../../src/protocol/phones.ts';
import { schemaVersion } from '../../src/protocol/version.ts';
import { save } from '../../src/device/save.ts';
import { touchDirectory } from '../../src/server/units/directory.ts';
import { newRecordId } from '../../src/device/drafts.ts';

test('an officer sees which phones of her units are silent, old or hold something refused, and no others', async () => {
  const server = await testServer();
  const [xa1, huyen1, huyen2] = [
    await testPhone(server, 'xa1'),
    await testPhone(server, 'huyen1'),
    await testPhone(server, 'huyen2'),
  ];
  await xa1.write(activity());
  await server.db.updateTable('account').set({ unit: 'c2' }).where('login', '=', 'xa1').execute();
  await touchDirectory(server.db);
  await xa1.sync();
  await huyen1.sync();
  const ask = async ({ device }: typeof xa1): Promise<Response> => {
    const keys = await readSealedMeta(device, 'keys');
    return server.app.request('/api/v1/phones', {
      headers: { Authorization: `Bearer ${keys?.session ?? ''}` },
    });
  };
  const seen = async (phone: typeof xa1): Promise<Phones> =>
    ((await (await ask(phone)).json()) as { phones: Phones }).phones;
  expect((await seen(huyen1)).map(({ writer, old, refused }) => ({ writer, old, refused }))).toEqual(
    expect.arrayContaining([{ writer: xa1.device.writer, old: false, refused: 1 }]),
  );
  expect((await seen(huyen2)).map(({ writer }) => writer)).not.toContain(xa1.device.writer);
  expect((await ask(xa1)).status, 'a collaborator sees no phones').toBe(403);
  const noted = await server.db
    .selectFrom('writer')
    .select('schema')
    .where('id', '=', xa1.device.writer)
    .executeTakeFirst();
  expect(noted?.schema).toBe(schemaVersion);
  await server.db.updateTable('writer').set({ schema: 1 }).where('id', '=', xa1.device.writer).execute();
  expect((await seen(huyen1)).find(({ writer }) => writer === xa1.device.writer)?.old).toBe(true);
});

test('a phone from before plans is told nothing of them, and reads them once it is renewed', async () => {
  const server = await testServer();
  const [xa1, colleague] = [await testPhone(server, 'xa1'), await testPhone(server, 'xa1b')];
  const plan = await newRecordId(xa1.device);
  const patch = {
    title: 'Phát thanh trên loa xã',
    start_date: '2019-11-15',
    end_date: '2019-12-15',
    campaign_year: 2019,
    quantity: 1,
    host_org: 'ubnd_xa',
    task_codes: ['II.1.a'],
  };
  await save(xa1.device, plan, { do: 'save', kind: 'plan', unit: xa1.me.unit, patch });
  const work = await xa1.write(activity());
  await xa1.sync();
  const keys = await readSealedMeta(colleague.device, 'keys');
  const ask = async (schema: number): Promise<string[]> => {
    const answer = await server.app.request('/api/v1/sync', {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        'X-Writer': keys?.credential ?? '',
        Authorization: `Bearer ${keys?.session ?? ''}`,
      },
      body: JSON.stringify({
        v: 1,
        schema,
        epoch: null,
        cursor: {},
        scope: null,
        changes: [],
        now: new Date().toISOString(),
      }),
    });
    return ((await answer.json()) as { records: { id: string }[] }).records.map(({ id }) => id);
  };
  expect(await ask(2)).toEqual([work]);
  expect(await ask(3)).toEqual([plan, work]);
});
