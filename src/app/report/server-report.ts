import { useEffect, useState } from 'preact/hooks';
import type { Report } from '../../domain/report/report.ts';
import type { ReportKey } from '../../device/report.ts';
import { call } from '../call.ts';

/** The server’s figures, asked for while this phone does not hold everything yet; null until they come. */
export const useServerReport = ({ type, year, unit }: ReportKey, wanted: boolean): Report | null => {
  const [report, setReport] = useState<Report | null>(null);
  useEffect(() => {
    if (!wanted || unit === '') return;
    let live = true;
    void call<Report>('GET', `report?type=${type}&year=${year}&unit=${encodeURIComponent(unit)}`).then(
      (answered) => live && setReport(answered),
      () => undefined,
    );
    return () => {
      live = false;
    };
  }, [type, year, unit, wanted]);
  return wanted ? report : null;
};
