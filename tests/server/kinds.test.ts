import { beforeEach, describe, expect, test } from 'vitest';
import { eraseOldRosters } from '../../src/server/feed/retention.ts';
import { clientOf, saving } from '../support/client.ts';
import type { Client } from '../support/client.ts';
import { model, period, roster, shelter, support, training } from '../support/records.ts';
import { testServer } from '../support/server.ts';
import type { TestServer } from '../support/server.ts';

let server: TestServer;
let xa: Client;
beforeEach(async () => {
  server = await testServer();
  xa = await clientOf(server, 'xa1');
});

/** What a person reads of everything there is. */
const kindsRead = async (login: string): Promise<string[]> => {
  const { records } = await (await clientOf(server, login)).sync([]);
  return records.map(({ kind }) => kind).sort();
};
const everything = async (): Promise<void> => {
  const { verdicts } = await xa.sync([
    saving(xa, 1, training({ roster_mode: 'roster' }), xa.id(1), 'training'),
    saving(xa, 2, roster(xa.id(1)), xa.id(2), 'roster'),
    saving(xa, 3, model(), xa.id(3), 'model'),
    saving(xa, 4, period(xa.id(3)), xa.id(4), 'model_period'),
    saving(xa, 5, support(xa.id(4)), xa.id(5), 'model_support'),
  ]);
  expect(verdicts).toEqual([]);
};

describe('who reads what', () => {
  test('the unit and its reviewing officer read all of it', async () => {
    await everything();
    const all = ['model', 'model_period', 'model_support', 'roster', 'training'];
    expect(await kindsRead('xa1b')).toEqual(all);
    expect(await kindsRead('huyen1')).toEqual(all);
    expect(await kindsRead('xa2')).toEqual([]);
    expect(await kindsRead('huyen2')).toEqual([]);
  });
  test('the province never reads a roster, and support figures only with the right to them', async () => {
    await everything();
    expect(await kindsRead('tinh')).toEqual(['model', 'model_period', 'training']);
    await server.db.updateTable('account').set({ restricted: 1 }).where('login', '=', 'tinh').execute();
    await server.db.updateTable('meta').set({ value: 'anew' }).where('key', '=', 'directory').execute();
    expect(await kindsRead('tinh')).toEqual(['model', 'model_period', 'model_support', 'training']);
  });
  test('a roster is not the province’s either where no district lies between', async () => {
    await everything();
    await server.db.updateTable('account').set({ active: 0 }).where('unit', '=', 'd1').execute();
    await server.db.updateTable('meta').set({ value: 'anew' }).where('key', '=', 'directory').execute();
    expect(await kindsRead('tinh')).toEqual(['model', 'model_period', 'model_support', 'training']);
  });
  test('a shelter, its figures and its status are for those few only', async () => {
    const of = { model_type: 'nha_tam_lanh' };
    await xa.sync([
      saving(xa, 1, shelter(), xa.id(1), 'model'),
      saving(xa, 2, period(xa.id(1), of), xa.id(2), 'model_period'),
      saving(xa, 3, support(xa.id(2), { ...of, support_tam_lanh: 2 }), xa.id(3), 'model_support'),
      saving(
        xa,
        4,
        { model: xa.id(1), ...of, status: 'tam_dung', status_date: '2019-12-01' },
        xa.id(4),
        'model_status',
      ),
    ]);
    expect(await kindsRead('tinh')).toEqual([]);
    expect(await kindsRead('huyen1')).toEqual(['model', 'model_period', 'model_status', 'model_support']);
  });
});

