import { tasks2019 } from '../../domain/guideline/tasks-2019.ts';
import { targetsOfYear } from '../../domain/guideline/year.ts';
import type { Typed } from '../../domain/records/typed.ts';
import { reportWords, loadReportWords } from '../text/report-words.ts';
import { fill } from '../text/words.ts';

/** A first guideline begins with the tasks and targets of 2019, worded, so that the province changes and does not type. */
export const firstGuideline = async (year: string | undefined): Promise<Typed> => {
  const [{ tasks }] = await Promise.all([import('../text/tasks-vi.ts'), loadReportWords()]);
  const w = reportWords.value;
  const actors = w.actors as Readonly<Record<string, string>>;
  return {
    title: fill(w.guidelineTitle, { year: year ?? '' }).trim(),
    tasks: tasks2019.map((code) => ({
      code,
      text: tasks[code],
      actors: actors[code.startsWith('II.') ? 'II' : code.split('.').slice(0, 2).join('.')] ?? '',
    })),
    targets: targetsOfYear(null).map(({ code }) => ({ code, text: '', measure: '', target: '' })),
  };
};
