import {
  AlignmentType,
  BorderStyle,
  Document,
  Footer,
  Header,
  Packer,
  PageNumber,
  PageOrientation,
  Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  VerticalAlign,
  WidthType,
} from 'docx';
import { viPaper } from '../text/vi-paper.ts';
import { fill } from '../text/words.ts';
import type { Paper } from './files.ts';
import type { PaperRow, PaperTable } from './paper-tables.ts';

/**
 * A report as an official paper (Decree 30/2020/NĐ-CP): A4, Times New Roman, national title and letterhead, number and date
 * left open for the clerk, text that ends in “./.”, signature and recipients, tables as annexes.
 */

const font = 'Times New Roman';
/** Lengths in twentieths of a point; sizes of letters in half points. */
const mm = (length: number): number => Math.round((length * 1440) / 25.4);
const pt = (size: number): number => size * 2;

const margins = { top: mm(20), bottom: mm(20), left: mm(30), right: mm(20) };
const width = { portrait: 210 - 50, landscape: 297 - 40 };
const bodySize = 14;

type Run = { readonly bold?: boolean; readonly italics?: boolean; readonly size?: number };

const run = (text: string, { bold = false, italics = false, size = bodySize }: Run = {}): TextRun =>
  new TextRun({ text, bold, italics, size: pt(size), font });

const centred = (text: string, style: Run = {}, after = 0, keepNext = false): Paragraph =>
  new Paragraph({
    keepNext,
    alignment: AlignmentType.CENTER,
    spacing: { after },
    children: [run(text, style)],
  });

const none = { style: BorderStyle.NONE, size: 0, color: 'auto' };
const noBorders = { top: none, bottom: none, left: none, right: none };
const line = { style: BorderStyle.SINGLE, size: 4, color: '000000' };

/** A rule of its own width under a heading: a paragraph with nothing in it and a border on top. */
const rule = (indent: number): Paragraph =>
  new Paragraph({
    indent: { left: mm(indent), right: mm(indent) },
    border: { top: { ...line, space: 1 } },
    spacing: { before: 40, after: 0, line: 120, lineRule: 'exact' },
    children: [],
  });

const bare = (columns: readonly (readonly [number, readonly Paragraph[]])[]): Table =>
  new Table({
    layout: TableLayoutType.FIXED,
    width: { size: mm(columns.reduce((sum, [size]) => sum + size, 0)), type: WidthType.DXA },
    columnWidths: columns.map(([size]) => mm(size)),
    borders: { ...noBorders, insideHorizontal: none, insideVertical: none },
    rows: [
      new TableRow({
        cantSplit: true,
        children: columns.map(
          ([size, children]) =>
            new TableCell({
              width: { size: mm(size), type: WidthType.DXA },
              borders: noBorders,
              margins: { left: 0, right: 0 },
              children: [...children],
            }),
        ),
      }),
    ],
  });

const left = 64;
const right = width.portrait - left;

const head = ({ letterhead, year }: Paper): (Paragraph | Table)[] => {
  const w = viPaper;
  return [
    bare([
      [
        left,
        [
          ...(letterhead.parentBody === '' ? [] : [centred(letterhead.parentBody, { size: 12 })]),
          centred(letterhead.issuingBody, { size: 12, bold: true }),
          rule(20),
        ],
      ],
      [
        right,
        [centred(w.nation, { size: 12, bold: true }), centred(w.motto, { size: 13, bold: true }), rule(20)],
      ],
    ]),
    bare([
      [left, [centred(letterhead.number, { size: 13 })]],
      [
        right,
        [centred(fill(w.date, { place: letterhead.place, year: String(year) }), { size: 13, italics: true })],
      ],
    ]),
  ];
};

const body = (text: string, keepNext = false): Paragraph =>
  new Paragraph({
    keepNext,
    alignment: AlignmentType.JUSTIFIED,
    indent: { firstLine: mm(12.7) },
    spacing: { after: 120, line: 288 },
    children: [run(text)],
  });

const heading = (text: string): Paragraph =>
  new Paragraph({
    keepNext: true,
    indent: { firstLine: mm(12.7) },
    spacing: { before: 120, after: 120 },
    children: [run(text, { bold: true })],
  });

type Told = { readonly isHeading: boolean; readonly told: string };