describe('what belongs together', () => {
  test('figures without their model, or with one of another kind or unit, are refused', async () => {
    const far = await clientOf(server, 'xa2');
    await far.sync([saving(far, 1, model(), far.id(1), 'model')]);
    const { verdicts } = await xa.sync([
      saving(xa, 1, period('nowhere'), xa.id(1), 'model_period'),
      saving(xa, 2, period(far.id(1)), xa.id(2), 'model_period'),
      saving(xa, 3, training(), xa.id(3), 'training'),
      saving(xa, 4, period(xa.id(3)), xa.id(4), 'model_period'),
    ]);
    expect(verdicts.map(({ seq, findings }) => [seq, findings?.map(({ code }) => code)])).toEqual([
      [1, ['E_NO_PARENT']],
      [2, ['E_NO_PARENT']],
      [4, ['E_NO_PARENT']],
    ]);
  });
  test('a shelter’s figures cannot pass for an open model’s', async () => {
    const { verdicts } = await xa.sync([
      saving(xa, 1, shelter(), xa.id(1), 'model'),
      saving(xa, 2, period(xa.id(1)), xa.id(2), 'model_period'),
    ]);
    expect(verdicts[0]?.findings).toMatchObject([{ code: 'E_NO_PARENT' }]);
  });
  test('periods of one model do not overlap, whoever sends them', async () => {
    await everything();
    const other = await clientOf(server, 'xa1b');
    const late = { from: '2019-11-14', to: '2019-12-15' };
    const { verdicts } = await other.sync([
      saving(other, 1, period(xa.id(3), late), other.id(1), 'model_period'),
      saving(other, 2, period(xa.id(3), { ...late, from: '2019-11-15' }), other.id(2), 'model_period'),
    ]);
    expect(verdicts.map(({ seq, findings }) => [seq, findings?.map(({ code }) => code)])).toEqual([
      [1, ['E_PERIOD_OVERLAP']],
    ]);
  });
  test('a roster that says other than its class is refused', async () => {
    const { verdicts } = await xa.sync([
      saving(xa, 1, training({ roster_mode: 'roster' }), xa.id(1), 'training'),
      saving(xa, 2, roster(xa.id(1), { roster: [] }), xa.id(2), 'roster'),
      saving(
        xa,
        3,
        roster(xa.id(1), { roster: (roster('x')['roster'] as unknown[]).slice(1) }),
        xa.id(3),
        'roster',
      ),
    ]);
    expect(verdicts.map(({ findings }) => findings?.map(({ code }) => code))).toEqual([
      ['E_REQUIRED'],
      ['E_ROSTER_SUM'],
    ]);
  });
  test('an open model cannot become a shelter, nor figures move to another model', async () => {
    await everything();
    await xa.sync([saving(xa, 6, model({ model_name: 'Câu lạc bộ khác' }), xa.id(6), 'model')]);
    const { verdicts } = await xa.sync([
      saving(xa, 7, shelter(), xa.id(3), 'model'),
      saving(xa, 8, { model: xa.id(6) }, xa.id(4), 'model_period'),
    ]);
    expect(verdicts.map(({ findings }) => findings?.map(({ code }) => code))).toEqual([
      ['E_AUDIENCE'],
      ['E_NO_PARENT'],
    ]);
  });
});

describe('human codes', () => {
  test('are given at receipt, counted by commune and year; a shelter’s carries the district', async () => {
    const { records } = await xa.sync([
      saving(xa, 1, training(), xa.id(1), 'training'),
      saving(xa, 2, training({ class_name: 'Lớp thứ hai' }), xa.id(2), 'training'),
      saving(xa, 3, model(), xa.id(3), 'model'),
      saving(xa, 4, shelter(), xa.id(4), 'model'),
    ]);
    const codes = Object.fromEntries(records.map(({ id, code }) => [id, code]));
    expect([1, 2, 3].map((n) => codes[xa.id(n)])).toEqual([
      'TH-code-c1-2019-01',
      'TH-code-c1-2019-02',
      'MH-code-c1-01',
    ]);
    expect(codes[xa.id(4)]).toMatch(/^MH-code-d1-TL\d{3}$/);
  });
  test('of shelters are not counted: no commune sees in its own how many its neighbours have', async () => {
    const some = [1, 2, 3, 4, 5, 6, 7, 8];
    const cards = some.map((n) => saving(xa, n, shelter({ name: `Nhà tạm lánh ${n}` }), xa.id(n), 'model'));
    const { records } = await xa.sync(cards);
    const numbers = new Set(records.map(({ code }) => Number(/\d+$/.exec(code ?? '')?.[0])));
    expect(numbers.size).toBe(some.length);
    expect(Math.max(...numbers) - Math.min(...numbers)).toBeGreaterThan(some.length);
  });
});

