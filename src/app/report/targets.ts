import { targetsOfYear } from '../../domain/guideline/year.ts';
import type { Guideline } from '../../domain/records/guideline.ts';
import type { Values } from '../../domain/records/field.ts';
import { showDecimal } from '../../domain/typed/show.ts';
import type { ReportView } from '../../device/report.ts';
import { labelOf } from '../text/words.ts';
import type { Target } from './paper-tables.ts';

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const number = (value: unknown): string => (typeof value === 'number' ? showDecimal(value) : '');

/** The year’s targets, as the guideline words them, with what the unit typed about each; its own additions come last. */
export const targetsFor = (
  { figures }: Pick<ReportView, 'figures'>,
  guideline: Guideline | null,
): Target[] => {
  const typed = (figures?.figures['indicators'] ?? []) as Values[];
  const named = targetsOfYear(guideline);
  const own = typed.filter((line) => !named.some(({ code }) => code === line['code']));
  const told = (line: Values | undefined, wording: string, target: number | null): Target => ({
    code: text(line?.['code']),
    text: wording,
    target: number(line?.['target'] ?? target),
    result: number(line?.['result']),
    standing: line?.['standing'] == null ? '' : labelOf('standing', text(line['standing'])),
    source: text(line?.['source']),
  });
  return [
    ...named.map((target) => ({
      ...told(
        typed.find((line) => line['code'] === target.code),
        [target.text, target.measure].filter(Boolean).join(' – '),
        target.target,
      ),
      code: target.code,
    })),
    ...own.map((line) => told(line, '', null)),
  ];
};
