import { ownWords } from './own-words.ts';

/** The words of reports. */
export const { words: reportWords, load: loadReportWords } = ownWords(async (language) =>
  language === 'vi' ? (await import('./vi-report.ts')).viReport : (await import('./en-report.ts')).enReport,
);
