import { signal } from '@preact/signals';
import { language } from './words.ts';
import type { ReportWords } from './vi-report.ts';

/** The words of reports in the chosen language. They come with their screens; the first screens have no use for them. */
export const reportWords = signal({} as ReportWords);

let heldIn: string | null = null;

/** Fetches the words of reports; awaited before the first of their screens is drawn, and again in another language. */
export const loadReportWords = async (): Promise<void> => {
  const chosen = language.value;
  if (heldIn === chosen) return;
  const words =
    chosen === 'vi' ? (await import('./vi-report.ts')).viReport : (await import('./en-report.ts')).enReport;
  if (language.value !== chosen) return loadReportWords();
  reportWords.value = words;
  heldIn = chosen;
};

language.subscribe(() => {
  if (heldIn !== null) void loadReportWords().catch(() => undefined);
});
