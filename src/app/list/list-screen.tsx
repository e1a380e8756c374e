import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { ReviewState } from '../../domain/change.ts';
import { useStored } from '../session.ts';
import { SyncCard, useOverview } from '../sync-status/sync-card.tsx';
import { fill, more, words } from '../text/words.ts';
import { RecordLink } from './record-row.tsx';

const pageSize = 50;
const filters: readonly (ReviewState | null)[] = [null, 'returned', 'submitted', 'approved', 'void'];

/** All activities on this phone, fifty at a time, by state. */
export const ListScreen = (): JSX.Element => {
  const [state, setState] = useState<ReviewState | null>(null);
  const [limit, setLimit] = useState(pageSize);
  const overview = useOverview();
  const page = useStored(
    ({ device, engine }) => engine.readPage(device, 'activity', state, limit),
    `list-${state ?? 'all'}-${limit}`,
  );
  const count = useStored(
    ({ device, engine }) => engine.countRecords(device, 'activity', state),
    `count-${state ?? 'all'}`,
  ).value;
  const w = words.value;
  const show = (next: ReviewState | null): void => {
    setState(next);
    setLimit(pageSize);
  };
  return (
    <div class="page">
      <h1>{more.value.list.title}</h1>
      <SyncCard overview={overview} />
      <div class="chips filters" role="group" aria-label={more.value.list.title}>
        {filters.map((filter) => (
          <button
            type="button"
            key={filter ?? 'all'}
            class="chip"
            aria-pressed={state === filter}
            onClick={() => show(filter)}
          >
            {filter === null ? more.value.list.all : more.value.states[filter]}
          </button>
        ))}
      </div>
      {page.error && <p class="note bad">{w.signIn.failed}</p>}
      {count !== undefined && count > 0 && <p class="hint">{fill(more.value.list.count, { n: count })}</p>}
      {page.value === undefined && !page.error && <div class="record-list skeleton" aria-hidden="true" />}
      {page.value?.length === 0 && (
        <p class="empty">{state === null ? more.value.list.empty : more.value.list.emptyFilter}</p>
      )}
      <div class="record-list">
        {page.value?.map((item) => (
          <RecordLink
            key={item.record.id}
            item={item}
            scope={overview?.scope ?? null}
            href={`/nhat-ky/${item.record.id}`}
          />
        ))}
      </div>
      {count !== undefined && count > limit && (
        <button type="button" class="button plain wide" onClick={() => setLimit(limit + pageSize)}>
          {more.value.list.nextPage}
        </button>
      )}
    </div>
  );
};
