import { signal } from '@preact/signals';
import type { Signal } from '@preact/signals';
import { useEffect, useState } from 'preact/hooks';
import type { RecordState } from '../../domain/change.ts';
import type { Values } from '../../domain/records/field.ts';
import { headlines } from '../../domain/report/headlines.ts';
import type { Headline } from '../../domain/report/headlines.ts';
import type { ReportKey } from '../../device/report.ts';
import { parseCount, parseMoney } from '../../domain/typed/number.ts';
import { showNumber } from '../../domain/typed/show.ts';
import { draftStore, session } from '../session.ts';

/** What a unit writes in its report beside the computed figures, letter by letter; it lies on the phone’s disk as she types. */
export type OwnFigure = { readonly value: string; readonly estimate: string; readonly reason: string };

type Written = {
  /** By the headline’s key. */
  readonly own: Readonly<Record<string, OwnFigure>>;
  /** By the part’s code. */
  readonly narrative: Readonly<Record<string, string>>;
};

export type ReportDraft = {
  readonly written: Signal<Written>;
  readonly id: Signal<string | null>;
  readonly keeping: Signal<'untouched' | 'keeping' | 'kept' | 'failed'>;
};

export const keyOf = ({ table, column }: Headline): string => `${table}.${column}`;
export const noFigure: OwnFigure = { value: '', estimate: '', reason: '' };

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
/** A figure as it is typed: a record holds numbers, a draft that the server's refusal made holds what was typed. */
const shown = (value: unknown): string => (typeof value === 'number' ? showNumber(value) : text(value));

const fromFields = (fields: Values): Written => {
  const rows = (name: string): readonly Values[] => (fields[name] ?? []) as Values[];
  return {
    own: Object.fromEntries(
      rows('own').map((row) => [
        `${text(row['table'])}.${text(row['column'])}`,
        { value: shown(row['value']), estimate: shown(row['estimate']), reason: text(row['reason']) },
      ]),
    ),
    narrative: Object.fromEntries(rows('narrative').map((row) => [text(row['section']), text(row['text'])])),
  };
};

/** Opens what was written for a report: an unfinished draft, or what was handed in. */
export const useReportDraft = (
  { type, year }: ReportKey,
  held: RecordState | null,
  own: boolean,
): ReportDraft | null => {
  const [draft, setDraft] = useState<ReportDraft | null>(null);
  useEffect(() => {
    if (!own) return;
    let live = true;
    const open = async (): Promise<void> => {
      // Her last letters are on their way to the disk.
      await settled();
      const { device, engine } = await session();
      const kept = (await engine.readDrafts(device)).find(
        ({ kind, typed }) =>
          kind === 'report' && typed['report_type'] === type && Number(typed['year']) === year,
      );
      const written =
        (kept?.typed['written'] as Written | undefined) ?? fromFields(kept?.typed ?? held?.fields ?? {});
      if (live)
        setDraft({
          written: signal(written),
          id: signal(kept?.id ?? held?.id ?? null),
          keeping: signal(kept === undefined ? 'untouched' : 'kept'),
        });
    };
    void open();
    return () => {
      live = false;
    };
  }, [type, year, held?.rev, own]);
  return draft;
};

let writing: Promise<void> = Promise.resolve();

/** Puts what she wrote on the disk; while one write runs, only the latest waits. */
export const write = (draft: ReportDraft, { type, year }: ReportKey, next: Partial<Written>): void => {
  draft.written.value = { ...draft.written.value, ...next };
  draft.keeping.value = 'keeping';
  const version = draft.written.value;
  const keep = async (): Promise<void> => {
    if (draft.written.value !== version) return;
    try {
      const { device, drafts } = await draftStore();
      draft.id.value ??= await drafts.newRecordId(device);
      await drafts.keepDraft(device, draft.id.value, 'report', { report_type: type, year, written: version });
      if (draft.written.value === version) draft.keeping.value = 'kept';
    } catch {
      draft.keeping.value = 'failed';
    }
  };
  writing = writing.then(keep);
};

/** Resolves when everything typed so far is on the disk, or was refused by it. */
export const settled = (): Promise<void> => writing;

/** A figure as typed: null when nothing stands there, undefined when it cannot be read. */
export const readFigure = (typed: string, unit: Headline['unit']): number | null | undefined => {
  if (typed.trim() === '') return null;
  return (unit === 'vnd' ? parseMoney(typed) : parseCount(typed))?.value;
};

/** What was written as the fields of the report, and whether all of its figures could be read. */
export const toFields = ({
  own,
  narrative,
}: Written): { readonly fields: Values; readonly isRead: boolean } => {
  const figures = headlines.map((headline) => {
    const typed = own[keyOf(headline)] ?? noFigure;
    const { table, row, column, unit } = headline;
    const [value, estimate] = [readFigure(typed.value, unit), readFigure(typed.estimate, unit)];
    return { table, row, column, value, estimate, reason: typed.reason.trim() || null };
  });
  const isRead = figures.every(({ value, estimate }) => value !== undefined && estimate !== undefined);
  const fields = {
    own: figures
      .map((line) => ({ ...line, value: line.value ?? null, estimate: line.estimate ?? null }))
      .filter(({ value, estimate, reason }) => value !== null || estimate !== null || reason !== null),
    narrative: Object.entries(narrative)
      .filter(([, told]) => told.trim() !== '')
      .map(([section, told]) => ({ section, text: told })),
  };
  return { fields, isRead };
};