/** The parts, with the heading that II needs above its numbered parts. */
const toldIn = ({ sections, silent }: Paper): Told[] => {
  const w = viPaper;
  const firstResult = sections.findIndex(({ title }) => title.startsWith('II.'));
  const open = (told: string): Told => ({ isHeading: true, told });
  const say = (told: string): Told => ({ isHeading: false, told });
  return [
    // Who sent nothing is part of the situation.
    ...sections.flatMap(({ title, text: told }, i) => [
      ...(i === firstResult ? [open(w.results)] : []),
      open(title.startsWith('II.') ? title.slice('II.'.length) : title),
      ...told
        .split('\n')
        .map((one) => one.trim())
        .filter((one) => one !== '')
        .map(say),
      ...(i === 0 && silent.length > 0 ? [say(fill(w.silent, { units: silent.join(', ') }))] : []),
    ]),
  ];
};

/** The text ends in “./.”; after a heading without a text it stands alone. */
const text = (paper: Paper): Paragraph[] => {
  const all = toldIn(paper);
  const last = all.at(-1);
  return [
    ...all.map((one) => {
      if (one.isHeading) return heading(one.told);
      if (one !== last) return body(one.told);
      // The signature never stands alone on a page.
      return body(`${one.told.replace(/[.\s]+$/, '')}${ending}`, true);
    }),
    ...(last?.isHeading === false ? [] : [body(ending, true)]),
  ];
};

const ending = './.';

const signature = ({ letterhead }: Paper): Table => {
  const w = viPaper;
  const small = (told: string): Paragraph =>
    new Paragraph({ spacing: { after: 0 }, children: [run(told, { size: 11 })] });
  return bare([
    [
      left + 16,
      [
        new Paragraph({
          spacing: { after: 0 },
          children: [run(w.recipients, { size: 12, bold: true, italics: true })],
        }),
        ...letterhead.recipients.map(small),
        small(w.filed),
      ],
    ],
    [
      right - 16,
      [
        ...(letterhead.signedFor === '' ? [] : [centred(letterhead.signedFor, { bold: true })]),
        centred(letterhead.signer, { bold: true }),
        ...Array.from({ length: 4 }, () => centred('')),
      ],
    ],
  ]);
};

/** Arabic numbers in the middle of the top margin, none on the first page. */
const pageNumbers = {
  default: new Header({
    children: [
      new Paragraph({
        alignment: AlignmentType.CENTER,
        children: [new TextRun({ children: [PageNumber.CURRENT], size: pt(13), font })],
      }),
    ],
  }),
  first: new Header({ children: [new Paragraph({})] }),
};

const roman = ['I', 'II', 'III', 'IV', 'V', 'VI', 'VII', 'VIII', 'IX', 'X', 'XI', 'XII', 'XIII', 'XIV', 'XV'];

const isWide = ({ columns }: PaperTable): boolean => columns.length > 6;

/** Millimetres that a letter takes at a size, and that a cell keeps free beside its text. */
const letter = (size: number): number => size * 0.225;
const padding = 4;
const sizes = [12, 11, 10, 9, 8, 7];

/** The widest word of each column: what may not be broken decides how wide a column must be. */
const wordsIn = ({ head: first, columns, rows, total }: PaperTable): number[] => {
  const lines: readonly PaperRow[] = total === null ? rows : [...rows, total];
  const longest = (texts: readonly string[]): number =>
    Math.max(3, ...texts.flatMap((one) => one.split(/\s/)).map((word) => word.length));
  return [
    // Labels are sentences, so the first column is wider than its longest word.
    Math.max(20, longest([first, ...lines.map(({ label }) => label)])),
    ...columns.map(({ label }, i) => longest([label, ...lines.map(({ cells }) => cells[i]?.text ?? '')])),
  ];
};

/** Column widths in millimetres and the largest size of letters at which every word fits. */
export const laidOut = (
  table: PaperTable,
  room: number,
): { readonly size: number; readonly widths: number[] } => {
  const words = wordsIn(table);
  const needed = (size: number): number[] => words.map((n) => n * letter(size) + padding);
  const size = sizes.find((one) => needed(one).reduce((a, b) => a + b, 0) <= room) ?? 6;
  const least = needed(size);
  const spare = room - least.reduce((a, b) => a + b, 0);
  // What is left over goes to the labels first.
  const toFirst = Math.max(0, Math.min(spare, 40));
  const each = (spare - toFirst) / least.length;
  return { size, widths: least.map((one, i) => one + each + (i === 0 ? toFirst : 0)) };
};

