import { expect, test } from 'vitest';
import { readDoubles } from '../../src/device/doubles.ts';
import { activity } from '../support/activity.ts';
import { testPhone } from '../support/phone.ts';
import { testServer } from '../support/server.ts';

test('the same thing of two communes is pointed out to the officer when place and people are the same too', async () => {
  const server = await testServer();
  const [first, second] = [await testPhone(server, 'xa1'), await testPhone(server, 'xa2')];
  const officer = await testPhone(server, 'huyen1');
  const title = 'Nói chuyện chung của hai xã';
  const one = await first.write(activity({ title }));
  const other = await second.write(activity({ title: 'NÓI CHUYỆN CHUNG CỦA HAI XÃ' }));
  const elsewhere = await second.write(activity({ title, venue: 'Hội trường xã khác' }));
  for (const phone of [first, second, officer]) await phone.sync();
  const doubles = async (id: string) => {
    const record = await officer.view(id);
    return record === null ? [] : (await readDoubles(officer.device, record)).map((found) => found.record.id);
  };
  expect(await doubles(one)).toEqual([other]);
  expect(await doubles(elsewhere), 'in its own unit the name and the day are enough').toEqual([other]);
});
