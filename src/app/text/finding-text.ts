import type { FindingCode } from '../../domain/records/field.ts';
import { fill, more } from './words.ts';

/** What a finding says beside its field. */
export const findingText = (finding: { code: FindingCode | string; n?: number }, empty = false): string => {
  const { errors } = more.value;
  if (finding.code === 'E_COUNT_TYPE' && empty) return errors.E_COUNT_TYPE_EMPTY;
  if (finding.code === 'E_COUNT_TYPE' && (finding.n ?? 0) > 0)
    return fill(errors.E_COUNT_TYPE_MIN, { n: finding.n ?? 0 });
  const text = (errors as Readonly<Record<string, string>>)[finding.code] ?? errors.E_VALUE_TYPE;
  // A year is not a count: it is written without a thousands mark.
  return fill(text, { n: finding.code === 'E_DATE_TOO_OLD' ? String(finding.n) : (finding.n ?? 0) });
};
