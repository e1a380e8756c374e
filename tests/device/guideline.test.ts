import { expect, test } from 'vitest';
import { newRecordId } from '../../src/device/drafts.ts';
import { readGuideline } from '../../src/device/guideline.ts';
import { NotSaved, save } from '../../src/device/save.ts';
import type { Deed } from '../../src/domain/change.ts';
import {
  changedTasks,
  dueDay,
  isTaskOf,
  targetsOfYear,
  tasksOfYear,
} from '../../src/domain/guideline/year.ts';
import { activity } from '../support/activity.ts';
import { testPhone } from '../support/phone.ts';
import { testServer } from '../support/server.ts';

const guideline = (unit: string, more: Readonly<Record<string, unknown>> = {}): Deed => ({
  do: 'save',
  kind: 'guideline',
  unit,
  patch: {
    year: 2020,
    title: 'Hướng dẫn công tác bình đẳng giới năm 2020',
    legal_base: 'Văn bản số 405/LĐTBXH-BĐG ngày 22/0/2019',
    campaign_due: '2020-12-22',
    tasks: [
      { code: 'II.1.a', text: 'Xây dựng kế hoạch tuyên truyền', actors: 'mọi đơn vị' },
      { code: 'II.9', text: 'Việc mới của năm', actors: 'UBND huyện' },
    ],
    ...more,
  },
});

test('the province’s guideline reaches every phone of the province, and its correction too', async () => {
  const server = await testServer();
  const [province, district, commune] = [
    await testPhone(server, 'tinh'),
    await testPhone(server, 'huyen1'),
    await testPhone(server, 'xa3'),
  ];
  const id = await newRecordId(province.device);
  await save(province.device, id, guideline('p'));
  for (const phone of [province, district, commune]) await phone.sync();
  for (const { device } of [district, commune]) {
    const held = await readGuideline(device, 2020);
    expect(held?.guideline.legal_base, 'quoted as it stands').toBe(
      'Văn bản số 405/LĐTBXH-BĐG ngày 22/0/2019',
    );
    expect(tasksOfYear(held?.guideline ?? null).map(({ code }) => code)).toEqual(['II.1.a', 'II.9']);
    expect(dueDay(held?.guideline ?? null, 'officer', 'campaign', 2020)).toBe('2020-12-22');
    expect(dueDay(held?.guideline ?? null, 'officer', 'half', 2020), 'the usual day where none is set').toBe(
      '2020-06-19',
    );
    expect(await readGuideline(device, 2019)).toBeNull();
  }
  await save(province.device, id, guideline('p', { theme: 'Chấm dứt bạo lực đối với phụ nữ và trẻ em' }));
  for (const phone of [province, commune]) await phone.sync();
  expect((await readGuideline(commune.device, 2020))?.guideline.theme).toBe(
    'Chấm dứt bạo lực đối với phụ nữ và trẻ em',
  );
});

test('nobody else writes one, and nobody decides on it', async () => {
  const server = await testServer();
  const [province, district, commune] = [
    await testPhone(server, 'tinh'),
    await testPhone(server, 'huyen1'),
    await testPhone(server, 'xa1'),
  ];
  for (const [phone, unit] of [
    [district, 'd1'],
    [commune, 'c1'],
  ] as const)
    await expect(save(phone.device, await newRecordId(phone.device), guideline(unit))).rejects.toThrow(
      NotSaved,
    );
  const id = await newRecordId(province.device);
  await save(province.device, id, guideline('p'));
  await province.sync();
  await district.sync();
  await expect(save(district.device, id, { do: 'approve' })).rejects.toThrow(NotSaved);
});

test('without one the tasks of 2019 hold, and its four targets have no invented words', () => {
  expect(tasksOfYear(null).length).toBeGreaterThan(50);
  expect(targetsOfYear(null)).toEqual(
    ['MT2', 'MT7.3', 'MT7.4', 'MT7.5'].map((code) => ({ code, text: '', measure: '', target: null })),
  );
});

test('what is new in a year’s tasks is told', () => {
  const task = (code: string, text: string) => ({ code, text, actors: null });
  expect(changedTasks([task('a', '1'), task('b', '2')], [task('a', '1!'), task('c', '3')])).toEqual({
    added: ['c'],
    removed: ['b'],
    reworded: ['a'],
  });
});

test('records serve the tasks that a guideline has added, and no others', async () => {
  const server = await testServer();
  const [province, commune] = [await testPhone(server, 'tinh'), await testPhone(server, 'xa1')];
  await expect(commune.write(activity({ task_codes: ['II.9'] }))).rejects.toThrow(NotSaved);
  await save(province.device, await newRecordId(province.device), guideline('p'));
  for (const phone of [province, commune, commune]) await phone.sync();
  const id = await commune.write(activity({ task_codes: ['II.9'] }));
  await commune.sync();
  expect((await commune.view(id))?.rev).toBeGreaterThan(0);
  expect(await commune.device.store.notice.count()).toBe(0);
  await expect(commune.write(activity({ task_codes: ['II.8'] }))).rejects.toThrow(NotSaved);
});

test('a unit is shown what is asked of it', () => {
  const actors: Readonly<Record<string, string>> = { 'III.2': 'Sở Nội vụ', 'III.8': 'các sở, ngành khác' };
  const tasks = (level: 'commune' | 'district' | 'department', name = ''): string[] =>
    tasksOfYear(null)
      .filter((task) => isTaskOf(task, { level, name }, (actor) => actors[actor] ?? ''))
      .map(({ code }) => code);
  expect(tasks('commune')).toContain('II.1.a');
  expect(tasks('commune')).toContain('III.10.a');
  expect(tasks('commune')).not.toContain('III.2.a');
  expect(tasks('district')).toContain('III.11.1');
  expect(tasks('department', 'Sở Nội vụ')).toEqual(
    expect.arrayContaining(['III.2.a', 'III.2.b', 'III.11.1']),
  );
  expect(tasks('department', 'Sở Nội vụ')).not.toContain('III.8');
  expect(tasks('department', 'Sở Du lịch')).toContain('III.8');
});
