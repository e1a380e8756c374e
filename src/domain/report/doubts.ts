import type { Fact } from './fact.ts';
import { figure } from './fact.ts';
import type { Report } from './report.ts';

/** What looks wrong in a report before it is handed in. Nothing of it stops anybody; all of it is named. */
export type Doubt =
  | { readonly what: 'empty' }
  | { readonly what: 'waiting' | 'carried'; readonly n: number }
  | { readonly what: 'silent'; readonly units: readonly string[] }
  | { readonly what: 'unknown_sex' | 'far_from_last_year'; readonly n: number }
  | { readonly what: 'early'; readonly day: string };

const unknownShare = 0.2;
/** So many times more or less than the year before is worth a second look. */
const farFrom = 3;

/** `selected`: the facts that count in the report. */
export const doubtsOf = (
  selected: readonly Fact[],
  report: Report,
  lastYear: Report,
  today: string,
): Doubt[] => {
  const unknown = selected.filter(
    (fact) =>
      fact.kind === 'activity' &&
      figure(fact, 'participants_unknown') > unknownShare * figure(fact, 'participants_total'),
  ).length;
  const [now, before] = [report.counted, lastYear.counted];
  const isFar = before >= 5 && (now > farFrom * before || now * farFrom < before);
  const all: (Doubt | null)[] = [
    report.counted === 0 ? { what: 'empty' } : null,
    today < report.window.to ? { what: 'early', day: report.window.to } : null,
    report.waiting > 0 ? { what: 'waiting', n: report.waiting } : null,
    report.silent.length > 0 ? { what: 'silent', units: report.silent } : null,
    report.carried > 0 ? { what: 'carried', n: report.carried } : null,
    unknown > 0 ? { what: 'unknown_sex', n: unknown } : null,
    isFar ? { what: 'far_from_last_year', n: before } : null,
  ];
  return all.filter((doubt): doubt is Doubt => doubt !== null);
};