describe('the reviewer’s judgement of a model', () => {
  const assessing = (who: Client, seq: number, patch: object): object =>
    saving(who, seq, patch, xa.id(3), 'model');
  const best = { effectiveness: 'tot', replicate_proposed: true };
  test('is hers at any time and no new submission', async () => {
    await everything();
    const huyen = await clientOf(server, 'huyen1');
    const rev = (await huyen.sync([])).records.find(({ id }) => id === xa.id(3))?.rev;
    const { verdicts } = await huyen.sync([
      { seq: 1, record: xa.id(3), base: rev, made: '', do: 'approve' },
      assessing(huyen, 2, best),
    ]);
    expect(verdicts).toEqual([]);
    const row = await server.db
      .selectFrom('record')
      .select(['state', 'fields_json'])
      .where('id', '=', xa.id(3))
      .executeTakeFirstOrThrow();
    expect(row.state).toBe('approved');
    expect(JSON.parse(row.fields_json)).toMatchObject(best);
  });
  test('is nobody else’s, and must make sense', async () => {
    await everything();
    expect((await xa.sync([assessing(xa, 6, best)])).verdicts).toMatchObject([{ code: 'E_NOT_YOURS' }]);
    const huyen = await clientOf(server, 'huyen1');
    const kha = await huyen.sync([assessing(huyen, 1, { ...best, effectiveness: 'kha' })]);
    expect(kha.verdicts[0]?.findings).toMatchObject([{ code: 'E_NOT_TOP_RATED' }]);
    const smuggled = saving(xa, 7, model(best), xa.id(7), 'model');
    expect((await xa.sync([smuggled])).verdicts[0]?.findings).toMatchObject([
      { field: 'effectiveness', code: 'E_FIELD_UNKNOWN' },
      { field: 'replicate_proposed', code: 'E_FIELD_UNKNOWN' },
    ]);
  });
});

describe('words about people', () => {
  test('on a model are refused, and the server keeps none of them', async () => {
    const secret = 'gọi chị Hoa 0912345678';
    const hidden = 'Số 12, ngõ 3, tổ dân phố 5';
    const { verdicts } = await xa.sync([
      saving(xa, 1, model({ note: secret }), xa.id(1), 'model'),
      saving(xa, 2, { ...shelter(), public_location: hidden }, xa.id(2), 'model'),
    ]);
    expect(verdicts).toMatchObject([
      { seq: 1, verdict: 'rejected', findings: [{ field: 'note', code: 'E_PII_SUSPECT' }] },
      { seq: 2, verdict: 'rejected' },
    ]);
    const changes = await server.db.selectFrom('change').selectAll().execute();
    expect(changes).toHaveLength(2);
    expect(changes.every(({ digest }) => digest.length > 20)).toBe(true);
    expect(JSON.stringify(changes)).not.toMatch(/Hoa|0912345678|ngõ/);
    expect(await server.db.selectFrom('record').select('id').execute()).toEqual([]);
  });
});

describe('words about people that come to nothing', () => {
  const secret = 'gọi chị Hoa 0912345678';
  /** Everything that the database holds of changes and records, as text. */
  const kept = async (): Promise<string> =>
    JSON.stringify([
      await server.db.selectFrom('change').selectAll().execute(),
      await server.db.selectFrom('record').selectAll().execute(),
    ]);
  test.each<[string, () => object]>([
    [
      'in a field that does not exist',
      () => saving(xa, 1, { ...model(), survivor: secret }, xa.id(1), 'model'),
    ],
    ['of another type', () => saving(xa, 1, { ...model(), note: [secret] }, xa.id(1), 'model')],
    ['far too long', () => saving(xa, 1, { ...model(), note: secret.repeat(500) }, xa.id(1), 'model')],
    ['as the name of a parent', () => saving(xa, 1, period(secret), xa.id(1), 'model_period')],
    ['under another’s id', () => saving(xa, 1, model({ note: secret }), 'strange', 'model')],
    [
      'in a decision on nothing',
      () => ({ seq: 1, record: xa.id(9), base: 0, made: '', do: 'void', note: secret }),
    ],
    ['in a change that cannot be read', () => ({ seq: 1, record: xa.id(1), do: 'save', note: secret })],
    [
      'of another’s unit',
      () => ({ ...saving(xa, 1, model({ note: secret }), xa.id(1), 'model'), unit: 'c2' }),
    ],
    [
      'in what the form does not ask',
      () => saving(xa, 1, { ...model(), planned: true, decision_authority: secret }, xa.id(1), 'model'),
    ],
    [
      'in a column that does not exist',
      () =>
        saving(
          xa,
          1,
          { ...training(), funding: [{ source: 'ns_xa', amount_vnd: 1, about: secret }] },
          xa.id(1),
          'training',
        ),
    ],
    [
      'as a roster under another kind',
      () => saving(xa, 1, { ...training(), roster: [{ full_name: secret }] }, xa.id(1), 'training'),
    ],
  ])('are not kept %s', async (_where, change) => {
    await xa.sync([change()]);
    expect(await kept()).not.toContain('Hoa');
  });
  test('are not taken in a reviewer’s note on a model either', async () => {
    await everything();
    const huyen = await clientOf(server, 'huyen1');
    const { records } = await huyen.sync([]);
    const base = records.find(({ id }) => id === xa.id(3))?.rev;
    const back = { seq: 1, record: xa.id(3), base, made: '', do: 'return', note: secret, marks: [] };
    expect((await huyen.sync([back])).verdicts).toMatchObject([
      { verdict: 'rejected', findings: [{ field: 'note', code: 'E_PII_SUSPECT' }] },
    ]);
    expect(await kept()).not.toContain('Hoa');
  });
});

