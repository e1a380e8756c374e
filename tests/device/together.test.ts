import { beforeEach, describe, expect, test } from 'vitest';
import { newRecordId, readDraft } from '../../src/device/drafts.ts';
import { readChildren, readQueue, readRecord } from '../../src/device/read.ts';
import { readSealedMeta } from '../../src/device/device.ts';
import { saveAll } from '../../src/device/save.ts';
import type { Doing } from '../../src/device/save.ts';
import type { Kind } from '../../src/domain/records/kinds.ts';
import { testPhone } from '../support/phone.ts';
import type { TestPhone } from '../support/phone.ts';
import { model, period, roster, support, training } from '../support/records.ts';
import { testServer } from '../support/server.ts';
import type { TestServer } from '../support/server.ts';

let server: TestServer;
let phone: TestPhone;
beforeEach(async () => {
  server = await testServer();
  phone = await testPhone(server, 'xa1');
});

const id = (): Promise<string> => newRecordId(phone.device);
const saving = (record: string, kind: Kind, patch: Record<string, unknown>): Doing => ({
  record,
  deed: { do: 'save', kind, unit: phone.me.unit, patch },
});

/** A class with its roster, written in one form. */
const aClass = async (): Promise<readonly [string, string]> => {
  const [of, names] = [await id(), await id()];
  await saveAll(phone.device, [
    saving(of, 'training', training({ roster_mode: 'roster' })),
    saving(names, 'roster', roster(of)),
  ]);
  return [of, names];
};

describe('what is written in one form', () => {
  test('is saved together or not at all', async () => {
    const [of, names] = [await id(), await id()];
    const wrong = saveAll(phone.device, [
      saving(of, 'training', training({ roster_mode: 'roster' })),
      saving(names, 'roster', roster(of, { roster: [] })),
    ]);
    await expect(wrong).rejects.toMatchObject({ findings: [{ field: 'roster', code: 'E_REQUIRED' }] });
    expect(await phone.device.store.record.count()).toBe(0);
    expect(await phone.device.store.outbox.count()).toBe(0);
    await aClass();
    expect(await phone.device.store.outbox.count()).toBe(2);
  });
  test('a roster is judged by the class that is saved with it, before the server sees either', async () => {
    const [of, names] = [await id(), await id()];
    const short = (roster(of)['roster'] as unknown[]).slice(1);
    await expect(
      saveAll(phone.device, [
        saving(of, 'training', training({ roster_mode: 'roster' })),
        saving(names, 'roster', roster(of, { roster: short })),
      ]),
    ).rejects.toMatchObject({ findings: [{ code: 'E_ROSTER_SUM' }] });
  });
  test('is received, shown and queued as one', async () => {
    const [of, names] = await aClass();
    expect(await phone.sync()).toBe(true);
    expect((await readRecord(phone.device, of))?.companion?.id).toBe(names);
    const officer = await testPhone(server, 'huyen1');
    await officer.sync();
    const scope = await readSealedMeta(officer.device, 'scope');
    if (scope === null) throw new Error('no scope');
    expect((await readQueue(officer.device, scope, 10)).map(({ record }) => record.id)).toEqual([of]);
    expect((await readRecord(officer.device, of))?.companion?.fields['roster']).toHaveLength(38);
  });
  test('refused words of a roster come back in the form of its class', async () => {
    const [of, names] = await aClass();
    await phone.sync();
    const seen = (await readRecord(phone.device, of))?.companion?.rev;
    // The district approves the roster alone meanwhile, as a client of its own may do.
    const officer = await testPhone(server, 'huyen1');
    await officer.sync();
    await saveAll(officer.device, [{ record: names, deed: { do: 'approve' } }]);
    await officer.sync();
    const fewer = (roster(of)['roster'] as { full_name: string }[]).map((trainee, i) =>
      i === 0 ? { ...trainee, full_name: 'Người học sửa tên' } : trainee,
    );
    await saveAll(phone.device, [saving(names, 'roster', { roster: fewer })]);
    await phone.sync();
    const draft = await readDraft(phone.device, of);
    expect(draft).toMatchObject({ kind: 'training', refused: true });
    expect(draft?.typed).toMatchObject({
      companionRev: seen,
      class_name: training()['class_name'],
      roster: expect.arrayContaining([
        expect.objectContaining({ full_name: 'Người học sửa tên' }),
      ]) as unknown,
    });
    expect((await readRecord(phone.device, of))?.sync).toBe('needsYou');
  });
});

test('class and roster refused in one go both keep the revision that was seen', async () => {
  const [of, names] = [await id(), await id()];
  await saveAll(phone.device, [
    saving(of, 'training', training({ roster_mode: 'roster' })),
    saving(names, 'roster', roster(of)),
  ]);
  await phone.sync();
  const seen = await readRecord(phone.device, of);
  const officer = await testPhone(server, 'huyen1');
  await officer.sync();
  await saveAll(officer.device, [
    { record: of, deed: { do: 'approve' } },
    { record: names, deed: { do: 'approve' } },
  ]);
  await officer.sync();
  const [one, ...others] = roster(of)['roster'] as { full_name: string }[];
  await saveAll(phone.device, [
    saving(of, 'training', { class_name: 'Lớp sửa tên' }),
    saving(names, 'roster', { roster: [{ ...one, full_name: 'Người học sửa tên' }, ...others] }),
  ]);
  await phone.sync();
  expect((await readDraft(phone.device, of))?.typed).toMatchObject({
    rev: seen?.record.rev,
    companionRev: seen?.companion?.rev,
  });
});

describe('a model', () => {
  test('shows its figures with the support given, the latest first, on every phone that may', async () => {
    const [card, first, given, second] = [await id(), await id(), await id(), await id()];
    await saveAll(phone.device, [
      saving(card, 'model', model()),
      saving(first, 'model_period', period(card)),
      saving(given, 'model_support', support(first)),
      saving(second, 'model_period', period(card, { from: '2019-11-15', to: '2019-12-15' })),
    ]);
    expect(await phone.sync()).toBe(true);
    const officer = await testPhone(server, 'huyen1');
    await officer.sync();
    const children = await readChildren(officer.device, card);
    expect(children.map(({ record, companion }) => [record.id, companion?.id ?? null])).toEqual([
      [second, null],
      [first, given],
    ]);
  });
  test('takes no period that overlaps one on the phone', async () => {
    const [card, first] = [await id(), await id()];
    await saveAll(phone.device, [
      saving(card, 'model', model()),
      saving(first, 'model_period', period(card)),
    ]);
    const over = { from: '2019-11-01', to: '2019-12-15' };
    await expect(
      saveAll(phone.device, [saving(await id(), 'model_period', period(card, over))]),
    ).rejects.toMatchObject({ findings: [{ code: 'E_PERIOD_OVERLAP' }] });
  });
  test('with personal words takes no number', async () => {
    const card = saving(await id(), 'model', model({ note: 'gọi anh Nam 0912345678' }));
    await expect(saveAll(phone.device, [card])).rejects.toMatchObject({
      findings: [{ field: 'note', code: 'E_PII_SUSPECT' }],
    });
    expect(await phone.device.store.outbox.count()).toBe(0);
  });
});
