import type { JSX } from 'preact';
import type { RecordState } from '../../domain/change.ts';
import { check } from '../../domain/records/check.ts';
import { sameValue } from '../../domain/records/canonical.ts';
import { isError } from '../../domain/records/field.ts';
import type { Finding } from '../../domain/records/field.ts';
import { kinds } from '../../domain/records/kinds.ts';
import { vietnamDay } from '../../domain/typed/date.ts';
import type { Scope } from '../../protocol/scope.ts';
import { Versions } from '../record/versions.tsx';
import type { Version } from '../record/versions.tsx';
import { now } from '../session.ts';
import { useStored } from '../stored.ts';
import { findingText } from '../text/finding-text.ts';
import { recordTitle } from '../text/record-title.ts';
import { unitName } from '../text/unit-name.ts';
import { fieldLabel, fill, more } from '../text/words.ts';

/** What the checks find doubtful about a record. */
export const doubtsOf = ({ kind, fields }: RecordState): Finding[] =>
  check(kind, fields, { today: vietnamDay(now()), unitIsValid: () => true }).filter(
    (finding) => !isError(finding),
  );

/** What is doubtful, and what may be the same thing written down twice, for the reviewer to weigh. */
export const Doubtful = ({ record, scope }: { record: RecordState; scope: Scope }): JSX.Element | null => {
  const doubts = doubtsOf(record);
  const doubles =
    useStored(
      ({ device, engine }) => engine.readDoubles(device, record),
      `doubles-${record.id}-${record.rev}`,
    ).value ?? [];
  const w = more.value.review;
  if (doubts.length === 0 && doubles.length === 0) return null;
  return (
    <div class="note warn">
      <strong>{w.warnings}</strong>
      <ul>
        {doubts.map((finding) => (
          <li key={`${finding.field}${finding.code}`}>
            {fieldLabel(finding.field, record.kind)}: {findingText(finding)}
          </li>
        ))}
      </ul>
      {doubles.map(({ record: other }) => (
        <Double key={other.id} record={record} other={other} scope={scope} />
      ))}
    </div>
  );
};

type DoubleProps = { readonly record: RecordState; readonly other: RecordState; readonly scope: Scope };

/** What may be the same thing written down twice: where the two differ, side by side. */
const Double = ({ record, other, scope }: DoubleProps): JSX.Element => {
  const w = more.value.review;
  const { fields } = kinds[record.kind];
  const names = Object.keys(fields).filter(
    (name) => fields[name]?.hidden !== true && !sameValue(record.fields[name], other.fields[name]),
  );
  const state = more.value.states[other.state].toLowerCase();
  const version = (label: string, { id, fields: values }: RecordState): Version => ({
    label,
    values,
    record: id,
  });
  return (
    <details class="double">
      <summary>
        {fill(w.double, { title: recordTitle(other), unit: unitName(other, scope) ?? '', state })}
      </summary>
      {names.length === 0 ? (
        <p>{w.doubleSame}</p>
      ) : (
        <Versions
          kind={record.kind}
          names={names}
          versions={[
            version(fill(w.thisOne, { unit: unitName(record, scope) ?? '' }), record),
            version(fill(w.otherOne, { unit: unitName(other, scope) ?? '' }), other),
          ]}
        />
      )}
      <a href={`/nhat-ky/${other.id}`}>{w.openOther}</a>
    </details>
  );
};
