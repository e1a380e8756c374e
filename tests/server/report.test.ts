import { expect, test } from 'vitest';
import { readSealedMeta } from '../../src/device/device.ts';
import { newRecordId } from '../../src/device/drafts.ts';
import { readBoard, readReports } from '../../src/device/board.ts';
import { handIn, readBehind, readReport } from '../../src/device/report.ts';
import type { ReportKey } from '../../src/device/report.ts';
import { readOverview } from '../../src/device/read.ts';
import { NotSaved, save, saveAll } from '../../src/device/save.ts';
import { addPerson } from '../../src/server/units/people.ts';
import { touchDirectory } from '../../src/server/units/directory.ts';
import type { Report } from '../../src/domain/report/report.ts';
import type { Scope } from '../../src/protocol/scope.ts';
import { boardSchema, reportSchema } from '../../src/protocol/report.ts';
import { bringFactsUpToDate } from '../../src/server/report/facts.ts';
import { setMeta } from '../../src/server/sql/open.ts';
import { activity as anyActivity } from '../support/activity.ts';
import { testPhone } from '../support/phone.ts';
import { addDepartment, pin, testNow, testServer } from '../support/server.ts';
import type { TestServer } from '../support/server.ts';

/** One of the action month. */
const activity = (more: Readonly<Record<string, unknown>> = {}) =>
  anyActivity({ start_date: '2019-11-20', end_date: '2019-11-20', campaign_year: 2019, ...more });

type Phone = Awaited<ReturnType<typeof testPhone>>;

const scopeOf = async ({ device }: Phone): Promise<Scope> => (await readSealedMeta(device, 'scope')) as Scope;

const ask = async (server: TestServer, { device }: Phone, path: string): Promise<Response> => {
  const keys = await readSealedMeta(device, 'keys');
  return server.app.request(`/api/v1/${path}`, {
    headers: { Authorization: `Bearer ${keys?.session ?? ''}` },
  });
};

/** Two communes of one district and one of another, each with an activity of November; those of the first are approved. */
const world = async () => {
  const server = await testServer();
  const [xa1, xa2, xa3] = [
    await testPhone(server, 'xa1'),
    await testPhone(server, 'xa2'),
    await testPhone(server, 'xa3'),
  ];
  const [officer, province] = [await testPhone(server, 'huyen1'), await testPhone(server, 'tinh')];
  const ids = [await xa1.write(activity()), await xa2.write(activity({ title: 'Tọa đàm ở xã bạn' }))];
  await xa3.write(activity());
  for (const phone of [xa1, xa2, xa3, officer]) await phone.sync();
  for (const id of ids) await save(officer.device, id, { do: 'approve' });
  for (const phone of [officer, province, xa1]) await phone.sync();
  return { server, xa1, xa2, officer, province, ids };
};

const campaign = (unit: string): ReportKey => ({ type: 'campaign', year: 2019, unit });

const total = ({ tables }: Pick<Report, 'tables'>, table: string, column: string): unknown =>
  tables.find(({ name }) => name === table)?.total.cells[column];

test('server and phone come to the same report and the same board', async () => {
  const { server, officer, province } = await world();
  for (const [phone, unit] of [
    [officer, 'd1'],
    [province, 'p'],
  ] as const) {
    const scope = await scopeOf(phone);
    const answered: unknown = await (await ask(server, phone, `report?type=campaign&year=2019`)).json();
    expect(reportSchema.parse(answered)).toEqual(answered);
    expect(answered).toEqual((await readReport(phone.device, scope, campaign(unit))).report);
    const board: unknown = await (await ask(server, phone, 'board?year=2019')).json();
    expect(boardSchema.parse(board)).toEqual(board);
    expect(board).toEqual(await readBoard(phone.device, scope, 2019));
  }
});

test('nobody is told the sums of a unit that is not hers', async () => {
  const { server, officer, xa1 } = await world();
  expect((await ask(server, officer, 'report?type=year&year=2019&unit=d2')).status).toBe(403);
  expect((await ask(server, officer, 'report?type=year&year=2019&unit=p')).status).toBe(403);
  const own = (await (await ask(server, xa1, 'report?type=campaign&year=2019')).json()) as Report;
  expect(own.counted).toBe(1);
  expect((await ask(server, officer, 'report?type=week&year=2019')).status).toBe(400);
  expect((await ask(server, officer, 'board?year=x')).status).toBe(400);
});

