import { useRoute } from 'preact-iso/router';
import type { JSX } from 'preact';
import { loadReportWords } from '../text/report-words.ts';
import { ReportScreen } from './report-screen.tsx';
import { ReportsScreen } from './reports-screen.tsx';
import { TasksScreen } from './tasks-screen.tsx';

/** All addresses under /bao-cao: the year’s reports, one of them, and the tasks they tell of. */
const Reports = (): JSX.Element => {
  const { loai } = useRoute().params;
  if (loai === undefined) return <ReportsScreen />;
  return loai === 'nhiem-vu' ? <TasksScreen /> : <ReportScreen />;
};

/** The screens with their words. */
export const reports = async (): Promise<() => JSX.Element> => {
  await loadReportWords();
  return Reports;
};