const annexTable = (table: PaperTable): Table => {
  const { size, widths } = laidOut(table, isWide(table) ? width.landscape : width.portrait);
  const cell = (told: string, at: number, style: Run, alignment: 'left' | 'right' | 'center'): TableCell =>
    new TableCell({
      width: { size: mm(widths[at] ?? 10), type: WidthType.DXA },
      verticalAlign: VerticalAlign.CENTER,
      margins: { left: mm(1), right: mm(1), top: 30, bottom: 30 },
      borders: { top: line, bottom: line, left: line, right: line },
      children: [
        new Paragraph({ alignment, spacing: { after: 0 }, children: [run(told, { size, ...style })] }),
      ],
    });
  const row = ({ label, cells }: PaperRow, bold: boolean): TableRow =>
    new TableRow({
      cantSplit: true,
      children: [
        cell(label, 0, { bold }, 'left'),
        ...cells.map(({ text: told, value }, i) =>
          cell(told, i + 1, { bold }, value === null && told.length > 12 ? 'left' : 'right'),
        ),
      ],
    });
  return new Table({
    layout: TableLayoutType.FIXED,
    width: { size: mm(widths.reduce((a, b) => a + b, 0)), type: WidthType.DXA },
    columnWidths: widths.map(mm),
    rows: [
      new TableRow({
        tableHeader: true,
        cantSplit: true,
        children: [table.head, ...table.columns.map(({ label }) => label)].map((told, i) =>
          cell(told, i, { bold: true }, 'center'),
        ),
      }),
      ...table.rows.map((one) => row(one, false)),
      ...(table.total === null ? [] : [row(table.total, true)]),
    ],
  });
};

const isMoney = ({ columns, name }: PaperTable): boolean =>
  name === 'funding' || columns.some(({ name: column }) => column === 'vnd' || column === 'allotted');

const annex = (table: PaperTable, n: number, { subject }: Paper): (Paragraph | Table)[] => {
  const w = viPaper;
  return [
    centred(fill(w.annex, { n: roman[n] ?? String(n + 1) }), { bold: true, size: 13 }, 0, true),
    centred(table.title, { bold: true, size: 13 }, 0, true),
    centred(fill(w.annexOf, { name: subject }), { italics: true, size: 12 }, 120, true),
    ...(isMoney(table)
      ? [
          new Paragraph({
            keepNext: true,
            alignment: AlignmentType.RIGHT,
            spacing: { after: 60 },
            children: [run(w.unitOfMoney, { italics: true, size: 12 })],
          }),
        ]
      : []),
    annexTable(table),
    ...(table.note === null
      ? []
      : [
          new Paragraph({
            spacing: { before: 80 },
            children: [run(table.note, { italics: true, size: 11 })],
          }),
        ]),
  ];
};

type Annexes = { readonly wide: boolean; readonly children: (Paragraph | Table)[] };

/** Tables that lie the same way follow each other on the page; a wide one turns it. */
const annexes = (paper: Paper): Annexes[] =>
  paper.tables.reduce<Annexes[]>((sections, table, n) => {
    const wide = isWide(table);
    const last = sections.at(-1);
    const children = annex(table, n, paper);
    return last?.wide === wide
      ? [
          ...sections.slice(0, -1),
          { wide, children: [...last.children, centred('', { size: 8 }), ...children] },
        ]
      : [...sections, { wide, children }];
  }, []);

const page = (orientation: 'portrait' | 'landscape', start?: number) => ({
  page: {
    size: {
      width: mm(210),
      height: mm(297),
      orientation: PageOrientation[orientation === 'portrait' ? 'PORTRAIT' : 'LANDSCAPE'],
    },
    margin:
      orientation === 'portrait' ? margins : { top: mm(30), bottom: mm(20), left: mm(20), right: mm(20) },
    ...(start === undefined ? {} : { pageNumbers: { start } }),
  },
});

export const docxOf = async (paper: Paper): Promise<Blob> => {
  const w = viPaper;
  const document = new Document({
    title: paper.name,
    creator: paper.letterhead.issuingBody,
    styles: { default: { document: { run: { font, size: pt(bodySize) } } } },
    sections: [
      {
        properties: { titlePage: true, ...page('portrait', 1) },
        headers: pageNumbers,
        footers: { default: new Footer({ children: [] }) },
        children: [
          ...head(paper),
          centred('', { size: 8 }),
          centred(w.report, { bold: true }),
          centred(paper.subject, { bold: true }),
          rule(60),
          centred('', { size: 8 }),
          ...text(paper),
          signature(paper),
        ],
      },
      ...annexes(paper).map(({ wide, children }, n) => ({
        properties: page(wide ? 'landscape' : 'portrait', n === 0 ? 1 : undefined),
        headers: { default: pageNumbers.default },
        children,
      })),
    ],
  });
  return Packer.toBlob(document);
};