test('what counts is made anew when it is of an older shape', async () => {
  const { server, officer } = await world();
  const path = 'report?type=campaign&year=2019';
  const before: unknown = await (await ask(server, officer, path)).json();
  await server.db.deleteFrom('fact').execute();
  await setMeta(server.db, 'facts', 'older');
  await bringFactsUpToDate(server.db);
  expect(await (await ask(server, officer, path)).json()).toEqual(before);
});

test('handed in, a report locks what it counts; what is approved later comes into the next one, marked', async () => {
  const { xa1, xa2, officer, province, ids } = await world();
  const scope = await scopeOf(officer);
  const report = await newRecordId(officer.device);
  await saveAll(
    officer.device,
    await handIn(officer.device, scope, campaign('d1'), report, { narrative: [] }),
  );
  const offline = await readReport(officer.device, scope, campaign('d1'));
  expect(offline, 'also before it has been sent').toMatchObject({
    held: { state: 'submitted', fields: { counted: 2 } },
    report: { counted: 2 },
  });
  const late = await xa2.write(activity({ title: 'Nói chuyện được duyệt sau' }));
  for (const phone of [xa2, officer]) await phone.sync();
  expect((await officer.view(ids[0] ?? ''))?.state).toBe('locked');
  await save(officer.device, late, { do: 'approve' });
  for (const phone of [officer, province, xa1]) await phone.sync();

  const { held, report: now } = await readReport(officer.device, scope, campaign('d1'));
  expect(held?.fields).toMatchObject({ counted: 2, carried: 0, report_type: 'campaign' });
  expect(now.counted, 'what is locked still counts where it was counted').toBe(2);
  const next = await readReport(officer.device, scope, { type: 'half', year: 2020, unit: 'd1' });
  expect(next.report).toMatchObject({ counted: 1, carried: 1 });
  const [behind] = await readBehind(
    officer.device,
    scope,
    { type: 'half', year: 2020, unit: 'd1' },
    {
      table: 'communication',
      row: 'total',
      column: 'activities',
    },
  );
  expect(behind?.record.id).toBe(late);

  const provinces = await readReport(province.device, await scopeOf(province), campaign('p'));
  expect(provinces.report.counted, 'the same at the province').toBe(2);
  expect(await readReports(province.device)).toMatchObject([
    { unit: 'd1', type: 'campaign', state: 'submitted' },
  ]);
  expect((await xa1.view(ids[0] ?? ''))?.events.at(-1)).toMatchObject({ do: 'lock', report, tile: '2019C' });
});

test('a returned report is corrected, takes in what was approved meanwhile, and is received', async () => {
  const { xa2, officer, province } = await world();
  const scope = await scopeOf(officer);
  const id = await newRecordId(officer.device);
  const hand = async (): Promise<void> => {
    await saveAll(officer.device, await handIn(officer.device, scope, campaign('d1'), id, { narrative: [] }));
    await officer.sync();
  };
  await hand();
  await province.sync();
  await save(province.device, id, { do: 'return', note: 'Bổ sung xã Kỳ Khang', marks: [] });
  await province.sync();
  const late = await xa2.write(activity({ title: 'Nói chuyện bổ sung' }));
  for (const phone of [xa2, officer]) await phone.sync();
  await save(officer.device, late, { do: 'approve' });
  await hand();
  await province.sync();
  const record = await province.view(id);
  expect(record).toMatchObject({ state: 'submitted', fields: { counted: 3 } });
  expect((await officer.view(late))?.state).toBe('locked');
  await save(province.device, id, { do: 'approve' });
  await province.sync();
  await officer.sync();
  expect((await officer.view(id))?.state).toBe('approved');
});

