import { beforeEach, describe, expect, test } from 'vitest';
import { readMonths, search } from '../../src/device/search.ts';
import type { Wanted } from '../../src/device/search.ts';
import { hasDouble, readAgain, readUsual } from '../../src/device/usual.ts';
import { saveAll } from '../../src/device/save.ts';
import { newRecordId } from '../../src/device/drafts.ts';
import { openStore } from '../../src/device/store/store.ts';
import { activity } from '../support/activity.ts';
import { testPhone } from '../support/phone.ts';
import type { TestPhone } from '../support/phone.ts';
import { training } from '../support/records.ts';
import { testServer } from '../support/server.ts';

let phone: TestPhone;
beforeEach(async () => {
  phone = await testPhone(await testServer(), 'xa1');
});

const wanted = (more: Partial<Wanted> = {}): Wanted => ({
  kind: 'activity',
  state: null,
  month: null,
  form: null,
  campaign: false,
  query: '',
  ...more,
});
const titles = async (more: Partial<Wanted>): Promise<unknown[]> =>
  (await search(phone.device, wanted(more), 50)).listed.map(({ record }) => record.fields['title']);

describe('finding', () => {
  test('needs no tones, no đ and no order of words; both spellings of hoà and NFD are the same', async () => {
    await phone.write(activity({ title: 'Tọa đàm bình đẳng giới', venue: 'Nhà văn hóa Cổ Đạm' }));
    for (const query of [
      'binh dang gioi',
      'gioi  TOA DAM',
      'hoá',
      'hóa',
      'co dam',
      'Cỗ Đạm'.normalize('NFD'),
    ])
      expect(await titles({ query }), query).toEqual(['Tọa đàm bình đẳng giới']);
    expect(await titles({ query: 'bạo lực' })).toEqual([]);
  });
  test('leaves letters of legacy fonts as they were typed', async () => {
    const title = 'B×nh ®¼ng giíi ë x·';
    await phone.write(activity({ title }));
    expect(await titles({ query: 'B×nh ®¼ng' })).toEqual([title]);
  });
  test('follows an edit, a new record and another state', async () => {
    const id = await phone.write(activity({ title: 'Tên đầu tiên' }));
    expect(await titles({ query: 'dau tien' })).toHaveLength(1);
    await phone.edit(id, { title: 'Tên sau cùng' });
    await phone.write(activity({ title: 'Tên mới tinh' }));
    expect(await titles({ query: 'dau tien' })).toEqual([]);
    expect(await titles({ query: 'sau cung' })).toEqual(['Tên sau cùng']);
    expect(await titles({ query: 'moi tinh', state: 'approved' })).toEqual([]);
    expect(await titles({ query: 'moi tinh', state: 'submitted' })).toHaveLength(1);
  });
  test('filters by month, form and action month, the latest first', async () => {
    await phone.write(activity({ title: 'Tháng Mười' }));
    const during = { start_date: '2019-11-18', end_date: '2019-11-18', campaign_year: 2019 };
    await phone.write(activity({ title: 'Trong tháng', ...during, form: 'hoi_thao' }));
    expect(await titles({})).toEqual(['Trong tháng', 'Tháng Mười']);
    expect(await titles({ month: '2019-10' })).toEqual(['Tháng Mười']);
    expect(await titles({ form: 'hoi_thao' })).toEqual(['Trong tháng']);
    expect(await titles({ campaign: true })).toEqual(['Trong tháng']);
    expect(await readMonths(phone.device, 'activity')).toEqual(['2019-11', '2019-10']);
  });
  test('goes on from its sealed block, in which no word stands in the clear', async () => {
    for (let i = 0; i < 60; i++) await phone.write(activity({ title: `Buổi nói chuyện số ${i}` }));
    expect(await titles({ query: 'so 59' })).toHaveLength(1);
    const row = await phone.device.store.meta.get('search');
    expect(Buffer.from(row?.box ?? []).toString('latin1')).not.toContain('noi chuyen');
    const store = openStore(Number(phone.device.store.name.split('-').at(-1)));
    const { total } = await search({ ...phone.device, store }, wanted({ query: 'noi chuyen' }), 5);
    expect(total).toBe(60);
  });
});

describe('what is usual', () => {
  test('is what was entered most often', async () => {
    for (const venue of ['Nhà văn hóa thôn 1', 'Hội trường UBND xã', 'Hội trường UBND xã'])
      await phone.write(activity({ venue }));
    expect((await readUsual(phone.device, 'activity'))['venue']).toEqual([
      'Hội trường UBND xã',
      'Nhà văn hóa thôn 1',
    ]);
  });
  test('leads to the next one by its name and form, the most frequent first', async () => {
    await phone.write(activity({ title: 'Chỉ một lần' }));
    await phone.write(activity({ title: 'Hằng tuần' }));
    await phone.write(activity({ title: 'hằng  tuần'.normalize('NFD') }));
    expect((await readAgain(phone.device)).map(({ title }) => title)).toEqual(['hằng tuần', 'Chỉ một lần']);
  });
  test('the same thing on the same day is pointed out, whatever its tones', async () => {
    const id = await phone.write(activity({ title: 'Tọa đàm ở xã' }));
    const again = activity({ title: 'TOA DAM o xa' });
    expect(await hasDouble(phone.device, 'activity', again, null)).toBe(true);
    expect(await hasDouble(phone.device, 'activity', again, id)).toBe(false);
    expect(await hasDouble(phone.device, 'activity', { ...again, form: 'hoi_thao' }, null)).toBe(false);
    const record = await newRecordId(phone.device);
    const unit = phone.me.unit;
    await saveAll(phone.device, [
      { record, deed: { do: 'save', kind: 'training', unit, patch: training() } },
    ]);
    expect(await hasDouble(phone.device, 'training', training(), null)).toBe(true);
  });
});
