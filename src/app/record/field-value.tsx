import type { JSX } from 'preact';
import type { Evidence, Field, Values } from '../../domain/records/field.ts';
import { isEmpty } from '../../domain/records/field.ts';
import type { TaskCode } from '../../domain/guideline/tasks-2019.ts';
import { showDate, showDecimal, showNumber } from '../../domain/typed/show.ts';
import { useTaskWords } from '../text/task-words.ts';
import { columnLabel } from '../text/column-label.ts';
import { fieldLabel, fill, labelOf, more } from '../text/words.ts';
import { PhotoView } from './photo-view.tsx';

/** A field's value as it is read: Vietnamese dates and numbers, names instead of codes. */
export const FieldValue = ({
  name,
  field,
  value,
  record,
}: {
  name: string;
  field: Field;
  value: unknown;
  /** The record's id, by which its photos are asked for. */
  record: string;
}): JSX.Element => {
  if (isEmpty(value))
    return (
      <span class="quiet">
        {field.type === 'campaign' ? more.value.form.campaignOff : more.value.record.empty}
      </span>
    );
  if (field.type === 'tasks') return <TaskList codes={value as TaskCode[]} />;
  if (field.type === 'rows') return <RowTable name={name} field={field} rows={value as Values[]} />;
  if (field.type === 'evidence') return <Photos photos={value as Evidence[]} record={record} />;
  return <>{valueText(field, value)}</>;
};

/** Lines as a table that scrolls by itself on a narrow screen; a roster's ticks are counted. */
const RowTable = ({
  name,
  field,
  rows,
}: {
  name: string;
  field: Field;
  rows: readonly Values[];
}): JSX.Element => {
  const columns = Object.entries(field.columns ?? {});
  return (
    <div class="table-scroll" tabIndex={0} role="group" aria-label={fieldLabel(name)}>
      <table class="rows">
        <thead>
          <tr>
            {columns.map(([column]) => (
              <th key={column} scope="col">
                {columnLabel(name, column)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, i) => (
            <tr key={i}>
              {columns.map(([column, of]) => (
                <td key={column} class={of.type === 'count' || of.type === 'money' ? 'number' : ''}>
                  {isEmpty(row[column]) ? '–' : valueText(of, row[column])}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};

const Photos = ({ photos, record }: { photos: readonly Evidence[]; record: string }): JSX.Element => (
  <ul class="photos">
    {photos.map(({ sha256, caption }, i) => (
      <li key={sha256}>
        <PhotoView
          sha256={sha256}
          record={record}
          alt={caption ?? fill(more.value.form.photo.alt, { n: i + 1 })}
        />
        {caption !== null && <p>{caption}</p>}
      </li>
    ))}
  </ul>
);

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
      return field.plain ? String(value) : showNumber(value as number);
    case 'campaign':
      return fill(more.value.form.campaignOn, { year: String(value) });
    case 'choice':
      return labelOf(field.list ?? 'topic', String(value));
    case 'choices':
      return (value as string[]).map((code) => labelOf(field.list ?? 'topic', code)).join('; ');
    case 'money':
      return `${showNumber(value as number)} đ`;
    case 'decimal':
      return showDecimal(value as number);
    case 'bool':
      return value === true ? more.value.form.yes : more.value.form.no;
    case 'ticks':
      return `${(value as boolean[]).filter(Boolean).length}/${(value as boolean[]).length}`;
    case 'rows':
      return (value as Values[]).map((row) => lineText(field, row)).join('; ');
    case 'evidence':
      return String((value as Evidence[]).length);
    case 'tags':
    case 'tasks':
      return (value as string[]).join('; ');
    default:
      return String(value);
  }
};

/** One line of a list: its name, and what it comes to. What costs nothing needs no amount. */
const lineText = (field: Field, row: Values): string =>
  Object.entries(field.columns ?? {})
    .filter(([name, column]) => !isEmpty(row[name]) && (column.shown?.(row) ?? true))
    .map(([name, column]) => valueText(column, row[name]))
    .join(': ');
