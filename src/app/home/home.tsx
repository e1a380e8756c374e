import {
  ChevronRight,
  ClipboardCheck,
  FileText,
  GraduationCap,
  HeartHandshake,
  ListChecks,
  Megaphone,
  PencilLine,
  Repeat2,
} from 'lucide';
import type { JSX } from 'preact';
import { campaignPhase } from '../../domain/campaign.ts';
import { vietnamDay } from '../../domain/typed/date.ts';
import { DraftLink } from '../list/draft-row.tsx';
import { RecordLink } from '../list/record-row.tsx';
import { formsAsked, now, person } from '../session.ts';
import { useStored } from '../stored.ts';
import { Reminders } from '../reminders/reminders.tsx';
import { SyncCard, useOverview } from '../sync-status/sync-card.tsx';
import { fill, more, words } from '../text/words.ts';
import { Icon } from '../ui/icon.tsx';

const shownToDo = 20;
const shownRecent = 5;

/** What to do next, what has arrived, and the one big button. Returned records come first: they wait for her. */
export const Home = (): JSX.Element => {
  const overview = useOverview();
  const scope = overview?.scope ?? null;
  const unit = scope?.me.unit;
  const mine = useStored(
    async ({ device, engine }) => (unit === undefined ? [] : engine.readReturned(device, unit, shownToDo)),
    `returned-${unit}`,
  ).value;
  const recent = useStored(({ device, engine }) => engine.readRecent(device, shownRecent), 'recent').value;
  const drafts = useStored(({ device, engine }) => engine.readDrafts(device), 'drafts').value;
  const w = more.value.home;
  const isOfficer = person.value?.role === 'officer';
  return (
    <div class="page home">
      <header class="home-head">
        <p class="hello">{w.hello},</p>
        <h1>{person.value?.name}</h1>
        <p class="unit">{person.value?.unitName}</p>
      </header>
      <SyncCard overview={overview} />
      {isOfficer && <QueueCard />}
      <a class="write-button" href="/ghi" onClick={() => formsAsked.value++}>
        <Icon of={PencilLine} size={28} />
        <span>
          <strong>{w.write}</strong>
          <span>{w.writeHint}</span>
        </span>
      </a>
      <div class="other-kinds">
        {(['training', 'model'] as const).map((kind) => (
          <a key={kind} class="button plain" href={`/ghi?loai=${kind}`} onClick={() => formsAsked.value++}>
            <Icon of={kind === 'training' ? GraduationCap : HeartHandshake} /> {w[kind]}
          </a>
        ))}
      </div>
      <Again />
      <Reminders overview={overview} returned={mine?.length} />
      <Campaign />
      <div class="other-kinds">
        <a class="button plain" href="/bao-cao">
          <Icon of={FileText} /> {w.reports}
        </a>
        <a class="button plain" href="/bao-cao/nhiem-vu">
          <Icon of={ListChecks} /> {w.tasks}
        </a>
      </div>
      {mine !== undefined && mine.length > 0 && (
        <section>
          <h2>{w.toDo}</h2>
          <div class="record-list">
            {mine.map((item) => (
              <RecordLink
                key={item.record.id}
                item={item}
                scope={scope}
                href={`/nhat-ky/${item.record.id}`}
              />
            ))}
          </div>
        </section>
      )}
      {drafts !== undefined && drafts.length > 0 && (
        <section>
          <h2>{w.drafts}</h2>
          <div class="record-list">
            {drafts.map((draft) => (
              <DraftLink key={draft.id} draft={draft} />
            ))}
          </div>
        </section>
      )}
      <section>
        <div class="section-head">
          <h2>{w.recent}</h2>
          <a href="/nhat-ky">{w.all}</a>
        </div>
        {recent === undefined ? (
          <div class="record-list skeleton" aria-hidden="true" />
        ) : recent.length === 0 ? (
          <p class="empty">{w.empty}</p>
        ) : null}
        <div class="record-list">
          {recent?.map((item) => (
            <RecordLink key={item.record.id} item={item} scope={scope} href={`/nhat-ky/${item.record.id}`} />
          ))}
        </div>
      </section>
    </div>
  );
};

/** What she enters again and again, one tap away. */
const Again = (): JSX.Element | null => {
  const usual = useStored(({ device, engine }) => engine.readAgain(device), 'again').value;
  if (usual === undefined || usual.length === 0) return null;
  return (
    <section>
      <h2>{more.value.home.again}</h2>
      <div class="again-list">
        {usual.map(({ id, title }) => (
          <a key={id} class="again" href={`/ghi?nhu=${id}`} onClick={() => formsAsked.value++}>
            <Icon of={Repeat2} size={18} /> <span>{title}</span>
          </a>
        ))}
      </div>
    </section>
  );
};

const QueueCard = (): JSX.Element => {
  const count = useStored(async ({ device, engine }) => {
    const scope = await engine.readSealedMeta(device, 'scope');
    return scope === null ? 0 : (await engine.readQueue(device, scope, 500)).length;
  }, 'queue-count').value;
  const w = more.value.home;
  return (
    <a class="queue-card" href="/cho-duyet">
      <Icon of={ClipboardCheck} size={28} />
      <span>
        <strong>
          {count === undefined
            ? words.value.common.loading
            : count === 0
              ? w.queueEmpty
              : fill(w.waiting, { n: count })}
        </strong>
        <span>{w.openQueue}</span>
      </span>
    </a>
  );
};

/** How far the action month is: before, during or after it. */
const Campaign = (): JSX.Element => {
  const { phase, days, year } = campaignPhase(vietnamDay(now()));
  const w = more.value.home;
  const text =
    phase === 'before'
      ? fill(w.campaignBefore, { n: days })
      : phase === 'during'
        ? fill(w.campaignDuring, { n: days })
        : fill(w.campaignAfter, { year: String(year) });
  return (
    <a class={`campaign ${phase}`} href="/thang-hanh-dong">
      <Icon of={Megaphone} size={24} />
      <span>
        <strong>{text}</strong>
        <span>{w.campaignDates}</span>
      </span>
      <Icon of={ChevronRight} />
    </a>
  );
};
