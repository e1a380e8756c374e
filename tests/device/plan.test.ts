import { describe, expect, test } from 'vitest';
import { readBoard } from '../../src/device/board.ts';
import { readSealedMeta } from '../../src/device/device.ts';
import { planAgain, readPlan } from '../../src/device/plan.ts';
import { save, saveAll } from '../../src/device/save.ts';
import type { Scope } from '../../src/protocol/scope.ts';
import { newRecordId } from '../../src/device/drafts.ts';
import { activity } from '../support/activity.ts';
import { testPhone } from '../support/phone.ts';
import { testServer } from '../support/server.ts';

const line = (more: Record<string, unknown> = {}) => ({
  title: 'Phát thanh trên loa xã',
  form: 'loa_truyen_thanh',
  start_date: '2019-11-15',
  end_date: '2019-12-15',
  campaign_year: 2019,
  quantity: 4,
  host_org: 'ubnd_xa',
  task_codes: ['II.1.a'],
  note: null,
  ...more,
});

const inCampaign = { start_date: '2019-11-20', end_date: '2019-11-20', campaign_year: 2019 };

describe('a plan', () => {
  test('is carried out by the records that name its line, offline on the phone and on the board of the district', async () => {
    const server = await testServer();
    const [phone, officer] = [await testPhone(server, 'xa1'), await testPhone(server, 'huyen1')];
    const { device, me } = phone;
    const plan = await newRecordId(device);
    await save(device, plan, { do: 'save', kind: 'plan', unit: me.unit, patch: line() });
    await phone.write(activity({ ...inCampaign, plan }));
    await phone.write(activity(inCampaign));
    const [item] = await readPlan(device, me.unit, 2019);
    expect(item).toMatchObject({ carriedOut: 1, sync: 'waiting' });
    await phone.sync();
    await officer.sync();
    const scope = (await readSealedMeta(officer.device, 'scope')) as Scope;
    const board = await readBoard(officer.device, scope, 2019);
    expect(board).toMatchObject({ planned: 4, carriedOut: 1, waiting: 2 });
    expect(board.units.find(({ unit }) => unit === me.unit)).toMatchObject({ done: 2, planned: 4 });
    expect(board.units.filter(({ done }) => done === 0).length).toBe(board.units.length - 1);
  });
  test('of one year is copied into the next, a year later and with nothing carried out', async () => {
    const server = await testServer();
    const { device, me } = await testPhone(server, 'xa1');
    const id = await newRecordId(device);
    await save(device, id, {
      do: 'save',
      kind: 'plan',
      unit: me.unit,
      patch: line({ start_date: '2019-02-28', end_date: '2019-12-31', campaign_year: null }),
    });
    await saveAll(device, await planAgain(device, await readPlan(device, me.unit, 2019)));
    const [copied] = await readPlan(device, me.unit, 2020);
    expect(copied?.record.fields).toEqual(
      line({ start_date: '2020-02-28', end_date: '2020-12-31', campaign_year: null }),
    );
    expect(copied?.record.id).not.toBe(id);
  });
  test('of the last day of February ends on the last day of February of the next year', async () => {
    const server = await testServer();
    const { device, me } = await testPhone(server, 'xa1');
    const id = await newRecordId(device);
    const leap = line({ start_date: '2020-02-01', end_date: '2020-02-29', campaign_year: null });
    await save(device, id, { do: 'save', kind: 'plan', unit: me.unit, patch: leap });
    const [copied] = await planAgain(device, await readPlan(device, me.unit, 2020));
    expect(copied?.deed).toMatchObject({ patch: { end_date: '2021-02-28' } });
  });
  test('and the board follow an edit, another’s record and one that is voided', async () => {
    const server = await testServer();
    const phone = await testPhone(server, 'xa1');
    const scope = (await readSealedMeta(phone.device, 'scope')) as Scope;
    const done = async () => (await readBoard(phone.device, scope, 2019)).units[0]?.done;
    expect(await done()).toBe(0);
    const id = await phone.write(activity(inCampaign));
    expect(await done()).toBe(1);
    await phone.edit(id, { campaign_year: null });
    expect(await done()).toBe(0);
    await phone.edit(id, { campaign_year: 2019 });
    await save(phone.device, id, { do: 'void', note: 'Ghi nhầm' });
    expect(await done()).toBe(0);
  });
});
