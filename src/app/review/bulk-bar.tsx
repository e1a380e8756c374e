import { CircleCheck } from 'lucide';
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { RecordState } from '../../domain/change.ts';
import { conflictsOf } from '../../domain/conflict.ts';
import { doubleKey, isDouble } from '../../domain/records/double.ts';
import type { Listed } from '../../device/listed.ts';
import { session } from '../session.ts';
import { recordTitle } from '../text/record-title.ts';
import { troubleText } from '../text/trouble-text.ts';
import { fill, more, words } from '../text/words.ts';
import { Icon } from '../ui/icon.tsx';
import { decide } from './decide.ts';
import { doubtsOf } from './doubtful.tsx';

type Props = {
  readonly chosen: readonly Listed[];
  readonly asking: boolean;
  readonly ask: (asking: boolean) => void;
  readonly done: () => void;
};

/** Approves several at once, after an honest summary of what is among them: units, kinds, and what looks doubtful. */
export const BulkBar = ({ chosen, asking, ask, done }: Props): JSX.Element => {
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const yes = useRef<HTMLButtonElement>(null);
  const w = more.value.review;
  useEffect(() => {
    if (asking) yes.current?.focus();
  }, [asking]);
  const approve = async (): Promise<void> => {
    if (busy) return;
    setBusy(true);
    try {
      const { device, engine } = await session();
      const details = await Promise.all(chosen.map(({ record }) => engine.readRecord(device, record.id)));
      // What came in while she read the summary was not in it.
      if (details.some((detail, i) => detail?.record.rev !== chosen[i]?.record.rev))
        return setProblem(w.bulkMoved);
      const records = details.flatMap((detail) =>
        detail === null ? [] : [detail.record, ...(detail.companion === null ? [] : [detail.companion])],
      );
      await decide(records, { do: 'approve' }, fill(w.approvedMany, { n: chosen.length }));
      done();
    } catch (error) {
      setProblem(troubleText(error));
    } finally {
      setBusy(false);
    }
  };
  if (!asking)
    return (
      <div class="bulk">
        <button type="button" class="button" disabled={chosen.length === 0} onClick={() => ask(true)}>
          <Icon of={CircleCheck} /> {fill(w.approveMany, { n: chosen.length })}
        </button>
      </div>
    );
  const doubles = doublesIn(chosen);
  const doubtful = chosen.filter(
    ({ record }) => doubles.has(record.id) || doubtsOf(record).length > 0 || conflictsOf(record).length > 0,
  );
  return (
    <div
      class="bulk note"
      role="alertdialog"
      aria-label={w.bulkTitle}
      onKeyDown={(event) => event.key === 'Escape' && ask(false)}
    >
      <p>
        <strong>{summary(chosen)}</strong>
      </p>
      {doubtful.length > 0 && (
        <>
          <p>{fill(w.bulkDoubtful, { n: doubtful.length })}</p>
          <ul>
            {doubtful.slice(0, shownDoubtful).map(({ record }) => (
              <li key={record.id}>
                <a href={`/cho-duyet/${record.id}`}>{recordTitle(record)}</a>
              </li>
            ))}
          </ul>
        </>
      )}
      {problem !== null && (
        <p class="message error" role="alert">
          {problem}
        </p>
      )}
      <div class="actions">
        <button type="button" class="button plain" onClick={() => ask(false)}>
          {words.value.common.cancel}
        </button>
        <button type="button" class="button" ref={yes} disabled={busy} onClick={() => void approve()}>
          {fill(w.approveMany, { n: chosen.length })}
        </button>
      </div>
    </div>
  );
};

/** What of all this may be the same thing twice; only what has one name and day is compared one by one. */
const doublesIn = (chosen: readonly Listed[]): ReadonlySet<string> => {
  const groups = new Map<string | null, RecordState[]>();
  for (const { record } of chosen) {
    const key = doubleKey(record);
    groups.set(key, [...(groups.get(key) ?? []), record]);
  }
  const doubles = [...groups.values()].flatMap((group) =>
    group.filter((record) => group.some((other) => other.id !== record.id && isDouble(record, other))),
  );
  return new Set(doubles.map(({ id }) => id));
};

const shownDoubtful = 10;

/** How many, of how many units, and of which kinds. */
const summary = (chosen: readonly Listed[]): string => {
  const units = new Set(chosen.map(({ record }) => record.unit)).size;
  const sorts = new Map<string, number>();
  for (const { record } of chosen) {
    const name = more.value.kinds[record.kind];
    sorts.set(name, (sorts.get(name) ?? 0) + 1);
  }
  const parts = [...sorts].map(([name, n]) => `${n} ${name.toLowerCase()}`).join(', ');
  return fill(more.value.review.bulkSummary, { n: chosen.length, units, parts });
};
