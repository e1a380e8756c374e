import type { RecordState } from '../../domain/change.ts';
import { kinds } from '../../domain/records/kinds.ts';
import { showDate } from '../../domain/typed/show.ts';
import { labelOf, more } from './words.ts';

/** What a record is called: by its name, or by its period or status. */
export const recordTitle = ({ kind, fields }: Pick<RecordState, 'kind' | 'fields'>): string => {
  if (kind === 'report')
    return `${labelOf('report_type', String(fields['report_type']))} ${String(fields['year'])}`;
  if (kind === 'figures') return `${more.value.kinds.figures} ${String(fields['year'])}`;
  const { title, startDate, endDate } = kinds[kind];
  if (title !== null) return String(fields[title] ?? more.value.record.empty);
  const dates = [startDate, endDate]
    .flatMap((name) => (name === null ? [] : (fields[name] ?? [])))
    .map((day) => showDate(String(day)));
  const what = kind === 'model_status' ? labelOf('model_status', String(fields['status'] ?? '')) : '';
  return [what || more.value.kinds[kind], dates.join(' – ')].filter(Boolean).join(', ');
};

/** What sort of thing it is within its kind: the form of an activity, the type of a model. */
export const recordSort = ({ kind, fields }: Pick<RecordState, 'kind' | 'fields'>): string => {
  if (kind === 'activity') return labelOf('activity_form', String(fields['form'] ?? ''));
  if (kind === 'plan' && fields['form'] !== null) return labelOf('activity_form', String(fields['form']));
  return kind === 'model'
    ? labelOf('model_type', String(fields['model_type'] ?? ''))
    : more.value.kinds[kind];
};
