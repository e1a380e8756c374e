import { MessageSquareWarning } from 'lucide';
import type { JSX } from 'preact';
import type { RecordEvent, RecordState, Remarks } from '../../domain/change.ts';
import type { Field, Values } from '../../domain/records/field.ts';
import { isEmpty } from '../../domain/records/field.ts';
import { kinds } from '../../domain/records/kinds.ts';
import type { Scope } from '../../protocol/scope.ts';
import { now } from '../session.ts';
import { personName } from '../text/person-name.ts';
import { showTime } from '../text/time.ts';
import { fieldLabel, fill, more } from '../text/words.ts';
import { Icon } from '../ui/icon.tsx';
import { FieldValue, valueText } from './field-value.tsx';

/** How a reviewer marks fields for a return and says what is to be mended in each. */
export type Marking = {
  readonly toggle: (name: string) => void;
  readonly remarks: Remarks;
  readonly say: (name: string, text: string) => void;
};

/** A record's content in the order of its form; marked and changed fields stand out. */
export const RecordBody = ({
  record,
  marking,
  marks,
}: {
  record: RecordState;
  marking?: Marking;
  marks: readonly string[];
}): JSX.Element => {
  const shown = Object.entries(kinds[record.kind].fields).filter(
    ([name, field]) =>
      (field.shown?.(record.fields) ?? true) &&
      field.hidden !== true &&
      !(isRare(field) && isEmpty(record.fields[name])),
  );
  const sections = [...new Set(shown.map(([, field]) => field.section))];
  const titles = more.value.form.sections as Readonly<Record<string, string>>;
  return (
    <>
      {sections.map((section) => (
        <section class="card" key={section}>
          <h2>{titles[section]}</h2>
          <dl class="facts">
            {shown
              .filter(([, field]) => field.section === section)
              .map(([name, field]) => (
                <div
                  key={name}
                  class={`fact ${marks.includes(name) ? 'marked' : ''} ${name in record.since ? 'changed' : ''}`}
                  data-fact={name}
                >
                  <dt>
                    {marking === undefined ? (
                      fieldLabel(name, record.kind)
                    ) : (
                      <label class="mark">
                        <input
                          type="checkbox"
                          checked={marks.includes(name)}
                          onChange={() => marking.toggle(name)}
                        />
                        {fieldLabel(name, record.kind)}
                      </label>
                    )}
                  </dt>
                  <dd>
                    <FieldValue name={name} field={field} value={record.fields[name]} record={record.id} />
                    {marking === undefined && record.comment?.remarks?.[name] !== undefined && (
                      <p class="comment-text">“{record.comment.remarks[name]}”</p>
                    )}
                    {marking !== undefined && marks.includes(name) && (
                      <input
                        type="text"
                        class="remark"
                        maxLength={200}
                        aria-label={fill(more.value.review.remark, { field: fieldLabel(name, record.kind) })}
                        placeholder={fill(more.value.review.remark, { field: fieldLabel(name, record.kind) })}
                        value={marking.remarks[name] ?? ''}
                        onInput={(event) => marking.say(name, event.currentTarget.value)}
                      />
                    )}
                  </dd>
                </div>
              ))}
          </dl>
        </section>
      ))}
    </>
  );
};

/** Fields that are not worth a line while they are empty. */
const isRare = ({ optional, type, by }: Field): boolean =>
  optional === true || type === 'evidence' || by === 'reviewer';

/** What the author changed since the reviewer last looked, before and after. */
export const Differences = ({ record }: { record: RecordState }): JSX.Element | null => {
  const changed = Object.keys(record.since);
  if (changed.length === 0) return null;
  const w = more.value.record;
  return (
    <section class="card diff">
      <h2>{w.since}</h2>
      <ValueTable kind={record.kind} before={record.since} after={record.fields} names={changed} />
    </section>
  );
};

type TableProps = {
  readonly kind: RecordState['kind'];
  readonly before: Values;
  readonly after: Values;
  readonly names: readonly string[];
};

const ValueTable = ({ kind, before, after, names }: TableProps): JSX.Element => {
  const { fields } = kinds[kind];
  const w = more.value.record;
  return (
    <dl class="facts">
      {names.map((name) => {
        const field = fields[name];
        if (field === undefined) return null;
        return (
          <div class="fact" key={name}>
            <dt>{fieldLabel(name, kind)}</dt>
            <dd>
              <del>
                <span class="sr-only">{w.before}: </span>
                {valueText(field, before[name])}
              </del>{' '}
              <ins>
                <span class="sr-only">{w.after}: </span>
                {valueText(field, after[name])}
              </ins>
            </dd>
          </div>
        );
      })}
    </dl>
  );
};

/** Who did what and when, the latest first. */
export const History = ({ record, scope }: { record: RecordState; scope: Scope | null }): JSX.Element => {
  const w = more.value.record;
  return (
    <details class="card history">
      <summary>
        <h2>{w.history}</h2>
      </summary>
      <ol class="events">
        {[...record.events].reverse().map((event) => (
          // A choice that waits here has the number of what it rests on.
          <li key={`${event.rev} ${event.made}`} class={event.lost ? 'lost' : ''}>
            <strong>{didText(event, record)}</strong>
            {event.lost && <em> ({w.lost})</em>}
            <span class="quiet">
              {' '}
              {personName(event.by, scope)} · {showTime(event.at, now())}
            </span>
            {event.note && <p class="comment-text">{event.note}</p>}
            {Object.entries(event.remarks ?? {}).map(([name, text]) => (
              <p class="comment-text" key={name}>
                {fieldLabel(name, record.kind)}: {text}
              </p>
            ))}
            {event.do === 'save' && event.fields !== undefined && event.fields.length > 0 && (
              <p class="quiet">{event.fields.map((name) => fieldLabel(name, record.kind)).join(', ')}</p>
            )}
            {event.overwrote !== undefined && (
              <>
                <p class="quiet">{w.overwrote}</p>
                <ValueTable
                  kind={record.kind}
                  before={event.overwrote}
                  after={record.fields}
                  names={Object.keys(event.overwrote)}
                />
              </>
            )}
          </li>
        ))}
      </ol>
    </details>
  );
};

const didText = (event: RecordEvent, record: RecordState): string => {
  const w = more.value.record.did;
  if (event.do !== 'save') return w[event.do];
  if (event.rev === record.events[0]?.rev) return w.save;
  const { fields } = kinds[record.kind];
  const names = event.fields ?? [];
  const assessed = names.length > 0 && names.every((name) => fields[name]?.by === 'reviewer');
  return assessed ? w.assess : w.edit;
};

/** What the reviewer, or who voided it, had to say; the comment stays until the next decision. */
export const CommentNote = ({ record }: { record: RecordState }): JSX.Element | null => {
  const w = more.value.record;
  if (record.comment === null || record.state === 'approved') return null;
  const answer = [...record.events]
    .reverse()
    .find((event) => event.do === 'save' && event.rev > record.decided && event.note !== undefined)?.note;
  return (
    <section class="note warn">
      <h2>
        <Icon of={MessageSquareWarning} /> {record.state === 'void' ? w.voidReason : w.comment}
      </h2>
      <p class="comment-text">{record.comment.note}</p>
      {record.comment.marks.length > 0 && (
        <p>
          {w.markedFields}:{' '}
          <strong>{record.comment.marks.map((name) => fieldLabel(name, record.kind)).join(', ')}</strong>
        </p>
      )}
      {answer !== undefined && (
        <p>
          {w.answer}: <span class="comment-text">{answer}</span>
        </p>
      )}
    </section>
  );
};
