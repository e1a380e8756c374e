import { CalendarPlus, CopyPlus, GraduationCap, PencilLine } from 'lucide';
import { useLocation } from 'preact-iso/router';
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { vietnamDay } from '../../domain/typed/date.ts';
import { showDate } from '../../domain/typed/show.ts';
import type { PlanItem } from '../../device/plan.ts';
import { formsAsked, now, session } from '../session.ts';
import { useStored } from '../stored.ts';
import { saveAndSend } from '../send.ts';
import { useOverview } from '../sync-status/sync-card.tsx';
import { recordSort, recordTitle } from '../text/record-title.ts';
import { troubleText } from '../text/trouble-text.ts';
import { fill, more, words } from '../text/words.ts';
import { UnitChoice, YearTurn, yearFrom } from '../ui/choices.tsx';
import { StateBadge } from '../ui/badges.tsx';
import { Icon } from '../ui/icon.tsx';
import { toast } from '../ui/toast.tsx';
import { PlanImport } from './plan-import.tsx';
import '../ui/campaign.css';

/** What a unit means to do in a year: each line is one tap away from the record that carries it out. */
export const PlanScreen = (): JSX.Element => {
  const { query, route } = useLocation();
  const scope = useOverview()?.scope ?? null;
  const thisYear = Number(vietnamDay(now()).slice(0, 4));
  const year = yearFrom(query['nam'], thisYear, thisYear + 1);
  const unit = query['don-vi'] ?? scope?.me.unit ?? '';
  const plan = useStored(({ device, engine }) => engine.readPlan(device, unit, year), `plan-${unit}-${year}`);
  const w = more.value.plan;
  if (scope === null) return <p class="empty">{words.value.common.loading}</p>;
  const own = unit === scope.me.unit;
  const show = (next: { unit?: string; year?: number }): void =>
    route(`/ke-hoach?nam=${next.year ?? year}&don-vi=${next.unit ?? unit}`, true);
  return (
    <div class="page">
      <h1>{fill(w.title, { year: String(year) })}</h1>
      <div class="actions">
        <YearTurn year={year} last={thisYear + 1} turn={(to) => show({ year: to })} />
        <UnitChoice scope={scope} unit={unit} choose={(next) => show({ unit: next })} />
      </div>
      {own && (
        <div class="actions">
          <a class="button" href="/ghi?loai=plan" onClick={() => formsAsked.value++}>
            <Icon of={CalendarPlus} /> {w.add}
          </a>
        </div>
      )}
      {plan.error && <p class="note bad">{words.value.signIn.failed}</p>}
      {plan.value === undefined && !plan.error && <p class="empty">{words.value.common.loading}</p>}
      {plan.value?.length === 0 && <Empty own={own} year={year} unit={unit} />}
      {plan.value !== undefined && plan.value.length > 0 && (
        <div class="record-list">
          {plan.value.map((item) => (
            <Line key={item.record.id} item={item} own={own} />
          ))}
        </div>
      )}
      {own && <PlanImport unit={unit} />}
    </div>
  );
};

/** Nothing planned yet: last year's plan is the quickest start. */
const Empty = ({ own, year, unit }: { own: boolean; year: number; unit: string }): JSX.Element => {
  const [problem, setProblem] = useState<string | null>(null);
  const before = useStored(
    ({ device, engine }) => engine.readPlan(device, unit, year - 1),
    `plan-${unit}-${year - 1}`,
  ).value;
  const w = more.value.plan;
  const copy = async (items: readonly PlanItem[]): Promise<void> => {
    try {
      const { device, engine } = await session();
      await saveAndSend(await engine.planAgain(device, items));
      toast(fill(w.copied, { n: items.length }));
    } catch (error) {
      setProblem(troubleText(error));
    }
  };
  return (
    <div class="empty stack">
      <p>{own ? w.empty : w.emptyOf}</p>
      {own && before !== undefined && before.length > 0 && (
        <button type="button" class="button plain" onClick={() => void copy(before)}>
          <Icon of={CopyPlus} size={18} /> {fill(w.copy, { n: before.length, year: String(year - 1) })}
        </button>
      )}
      {problem !== null && (
        <p class="message error" role="alert">
          {problem}
        </p>
      )}
    </div>
  );
};

const Line = ({ item: { record, carriedOut }, own }: { item: PlanItem; own: boolean }): JSX.Element => {
  const { start_date, end_date, quantity } = record.fields;
  const planned = Number(quantity ?? 1);
  const w = more.value.plan;
  const days = [start_date, end_date].map((day) => showDate(String(day)));
  const text = fill(w.progress, { n: carriedOut, of: planned });
  return (
    <article class="record-link plan-line">
      <span class="record-meta">
        {[days[0] === days[1] ? days[0] : days.join(' – '), recordSort(record)].join(' · ')}
      </span>
      <a class="record-title" href={`/nhat-ky/${record.id}`}>
        {recordTitle(record)}
      </a>
      <span>{text}</span>
      <progress max={planned} value={Math.min(planned, carriedOut)} aria-label={text} />
      <span class="badges">
        <StateBadge state={record.state} />
        {record.fields['campaign_year'] !== null && <span class="badge">{more.value.list.inCampaign}</span>}
      </span>
      {own && (
        <a
          class={`button small ${carriedOut >= planned ? 'plain' : ''}`}
          href={`/ghi?ke-hoach=${record.id}`}
          onClick={() => formsAsked.value++}
        >
          <Icon of={PencilLine} size={18} /> {w.write}
        </a>
      )}
      {own && record.fields['form'] === null && (
        <a
          class="button small plain"
          href={`/ghi?ke-hoach=${record.id}&loai=training`}
          onClick={() => formsAsked.value++}
        >
          <Icon of={GraduationCap} size={18} /> {w.writeClass}
        </a>
      )}
    </article>
  );
};
