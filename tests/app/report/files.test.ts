import { strFromU8, unzipSync } from 'fflate';
import Papa from 'papaparse';
import { beforeAll, describe, expect, test } from 'vitest';
import { csvOf } from '../../../src/app/report/csv.ts';
import { docxOf, laidOut } from '../../../src/app/report/docx.ts';
import type { Paper } from '../../../src/app/report/files.ts';
import { paperTables } from '../../../src/app/report/paper-tables.ts';
import type { PaperTable } from '../../../src/app/report/paper-tables.ts';
import { xlsxOf } from '../../../src/app/report/xlsx.ts';
import { vi } from '../../../src/app/text/vi.ts';
import { viMore } from '../../../src/app/text/vi-more.ts';
import { loadReportWords } from '../../../src/app/text/report-words.ts';
import { loadMore, provideWords } from '../../../src/app/text/words.ts';
import type { ReviewState } from '../../../src/domain/change.ts';
import type { Kind } from '../../../src/domain/records/kinds.ts';
import { factOf } from '../../../src/domain/report/fact.ts';
import type { Fact } from '../../../src/domain/report/fact.ts';
import { frozen, thawed } from '../../../src/domain/report/frozen.ts';
import { reportOf } from '../../../src/domain/report/report.ts';
import type { Report } from '../../../src/domain/report/report.ts';
import type { Unit } from '../../../src/domain/unit.ts';
import { demoActivities } from '../../../src/server/demo/activities.ts';
import type { DemoRecord } from '../../../src/server/demo/activities.ts';
import { demoTrainings } from '../../../src/server/demo/trainings.ts';
import { demoUnits } from '../../../src/server/demo/units.ts';

beforeAll(async () => {
  provideWords(vi, { core: () => Promise.resolve(vi), more: () => Promise.resolve(viMore) });
  await Promise.all([loadMore(), loadReportWords()]);
});

const units = demoUnits.map(([code, name, level, parent]): Unit => ({
  id: code,
  code,
  name,
  level,
  parent: parent ?? null,
  from: null,
  to: null,
}));

type Told = Pick<DemoRecord, 'unit' | 'values'> & { readonly state?: string };

const fact = (kind: Kind, { unit, values, state = 'approved' }: Told, id: string): Fact | null =>
  factOf({
    id,
    kind,
    unit,
    code: null,
    rev: 1,
    edited: 1,
    decided: 0,
    authors: [1],
    state: state as ReviewState,
    fields: values,
    comment: null,
    since: {},
    events: [],
  });

/** Two models of one commune, one of which supported three people. */
const models = (): (Fact | null)[] => {
  const of = { model: 'm', model_type: 'cau_lac_bo' };
  const card = { model_type: 'cau_lac_bo', planned: false, start_date: '2018-01-01', members_total: 30 };
  const period = { ...of, from: '2019-11-15', to: '2019-12-15', meetings: 2 };
  const support = { period: 'k', model_type: 'cau_lac_bo', persons_supported: 3, support_tu_van_tam_ly: 12 };
  const unit = '18382';
  return [
    fact('model', { unit, values: card }, 'm'),
    fact('model_period', { unit, values: period }, 'k'),
    fact('model_support', { unit, values: support }, 's'),
  ];
};

const report = (): Report => {
  const facts = [
    ...demoActivities.map((record, i) => fact('activity', record, `a${i}`)),
    ...demoTrainings.map((record, i) => fact('training', record, `t${i}`)),
    ...models(),
  ].filter((one): one is Fact => one !== null);
  return reportOf(facts, { type: 'campaign', year: 2019, top: '42', units });
};

const tablesOf = (of: Report): PaperTable[] =>
  paperTables({
    tables: of.tables,
    indicators: of.indicators,
    targets: [],
    isComplete: true,
    levels: { commune: 'Xã' },
  });