test('a record of a returned report is opened, mended, and closed again with the report', async () => {
  const { xa1, officer, province, ids } = await world();
  const [id = ''] = ids;
  const scope = await scopeOf(officer);
  const report = await newRecordId(officer.device);
  const hand = async (): Promise<void> => {
    await saveAll(officer.device, await handIn(officer.device, scope, campaign('d1'), report, {}));
    await officer.sync();
  };
  await hand();
  const back = { do: 'return', note: 'Sửa số người', marks: [] } as const;
  await expect(save(officer.device, id, back), 'not while the report stands').rejects.toThrow(NotSaved);
  await province.sync();
  await save(province.device, report, { do: 'return', note: 'Xem lại số người của xã', marks: [] });
  await province.sync();
  await officer.sync();
  await save(officer.device, id, back);
  await officer.sync();
  await xa1.sync();
  const counts = {
    participants_male: 21,
    participants_female: 53,
    participants_unknown: 0,
    participants_total: 74,
  };
  await save(xa1.device, id, { do: 'save', kind: 'activity', unit: 'c1', patch: counts });
  await xa1.sync();
  await officer.sync();
  await save(officer.device, id, { do: 'approve' });
  await hand();
  await officer.sync();
  expect(await officer.view(id)).toMatchObject({ state: 'locked', fields: { participants_total: 74 } });
  const { held, report: now } = await readReport(officer.device, scope, campaign('d1'));
  expect(total(now, 'communication', 'attendances')).toBe(138);
  expect(held?.fields).toMatchObject({ counted: 2 });
});

test('a collaborator hands in for her commune and locks nothing', async () => {
  const { xa1, officer, ids } = await world();
  const scope = await scopeOf(xa1);
  const id = await newRecordId(xa1.device);
  const doings = await handIn(xa1.device, scope, campaign('c1'), id, { narrative: [] });
  expect(doings).toHaveLength(1);
  await saveAll(xa1.device, doings);
  await xa1.sync();
  await officer.sync();
  expect((await officer.view(id))?.kind).toBe('report');
  expect((await officer.view(ids[0] ?? ''))?.state).toBe('approved');
  const view = await readReport(officer.device, await scopeOf(officer), campaign('d1'));
  expect(total(view.report, 'communication', 'activities')).toBe(2);
});

test('what the province has reported is closed for the districts too, though they read nothing of its report', async () => {
  const { server, xa2, officer, province } = await world();
  const id = await newRecordId(province.device);
  await saveAll(
    province.device,
    await handIn(province.device, await scopeOf(province), campaign('p'), id, { narrative: [] }),
  );
  await province.sync();
  const late = await xa2.write(activity({ title: 'Việc duyệt sau khi tỉnh đã báo cáo' }));
  for (const phone of [xa2, officer]) await phone.sync();
  await save(officer.device, late, { do: 'approve' });
  for (const phone of [officer, officer]) await phone.sync();
  expect(await officer.view(id), 'the report itself is not hers to read').toBe(null);
  const scope = await scopeOf(officer);
  expect((await readReport(officer.device, scope, campaign('d1'))).report.counted).toBe(2);
  const next: ReportKey = { type: 'half', year: 2020, unit: 'd1' };
  expect((await readReport(officer.device, scope, next)).report).toMatchObject({ counted: 1, carried: 1 });
  // Nor can a lock put it back into what is closed.
  const own = await newRecordId(officer.device);
  const doings = await handIn(officer.device, scope, campaign('d1'), own, { narrative: [] });
  await saveAll(officer.device, [
    ...doings,
    { record: late, deed: { do: 'lock', report: own, tile: '2019C' } },
  ]);
  await officer.sync();
  expect((await officer.view(late))?.state).toBe('approved');
  expect(
    await server.db.selectFrom('record').select('state').where('id', '=', late).executeTakeFirst(),
  ).toEqual({
    state: 'approved',
  });
});

test('nothing is locked for a report that is not handed in, not the officer’s, or not of that part of the year', async () => {
  const { officer, ids } = await world();
  const scope = await scopeOf(officer);
  const [id = ''] = ids;
  const report = await newRecordId(officer.device);
  const [hand] = await handIn(officer.device, scope, campaign('d1'), report, { narrative: [] });
  if (hand === undefined) throw new Error('nothing to hand in');
  await saveAll(officer.device, [
    hand,
    { record: id, deed: { do: 'lock', report, tile: '2099C' } },
    { record: ids[1] ?? '', deed: { do: 'lock', report: 'x', tile: '2019C' } },
  ]);
  await officer.sync();
  await officer.sync();
  for (const one of ids) expect((await officer.view(one))?.state).toBe('approved');
  expect(await officer.device.store.notice.count(), 'and she is not told of each of them').toBe(0);
  const { unlocked, held } = await readReport(officer.device, scope, campaign('d1'));
  expect(held?.state).toBe('submitted');
  expect(unlocked, 'but that the report counts what is not closed').toBe(2);
});

