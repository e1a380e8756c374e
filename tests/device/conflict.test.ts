import { describe, expect, test } from 'vitest';
import { conflictsOf } from '../../src/domain/conflict.ts';
import { readConflicts, readOverview, readRecord } from '../../src/device/read.ts';
import { activity } from '../support/activity.ts';
import { testPhone } from '../support/phone.ts';
import { testServer } from '../support/server.ts';

/** Two of one commune change the title of one record without having seen each other's change. */
const twoWrite = async () => {
  const server = await testServer();
  const [first, second] = [await testPhone(server, 'xa1'), await testPhone(server, 'xa1b')];
  const officer = await testPhone(server, 'huyen1');
  const id = await first.write(activity());
  await first.sync();
  await second.sync();
  await first.edit(id, { title: 'Tên do người thứ nhất sửa' });
  await second.edit(id, { title: 'Tên do người thứ hai sửa' });
  await first.sync();
  await second.sync();
  await first.sync();
  await officer.sync();
  const title = async ({ view }: typeof first): Promise<unknown> => (await view(id))?.fields['title'];
  const waits = async ({ device }: typeof first): Promise<number> =>
    (await readOverview(device)).conflicts.length;
  return { server, first, second, officer, id, title, waits };
};

describe('two who changed the same', () => {
  test('see the later one stand, the earlier one kept, and that it needs them', async () => {
    const { first, second, officer, id, title, waits } = await twoWrite();
    for (const phone of [first, second]) {
      expect(await title(phone)).toBe('Tên do người thứ hai sửa');
      expect(await waits(phone)).toBe(1);
      expect((await readRecord(phone.device, id))?.sync).toBe('needsYou');
      expect(await readConflicts(phone.device)).toHaveLength(1);
      const [conflict] = conflictsOf((await first.view(id)) ?? { state: 'void', events: [] });
      expect(conflict).toMatchObject({
        of: first.me.account,
        by: second.me.account,
        lost: { title: 'Tên do người thứ nhất sửa' },
      });
    }
    expect(await waits(officer)).toBe(0);
  });
  test('are done when one takes the replaced value back, at once on her phone and then for all', async () => {
    const { first, second, id, title, waits } = await twoWrite();
    await first.edit(id, { title: 'Tên do người thứ nhất sửa' });
    expect(await waits(first)).toBe(0);
    await first.sync();
    await second.sync();
    for (const phone of [first, second]) {
      expect(await title(phone)).toBe('Tên do người thứ nhất sửa');
      expect(await waits(phone)).toBe(0);
    }
  });
  test('are done when one keeps what stands, although no value changes by it', async () => {
    const { first, second, id, title, waits } = await twoWrite();
    await second.edit(id, { title: 'Tên do người thứ hai sửa' });
    expect(await waits(second)).toBe(0);
    await second.sync();
    await first.sync();
    for (const phone of [first, second]) {
      expect(await title(phone)).toBe('Tên do người thứ hai sửa');
      expect(await waits(phone)).toBe(0);
    }
  });
});