const paper = (): Paper => ({
  name: 'Báo cáo Tháng hành động 2019',
  subject: 'Kết quả Tháng hành động vì bình đẳng giới năm 2019',
  letterhead: {
    parentBody: 'UBND TỈNH HÀ TĨNH',
    issuingBody: 'ỦY BAN NHÂN DÂN HUYỆN NGHI XUÂN',
    number: 'Số:        /BC-UBND',
    place: 'Nghi Xuân',
    signedFor: 'TM. ỦY BAN NHÂN DÂN',
    signer: 'CHỦ TỊCH',
    recipients: ['- Như kính gửi;'],
  },
  year: 2019,
  sections: [
    { title: 'I. Công tác chỉ đạo, triển khai', text: 'Huyện đã ban hành kế hoạch.' },
    { title: 'II.1. Lễ phát động, mít tinh', text: '' },
    { title: 'IV. Đề xuất, kiến nghị', text: '=HYPERLINK("x")\nĐề nghị bổ sung kinh phí.' },
  ],
  silent: [],
  tables: tablesOf(report()),
});

const entries = async (blob: Blob): Promise<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(unzipSync(new Uint8Array(await blob.arrayBuffer())))
      .filter(([name]) => name.endsWith('.xml'))
      .map(([name, bytes]) => [name, strFromU8(bytes)]),
  );

/** A table that just fits across a page: eight columns of money in the billions. */
const crowded: PaperTable = {
  name: 'funding',
  title: 'Tám cột tiền',
  head: 'Nguồn',
  columns: Array.from({ length: 8 }, (_, i) => ({ name: `c${i}`, label: 'Số tiền' })),
  rows: [
    {
      code: 'a',
      label: 'Ngân sách',
      cells: Array.from({ length: 8 }, (_, i) => ({
        column: `c${i}`,
        text: '12.345.678.900',
        value: 12_345_678_900,
        isShare: false,
      })),
    },
  ],
  total: null,
  note: null,
};

/** Letters of Times Bold by their width in thousandths of the size, and what a cell keeps free at each side in millimetres. */
const bold: readonly (readonly [number, string])[] = [
  [250, '.,'],
  [278, 'il/'],
  [333, 'fjt()-:'],
  [389, 'sI'],
  [444, 'cerz'],
  [500, 'agovxy0123456789J'],
  [556, 'bdđhknpquS'],
  [611, 'FP'],
  [667, 'BELTZ'],
  [722, 'wACDĐNRUVXY'],
  [778, 'GHKOQ'],
  [833, 'm'],
  [944, 'M'],
  [1000, 'W%'],
];
const cellMargin = 1;
const millimetresOfPoint = 0.353;

const boldWidth = (word: string, size: number): number =>
  [...word.normalize('NFD').replace(/\p{M}/gu, '')]
    .map((one) => bold.find(([, letters]) => letters.includes(one))?.[0] ?? 600)
    .reduce((a, b) => a + (b / 1000) * size * millimetresOfPoint, 0);

const textOf = (xml: string): string =>
  [...xml.matchAll(/<w:t[^>]*>([^<]*)<\/w:t>/g)].map(([, text]) => text).join('\n');

