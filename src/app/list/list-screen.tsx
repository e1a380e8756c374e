import { SlidersHorizontal } from 'lucide';
import { useLocation } from 'preact-iso/router';
import type { JSX } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { ReviewState } from '../../domain/change.ts';
import { isKind } from '../../domain/records/kinds.ts';
import type { Kind } from '../../domain/records/kinds.ts';
import { measureOfForm } from '../../domain/records/lists.ts';
import { modelLists } from '../../domain/records/model-lists.ts';
import type { Listed } from '../../device/listed.ts';
import type { Found, Wanted } from '../../device/search.ts';
import type { Scope } from '../../protocol/scope.ts';
import { session } from '../session.ts';
import { useStored } from '../stored.ts';
import { SyncCard, useOverview } from '../sync-status/sync-card.tsx';
import { fill, labelOf, more, words } from '../text/words.ts';
import { Icon } from '../ui/icon.tsx';
import { SearchField } from '../ui/search-field.tsx';
import { whenIdle } from '../ui/when-idle.ts';
import { RecordLink } from './record-row.tsx';

const pageSize = 50;
/** In pixels. */
const smallestRow = 110;
/** Drawn at once: a little more than a screen shows. The rest follows a few at a time, so that none is felt. */
const firstRows = Math.ceil(innerHeight / smallestRow);
const step = 2;
/** Two of these make a phone's first rows the first page. */
const groupSize = 22;
/** So many are made ready while nothing else is to be done: a finger that flings the list finds them drawn. */
const readyRows = 200;
/** While she types, only the first rows follow every letter. */
const pauseMs = 400;
const tabs: readonly Kind[] = ['activity', 'training', 'model'];
const states: readonly (ReviewState | null)[] = [null, 'returned', 'submitted', 'approved', 'void'];

const everything = { state: null, month: null, form: null, campaign: false, query: '' } as const;

/** All records of a kind on this phone, a page at a time, filtered and searched. What is asked for stands in the address. */
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
      <SearchField
        label={more.value.list.find}
        value={filters.query}
        set={(q) => set({ query: q })}
        ready={warmUp}
      />
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
      {found.value !== undefined && (
        <Rows
          key={JSON.stringify({ ...wanted, query: '' })}
          found={found.value}
          // While records still come in, each page of them draws anew what is drawn already.
          ready={overview?.isWhole === true ? readyRows : pageSize}
          scope={overview?.scope ?? null}
          read={() => setLimit(limit + pageSize)}
        />
      )}
    </div>
  );
};

/** Opens what is searched as soon as she turns to the field, before her first letter. */
const warmUp = (): void =>
  void session()
    .then(({ device, engine }) => engine.search(device, { kind: 'activity', ...everything }, 0))
    .catch(() => undefined);

/** What was found, and by which words. */
type Shown = Found & { readonly asked: string };

/** By an index as long as nothing but the state is asked for; by the search's block otherwise. */
const useFound = (wanted: Wanted, limit: number) => {
  const { kind, state, month, form, campaign, query } = wanted;
  const plain = month === null && form === null && !campaign && query.trim() === '';
  return useStored<Shown>(
    async ({ device, engine }) => {
      if (!plain) return { ...(await engine.search(device, wanted, limit)), asked: query };
      const [listed, total] = await Promise.all([
        engine.readPage(device, kind, state, limit),
        engine.countRecords(device, kind, state),
      ]);
      return { listed, total, asked: '' };
    },
    JSON.stringify([wanted, limit]),
  );
};

type RowsProps = {
  readonly found: Shown;
  /** So many are drawn before she comes near the end. */
  readonly ready: number;
  readonly scope: Scope | null;
  readonly read: () => void;
};

/** A screenful at once, then the page, and beyond it as she comes near the end; by a button for who has no finger. */
const Rows = ({ found: { listed, total, asked }, ready, scope, read }: RowsProps): JSX.Element => {
  const [near, setNear] = useState(false);
  const [grown, setGrown] = useState({ asked, rows: firstRows });
  const rows = grown.asked === asked ? grown.rows : firstRows;
  const end = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    const isAll = rows >= listed.length;
    if ((isAll && listed.length === total) || (rows >= ready && !near)) return;
    const grow = isAll ? read : () => setGrown({ asked, rows: rows + (rows < pageSize ? groupSize : step) });
    if (rows >= pageSize && !near) return whenIdle(grow);
    const typing = rows === firstRows && asked !== '';
    const timer = setTimeout(() => requestAnimationFrame(grow), typing ? pauseMs : 0);
    return () => clearTimeout(timer);
  }, [rows, listed, near, ready]);
  const groups = [];
  for (let first = 0; first < Math.min(rows, listed.length); first += groupSize) groups.push(first);
  const rest = Math.min(rows, listed.length) < total;
  useEffect(() => {
    if (end.current === null) return;
    const watch = new IntersectionObserver(([entry]) => setNear(entry?.isIntersecting === true), {
      rootMargin: '1500px',
    });
    watch.observe(end.current);
    return () => watch.disconnect();
  }, [rest]);
  return (
    <>
      <div class="record-list long" data-query={asked}>
        {groups.map((group) => (
          <Group key={group} items={listed.slice(group, Math.min(group + groupSize, rows))} scope={scope} />
        ))}
      </div>
      {rest && (
        <button type="button" ref={end} class="button plain wide" onClick={() => setNear(true)}>
          {more.value.list.nextPage}
        </button>
      )}
    </>
  );
};

type GroupProps = { readonly items: readonly Listed[]; readonly scope: Scope | null };

/** Some rows of a list: what has not changed is not even compared again when the list grows. */
const Group = ({ items, scope }: GroupProps): JSX.Element =>
  useMemo(
    () => (
      <>
        {items.map((item) => (
          <RecordLink key={item.record.id} item={item} scope={scope} href={`/nhat-ky/${item.record.id}`} />
        ))}
      </>
    ),
    [scope, more.value, ...items],
  );

type FilterProps = { readonly wanted: Wanted; readonly set: (changed: Partial<Wanted>) => void };

/** Month, form and action month: behind one tap, because few ask. */
const MoreFilters = ({ wanted, set }: FilterProps): JSX.Element => {
  const [months, setMonths] = useState<readonly string[]>([]);
  const w = more.value.list;
  const { kind, month, form, campaign } = wanted;
  const [opened, setOpened] = useState(false);
  useEffect(() => {
    if (!opened) return;
    const read = async (): Promise<void> => {
      const { device, engine } = await session();
      setMonths(await engine.readMonths(device, kind));
    };
    void read().catch(() => undefined);
  }, [kind, opened]);
  const sorts =
    kind === 'activity' ? Object.keys(measureOfForm) : kind === 'model' ? modelLists.model_type : [];
  const list = kind === 'activity' ? 'activity_form' : 'model_type';
  const all = kind === 'activity' ? w.allForms : w.allTypes;
  return (
    <details
      class="more-filters"
      open={opened || month !== null || form !== null || campaign}
      onToggle={(event) => setOpened(event.currentTarget.open)}
    >
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
