import { FileText } from 'lucide';
import type { JSX } from 'preact';
import type { RecordState } from '../../domain/change.ts';
import { more } from '../text/words.ts';
import { Icon } from '../ui/icon.tsx';

/** A report is read on its own page. */
export const ReportLink = ({ record }: { record: RecordState }): JSX.Element | null => {
  if (record.kind !== 'report') return null;
  const { report_type, year } = record.fields;
  return (
    <a
      class="button plain"
      href={`/bao-cao/${String(report_type)}?nam=${String(year)}&don-vi=${encodeURIComponent(record.unit)}`}
    >
      <Icon of={FileText} /> {more.value.review.openReport}
    </a>
  );
};
