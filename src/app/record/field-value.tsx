import type { JSX } from 'preact';
import type { Field, FundingLine } from '../../domain/records/field.ts';
import { isEmpty } from '../../domain/records/field.ts';
import type { TaskCode } from '../../domain/guideline/tasks-2019.ts';
import { showDate } from '../../domain/typed/date.ts';
import { showNumber } from '../../domain/typed/number.ts';
import { useTaskWords } from '../text/task-words.ts';
import { fill, labelOf, more } from '../text/words.ts';

/** A field's value as it is read: Vietnamese dates and numbers, names instead of codes. */
export const FieldValue = ({ field, value }: { field: Field; value: unknown }): JSX.Element => {
  if (isEmpty(value))
    return (
      <span class="quiet">
        {field.type === 'campaign' ? more.value.form.campaignOff : more.value.record.empty}
      </span>
    );
  if (field.type === 'tasks') return <TaskList codes={value as TaskCode[]} />;
  return <>{valueText(field, value)}</>;
};

const TaskList = ({ codes }: { codes: readonly TaskCode[] }): JSX.Element => {
  const tasks = useTaskWords();
  return (
    <ul class="plain-list">
      {codes.map((code) => (
        <li key={code}>
          <strong>{code}</strong> {tasks?.[code] ?? ''}
        </li>
      ))}
    </ul>
  );
};

/** A value on one line of text, as differences and exports show it. */
export const valueText = (field: Field, value: unknown): string => {
  if (isEmpty(value)) return more.value.record.noValue;
  switch (field.type) {
    case 'date':
      return showDate(String(value));
    case 'count':
      return showNumber(value as number);
    case 'campaign':
      return fill(more.value.form.campaignOn, { year: String(value) });
    case 'choice':
      return labelOf(field.list ?? 'topic', String(value));
    case 'choices':
      return (value as string[]).map((code) => labelOf(field.list ?? 'topic', code)).join('; ');
    case 'funding':
      return (value as FundingLine[])
        .map(
          ({ source, amount_vnd }) =>
            labelOf('fund_source', source) +
            (source === 'khong_kinh_phi' ? '' : `: ${showNumber(amount_vnd)} đ`),
        )
        .join('; ');
    case 'tags':
    case 'tasks':
      return (value as string[]).join('; ');
    default:
      return String(value);
  }
};