test('a mended report that comes after it was received closes nothing more', async () => {
  const { xa2, officer, province } = await world();
  const scope = await scopeOf(officer);
  const id = await newRecordId(officer.device);
  await saveAll(officer.device, await handIn(officer.device, scope, campaign('d1'), id, { narrative: [] }));
  await officer.sync();
  await province.sync();
  const late = await xa2.write(activity({ title: 'Việc duyệt khi tỉnh đang nhận' }));
  for (const phone of [xa2, officer]) await phone.sync();
  await save(officer.device, late, { do: 'approve' });
  // She mends it without a network, while the province receives it.
  expect((await readReport(officer.device, scope, campaign('d1'), true)).report.counted).toBe(3);
  await saveAll(officer.device, await handIn(officer.device, scope, campaign('d1'), id, { narrative: [] }));
  await save(province.device, id, { do: 'approve' });
  await province.sync();
  await officer.sync();
  await officer.sync();
  expect((await officer.view(late))?.state, 'it counts in the next one').toBe('approved');
  expect(await officer.view(id)).toMatchObject({ state: 'approved', fields: { counted: 2 } });
  const next = await readReport(officer.device, scope, { type: 'half', year: 2020, unit: 'd1' });
  expect(next.report).toMatchObject({ counted: 1, carried: 1 });
});

test('where a unit has an officer its report is hers to write', async () => {
  const server = await testServer();
  await addPerson(
    server.db,
    { login: 'van.thu', name: 'Người ghi ở huyện', role: 'collaborator', unit: 'd1', pin },
    testNow,
  );
  await touchDirectory(server.db);
  const clerk = await testPhone(server, 'van.thu');
  const scope = await scopeOf(clerk);
  const doings = await handIn(clerk.device, scope, campaign('d1'), await newRecordId(clerk.device), {});
  await expect(saveAll(clerk.device, doings)).rejects.toThrow(NotSaved);
});

test('a phone knows whether it holds everything that it may', async () => {
  const server = await testServer();
  const [xa1, officer] = [await testPhone(server, 'xa1'), await testPhone(server, 'huyen1')];
  for (let i = 0; i < 3; i++) await xa1.write(activity({ title: `Việc thứ ${i} của xã` }));
  await xa1.sync();
  expect((await readOverview(officer.device)).isWhole).toBe(false);
  await officer.sync();
  expect((await readOverview(officer.device)).isWhole).toBe(true);
});

test('a department records, types its figures and hands in like a district; the province receives it', async () => {
  const server = await testServer();
  await addDepartment(server.db, 'so');
  const [department, province] = [await testPhone(server, 'so'), await testPhone(server, 'tinh')];
  const done = await department.write(activity({ title: 'Hội thảo của sở' }));
  const figures = await newRecordId(department.device);
  await save(department.device, figures, {
    do: 'save',
    kind: 'figures',
    unit: 's',
    patch: { year: 2019, cadres: [{ position: 'quy_hoach', total: 40, female: 12 }] },
  });
  for (const phone of [department, province]) await phone.sync();
  for (const id of [done, figures]) await save(province.device, id, { do: 'approve' });
  for (const phone of [province, department]) await phone.sync();
  const id = await newRecordId(department.device);
  const key = campaign('s');
  await saveAll(department.device, await handIn(department.device, await scopeOf(department), key, id, {}));
  for (const phone of [department, province]) await phone.sync();
  const scope = await scopeOf(province);
  const { held } = await readReport(province.device, scope, key);
  expect(held).toMatchObject({ state: 'submitted', fields: { counted: 1 } });
  await save(province.device, id, { do: 'approve' });
  await province.sync();
  const whole = (await readReport(province.device, scope, campaign('p'))).report;
  expect(whole.tables.find(({ name }) => name === 'levels')?.rows.map(({ code }) => code)).toEqual([
    'department',
  ]);
  expect(total(whole, 'cadres', 'female')).toBe(12);
});
