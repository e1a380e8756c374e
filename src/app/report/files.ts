import type { Values } from '../../domain/records/field.ts';
import { kinds } from '../../domain/records/kinds.ts';
import { outlineOf } from '../../domain/report/outline.ts';
import { showDate } from '../../domain/typed/show.ts';
import { readCounted } from '../../device/report.ts';
import { session } from '../session.ts';
import { recordTitle } from '../text/record-title.ts';
import { reportWords } from '../text/report-words.ts';
import { viPaper } from '../text/vi-paper.ts';
import { unitName } from '../text/unit-name.ts';
import { fill, more } from '../text/words.ts';
import type { HeldGuideline } from '../../device/guideline.ts';
import type { ReportKey, ReportView } from '../../device/report.ts';
import type { Scope } from '../../protocol/scope.ts';
import { letterheadOf } from './letterhead.ts';
import type { Letterhead } from './letterhead.ts';
import { sectionNames } from './narrative.tsx';
import type { PaperTable } from './paper-tables.ts';

/** What a file is made from. */
export type Making = {
  readonly name: string;
  readonly reportKey: ReportKey;
  readonly tables: readonly PaperTable[];
  readonly ownTable: PaperTable;
  /** What is told in each part, by its code. */
  readonly narrative: Readonly<Record<string, string>>;
  readonly view: ReportView;
  readonly scope: Scope;
  readonly silent: readonly string[];
  readonly guideline: HeldGuideline['guideline'] | null;
};

/** A report as a file that is taken away. What may not be told is hidden already in the tables it is made of. */
export type Paper = {
  readonly name: string;
  readonly subject: string;
  readonly letterhead: Letterhead;
  readonly year: number;
  readonly sections: readonly { readonly title: string; readonly text: string }[];
  readonly silent: readonly string[];
  readonly tables: readonly PaperTable[];
};

/** A record behind the figures, as a line of a sheet. */
export type RecordLine = readonly (string | null)[];

const sectionsOf = ({ reportKey, narrative }: Making): Paper['sections'] => {
  const names = sectionNames(reportKey.type);
  return outlineOf(reportKey.type).map(({ code }) => ({
    title: names[code] ?? code,
    text: narrative[code] ?? '',
  }));
};

const paperOf = (make: Making): Paper => {
  const { name, reportKey, tables, ownTable, scope, silent, guideline } = make;
  return {
    name,
    subject: fill(viPaper.subject[reportKey.type], { year: String(reportKey.year) }),
    letterhead: letterheadOf(reportKey.unit, scope, guideline),
    year: reportKey.year,
    sections: sectionsOf(make),
    silent,
    tables: [ownTable, ...tables],
  };
};

/** The records that count in the report: what they are and where, nothing that only some may see. */
const recordLines = async ({ view, scope }: Making): Promise<RecordLine[]> => {
  const { device } = await session();
  const records = await readCounted(device, view.counted);
  const day = (fields: Values, name: string | null): string | null => {
    const value = fields[name ?? ''];
    return typeof value === 'string' ? showDate(value) : null;
  };
  return records.map((record) => [
    record.code,
    more.value.kinds[record.kind],
    unitName(record, scope) ?? '',
    day(record.fields, kinds[record.kind].startDate),
    day(record.fields, kinds[record.kind].endDate),
    more.value.states[record.state],
    recordTitle(record),
    view.carried.has(record.id) ? reportWords.value.carriedMark : null,
  ]);
};

/** Makes the file and hands it to the browser; Word’s and Excel’s writers are fetched when they are first asked for. */
export const download = async (kind: 'docx' | 'xlsx' | 'csv', make: Making): Promise<void> => {
  const paper = paperOf(make);
  const blob = await {
    docx: async () => (await import('./docx.ts')).docxOf(paper),
    xlsx: async () => (await import('./xlsx.ts')).xlsxOf(paper, await recordLines(make)),
    csv: async () => (await import('./csv.ts')).csvOf(paper),
  }[kind]();
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = `${fileName(make)}.${kind}`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), keptMs);
};

const keptMs = 60_000;

/** Without marks, for old office programs and USB sticks. */
const fileName = ({ reportKey, scope }: Making): string => {
  const code = scope.units.find(({ id }) => id === reportKey.unit)?.code ?? 'don-vi';
  return `bao-cao-${reportKey.type}-${reportKey.year}-${code}`;
};