describe('the Word file', () => {
  test('is laid out as the decree asks: page, margins, letters, national title, number and date left open', async () => {
    const xml = (await entries(await docxOf(paper())))['word/document.xml'] ?? '';
    const text = textOf(xml);
    for (const line of [
      'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM',
      'Độc lập - Tự do - Hạnh phúc',
      'UBND TỈNH HÀ TĨNH',
      'Số:        /BC-UBND',
      'Nghi Xuân, ngày      tháng      năm 2019',
      'BÁO CÁO',
      'II. Kết quả thực hiện',
      'TM. ỦY BAN NHÂN DÂN',
      'Nơi nhận:',
      'Phụ lục I',
      'Đơn vị tính: đồng',
    ])
      expect(text).toContain(line);
    expect(text).toContain('Đề nghị bổ sung kinh phí./.');
    expect(text.match(/\.\/\./g), 'once, at the end').toHaveLength(1);
    const fonts = new Set([...xml.matchAll(/w:ascii="([^"]+)"/g)].map(([, font]) => font));
    expect([...fonts]).toEqual(['Times New Roman']);
    const [first] = [...xml.matchAll(/<w:pgSz[^>]*>|<w:pgMar[^>]*>/g)].map(([tag]) => tag);
    expect(first).toMatch(/w:w="11906" w:h="16838"/);
    expect(xml).toMatch(/<w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1701"/);
    expect(xml, 'a wide annex turns the page').toContain('w:orient="landscape"');
    // Body text is 14 points, justified, with an indented first line.
    expect(xml).toMatch(/<w:jc w:val="both"\/>.*?<w:sz w:val="28"\/>/s);
    expect(xml).toContain('w:firstLine="720"');
  });
  test('numbers its pages from the second one on, in the middle of the top margin', async () => {
    const files = await entries(await docxOf(paper()));
    const headers = Object.entries(files).filter(([name]) => name.startsWith('word/header'));
    expect(headers.some(([, xml]) => xml.includes('PAGE') && xml.includes('w:val="center"'))).toBe(true);
    expect(files['word/document.xml']).toContain('<w:titlePg/>');
  });
  test('has no table wider than its page, and no column narrower than its longest word', () => {
    for (const table of [...paper().tables, crowded]) {
      const room = table.columns.length > 6 ? 257 : 160;
      const { size, widths } = laidOut(table, room);
      expect(
        widths.reduce((a, b) => a + b, 0),
        table.title,
      ).toBeLessThanOrEqual(room + 0.001);
      expect(size, table.title).toBeGreaterThanOrEqual(7);
      table.columns.forEach(({ label }, i) => {
        const words = [label, ...table.rows.map(({ cells }) => cells[i]?.text ?? '')].flatMap((text) =>
          text.split(' '),
        );
        const widest = Math.max(...words.map((word) => boldWidth(word, size)));
        expect(widths[i + 1], `${table.title}: ${label}`).toBeGreaterThanOrEqual(widest + 2 * cellMargin);
      });
    }
  });
});

describe('the Excel file', () => {
  test('holds numbers as numbers and what people wrote as text', async () => {
    const files = await entries(
      await xlsxOf(paper(), [['TH-1', '=1+1', 'Xã Xuân Thành', null, null, 'Đã duyệt', '+84', null]]),
    );
    const sheets = files['xl/workbook.xml'] ?? '';
    const names = [...sheets.matchAll(/<sheet [^>]*name="([^"]+)"/g)].map(([, name]) => name);
    expect(names).toContain('Biểu 01. Truyền thông');
    expect(names.at(-1)).toBe('Bản ghi');
    const all = Object.entries(files).filter(([name]) => name.startsWith('xl/worksheets/'));
    expect(all.map(([, xml]) => xml).join(''), 'no cell is a formula').not.toMatch(/<f[ >]/);
    const first = files['xl/worksheets/sheet1.xml'] ?? '';
    expect(first).toContain('<v>1650</v>');
    expect(files['xl/styles.xml']).toContain('#,##0');
  });
});

describe('the CSV file', () => {
  test('says that it is UTF-8, and no cell of it runs as a formula', async () => {
    const text = await csvOf({ ...paper(), name: '=cmd|calc' }).text();
    const bytes = new Uint8Array(await csvOf(paper()).arrayBuffer());
    expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    const cells = (Papa.parse<string[]>(text.replace('\uFEFF', '')).data as string[][]).flat();
    expect(cells.filter((cell) => /^[=+@]/.test(cell))).toEqual([]);
    expect(cells).toContain('1650');
  });
});

describe('small numbers of supported people', () => {
  test('are told in no file and on no screen, nor by their total', async () => {
    const tables = paper().tables;
    const support = tables.find(({ name }) => name === 'support');
    const persons = support?.rows[0]?.cells.find(({ column }) => column === 'persons_supported');
    expect(persons).toMatchObject({ text: '< 5', value: null });
    expect(support?.total?.cells.find(({ column }) => column === 'persons_supported')?.value).toBeNull();
    const own = { ...paper(), tables: support === undefined ? [] : [support] };
    const files = await entries(await xlsxOf(own, []));
    expect(files['xl/worksheets/sheet1.xml']).not.toMatch(/<c r="\w+"(?: s="\d+")?><v>3</);
    expect(await csvOf(own).text()).not.toMatch(/,3[,\n]/);
    expect(textOf((await entries(await docxOf(own)))['word/document.xml'] ?? '')).not.toMatch(/^3$/m);
  });
  test('nor are they kept in what is handed in', () => {
    const cells = frozen(report()).filter(({ table }) => table === 'support');
    expect(cells.find(({ column }) => column === 'persons_supported')).toMatchObject({
      value: 5,
      mark: 'below',
    });
  });
});

test('a report that was handed in reads as it did then', () => {
  const of = report();
  const again = paperTables({
    tables: thawed(frozen(of)),
    indicators: of.indicators,
    targets: [],
    isComplete: true,
    levels: { commune: 'Xã' },
  });
  expect(again).toEqual(tablesOf(of));
});