describe('a companion', () => {
  test('has no brother: the second of two rosters, or of two counts of the same support, is refused', async () => {
    await everything();
    const other = await clientOf(server, 'xa1b');
    const { verdicts } = await other.sync([
      saving(other, 1, roster(xa.id(1)), other.id(1), 'roster'),
      saving(other, 2, support(xa.id(4)), other.id(2), 'model_support'),
    ]);
    expect(verdicts.map(({ findings }) => findings?.map(({ code }) => code))).toEqual([
      ['E_TWICE'],
      ['E_TWICE'],
    ]);
  });
  test('fits what it belongs to: no roster of a class that only counts, no figures of another type', async () => {
    const { verdicts } = await xa.sync([
      saving(xa, 1, training(), xa.id(1), 'training'),
      saving(xa, 2, roster(xa.id(1)), xa.id(2), 'roster'),
      saving(xa, 3, model(), xa.id(3), 'model'),
      saving(xa, 4, period(xa.id(3), { model_type: 'dia_chi_tin_cay' }), xa.id(4), 'model_period'),
    ]);
    expect(verdicts.map(({ findings }) => findings?.map(({ code }) => code))).toEqual([
      ['E_NO_PARENT'],
      ['E_NO_PARENT'],
    ]);
  });
});

describe('a roster’s term', () => {
  test('does not begin later because the class’s last day is wrong, nor end with a void', async () => {
    const far = { roster_mode: 'roster', end_date: '2091-11-20' };
    await xa.sync([
      saving(xa, 1, training(far), xa.id(1), 'training'),
      saving(xa, 2, roster(xa.id(1)), xa.id(2), 'roster'),
      { seq: 3, record: xa.id(2), base: 2, made: '', do: 'void', note: 'Người học số 5 đổi ý' },
    ]);
    expect(await eraseOldRosters(server.db, new Date('2023-02-01'), 24)).toBe(1);
    expect(await eraseOldRosters(server.db, new Date('2023-02-01'), 24)).toBe(0);
    const rows = await server.db.selectFrom('record').selectAll().where('kind', '=', 'roster').execute();
    expect(rows).toMatchObject([{ state: 'void' }]);
    expect(JSON.stringify(rows)).not.toContain('Người học');
  });
  test('takes the names out of the record, its history and its changes, and leaves the counts', async () => {
    await everything();
    const huyen = await clientOf(server, 'huyen1');
    const { cursor, epoch } = await huyen.sync([]);
    expect(await eraseOldRosters(server.db, new Date('2020-05-01'), 24)).toBe(0);
    expect(await eraseOldRosters(server.db, new Date('2021-06-01'), 24)).toBe(1);
    expect(await eraseOldRosters(server.db, new Date('2021-06-01'), 24)).toBe(0);
    const held = [
      await server.db.selectFrom('record').selectAll().where('kind', '=', 'roster').execute(),
      await server.db.selectFrom('change').selectAll().execute(),
    ];
    expect(JSON.stringify(held)).not.toContain('Người học');
    const news = await huyen.sync([], { cursor, epoch });
    expect(news.records).toMatchObject([{ kind: 'roster', state: 'locked' }]);
    const rows = news.records[0]?.fields['roster'] as { full_name: null; sex: string }[];
    expect(rows.filter(({ sex, full_name }) => sex === 'nu' && full_name === null)).toHaveLength(27);
    const again = await xa.sync([saving(xa, 6, roster(xa.id(1)), xa.id(2), 'roster')]);
    expect(again.verdicts).toMatchObject([{ verdict: 'late', code: 'E_NOT_OPEN' }]);
    const changes = await server.db.selectFrom('change').selectAll().execute();
    expect(JSON.stringify(changes)).not.toContain('Người học');
  });
});
