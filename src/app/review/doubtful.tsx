import type { JSX } from 'preact';
import type { RecordState } from '../../domain/change.ts';
import { check } from '../../domain/records/check.ts';
import { isError } from '../../domain/records/field.ts';
import type { Finding } from '../../domain/records/field.ts';
import { vietnamDay } from '../../domain/typed/date.ts';
import type { Scope } from '../../protocol/scope.ts';
import { now, useStored } from '../session.ts';
import { findingText } from '../text/finding-text.ts';
import { recordTitle } from '../text/record-title.ts';
import { unitName } from '../text/unit-name.ts';
import { fieldLabel, more } from '../text/words.ts';

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
        {doubles.map(({ record: other }) => (
          <li key={other.id}>
            {w.double}{' '}
            <a href={`/nhat-ky/${other.id}`}>
              {recordTitle(other)} ({unitName(other, scope)}, {more.value.states[other.state].toLowerCase()})
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
};
