import { SlidersHorizontal } from 'lucide';
import { useLocation } from 'preact-iso/router';
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { ReviewState } from '../../domain/change.ts';
import { isKind } from '../../domain/records/kinds.ts';
import type { Kind } from '../../domain/records/kinds.ts';
import { measureOfForm } from '../../domain/records/lists.ts';
import { modelLists } from '../../domain/records/model-lists.ts';
import type { Found, Wanted } from '../../device/search.ts';
import { session, useStored } from '../session.ts';
import { SyncCard, useOverview } from '../sync-status/sync-card.tsx';
import { fill, labelOf, more, words } from '../text/words.ts';
import { Icon } from '../ui/icon.tsx';
import { SearchField } from '../ui/search-field.tsx';
import { RecordLink } from './record-row.tsx';

const pageSize = 50;
const tabs: readonly Kind[] = ['activity', 'training', 'model'];
const states: readonly (ReviewState | null)[] = [null, 'returned', 'submitted', 'approved', 'void'];

const everything = { state: null, month: null, form: null, campaign: false, query: '' } as const;

/** All records of a kind on this phone, fifty at a time, filtered and searched. What is asked for stands in the address. */
export const ListScreen = (): JSX.Element => {
  const { query, route } = useLocation();
  const kind = isKind(query['loai']) && tabs.includes(query['loai']) ? query['loai'] : 'activity';
  const [filters, setFilters] = useState<Omit<Wanted, 'kind'>>(everything);
  const [limit, setLimit] = useState(pageSize);
  const overview = useOverview();
  const wanted: Wanted = { kind, ...filters };
  const found = useFound(wanted, limit);
  const w = words.value;
  const set = (changed: Partial<Wanted>): void => {
    setFilters({ ...filters, ...changed });
    setLimit(pageSize);
  };
  const open = (next: Kind): void => {
    setFilters(everything);
    setLimit(pageSize);
    route(next === 'activity' ? '/nhat-ky' : `/nhat-ky?loai=${next}`, true);
  };
  const narrowed = JSON.stringify(filters) !== JSON.stringify(everything);
  return (
    <div class="page">
      <h1>{more.value.list.title}</h1>
      <SyncCard overview={overview} />
      <div class="tabs" role="group" aria-label={more.value.list.title}>
        {tabs.map((tab) => (
          <button type="button" key={tab} class="tab" aria-pressed={kind === tab} onClick={() => open(tab)}>
            {more.value.kinds[tab]}
          </button>
        ))}
      </div>
      <SearchField label={more.value.list.find} value={filters.query} set={(q) => set({ query: q })} />
      <div class="chips filters" role="group" aria-label={more.value.list.filters}>
        {states.map((state) => (
          <button
            type="button"
            key={state ?? 'all'}
            class="chip"
            aria-pressed={filters.state === state}
            onClick={() => set({ state })}
          >
            {state === null ? more.value.list.all : more.value.states[state]}
          </button>
        ))}
      </div>
      <MoreFilters wanted={wanted} set={set} />
      {found.error && <p class="note bad">{w.signIn.failed}</p>}
      {found.value !== undefined && found.value.total > 0 && (
        <p class="hint" role="status">
          {fill(more.value.list.count, { n: found.value.total })}
        </p>
      )}
      {found.value === undefined && !found.error && (
        <div class="record-list skeleton" role="status" aria-label={w.common.loading} />
      )}
      {found.value?.total === 0 && (
        <p class="empty">{narrowed ? more.value.list.notFound : more.value.list.empty}</p>
      )}
      <div class="record-list long">
        {found.value?.listed.map((item) => (
          <RecordLink
            key={item.record.id}
            item={item}
            scope={overview?.scope ?? null}
            href={`/nhat-ky/${item.record.id}`}
          />
        ))}
      </div>
      {found.value !== undefined && found.value.total > limit && (
        <NextPage next={() => setLimit((held) => held + pageSize)} />
      )}
    </div>
  );
};

/** By an index as long as nothing but the state is asked for; by the search's block otherwise. */
const useFound = (wanted: Wanted, limit: number) => {
  const { kind, state, month, form, campaign, query } = wanted;
  const plain = month === null && form === null && !campaign && query.trim() === '';
  return useStored<Found>(
    async ({ device, engine }) => {
      if (!plain) return engine.search(device, wanted, limit);
      const [listed, total] = await Promise.all([
        engine.readPage(device, kind, state, limit),
        engine.countRecords(device, kind, state),
      ]);
      return { listed, total };
    },
    JSON.stringify([wanted, limit]),
  );
};

/** Fifty more as she comes near the end of the list; a button for who has no finger to scroll with. */
const NextPage = ({ next }: { next: () => void }): JSX.Element => {
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (button.current === null) return;
    const near = new IntersectionObserver(([entry]) => entry?.isIntersecting === true && next(), {
      rootMargin: '600px',
    });
    near.observe(button.current);
    return () => near.disconnect();
  });
  return (
    <button type="button" ref={button} class="button plain wide" onClick={next}>
      {more.value.list.nextPage}
    </button>
  );
};

type FilterProps = { readonly wanted: Wanted; readonly set: (changed: Partial<Wanted>) => void };

/** Month, form and action month: behind one tap, because few ask. */
const MoreFilters = ({ wanted, set }: FilterProps): JSX.Element => {
  const [months, setMonths] = useState<readonly string[]>([]);
  const w = more.value.list;
  const { kind, month, form, campaign } = wanted;
  useEffect(() => {
    const read = async (): Promise<void> => {
      const { device, engine } = await session();
      setMonths(await engine.readMonths(device, kind));
    };
    void read().catch(() => undefined);
  }, [kind]);
  const sorts =
    kind === 'activity' ? Object.keys(measureOfForm) : kind === 'model' ? modelLists.model_type : [];
  const list = kind === 'activity' ? 'activity_form' : 'model_type';
  const all = kind === 'activity' ? w.allForms : w.allTypes;
  return (
    <details class="more-filters" open={month !== null || form !== null || campaign}>
      <summary>
        <Icon of={SlidersHorizontal} size={18} /> {w.filters}
      </summary>
      <div class="row-line">
        <select
          aria-label={w.month}
          value={month ?? ''}
          onChange={(event) => set({ month: event.currentTarget.value || null })}
        >
          <option value="">{w.allMonths}</option>
          {months.map((value) => (
            <option key={value} value={value} selected={value === month}>
              {value.split('-').reverse().join('/')}
            </option>
          ))}
        </select>
        {sorts.length > 0 && (
          <select
            aria-label={all}
            value={form ?? ''}
            onChange={(event) => set({ form: event.currentTarget.value || null })}
          >
            <option value="">{all}</option>
            {sorts.map((code) => (
              <option key={code} value={code} selected={code === form}>
                {labelOf(list, code)}
              </option>
            ))}
          </select>
        )}
        {kind !== 'model' && (
          <button
            type="button"
            class="chip"
            aria-pressed={campaign}
            onClick={() => set({ campaign: !campaign })}
          >
            {w.inCampaign}
          </button>
        )}
      </div>
    </details>
  );
};
