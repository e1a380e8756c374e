import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Scope } from '../../protocol/scope.ts';
import { DraftLink } from '../list/draft-row.tsx';
import { RecordLink } from '../list/record-row.tsx';
import { loadNetwork, now, person, phone, session, syncing } from '../session.ts';
import { useStored } from '../stored.ts';
import { showBytes, showTime } from '../text/time.ts';
import { fill, more, words } from '../text/words.ts';
import { Notices } from './notices.tsx';
import { waitText } from './receiver.ts';
import { SyncCard, useOverview } from './sync-card.tsx';
import { PinField } from '../ui/pin-field.tsx';

/** A clock further off than this is worth a word; it stops nothing. */
const wrongClockMs = 10 * 60_000;

/** What is where: waiting, refused, unfinished; the wish to send now, and how safe this phone keeps it. */
export const SyncScreen = (): JSX.Element => {
  const overview = useOverview();
  const waiting = useStored(({ device, engine }) => engine.readWaiting(device), 'waiting').value;
  const drafts = useStored(({ device, engine }) => engine.readDrafts(device), 'drafts').value;
  const w = more.value.sync;
  if (overview === undefined) return <p class="empty">{words.value.common.loading}</p>;
  return (
    <div class="page">
      <h1>{w.title}</h1>
      <SyncCard overview={overview} />
      <SendNow />
      {overview.status.reason === 'forked' && (
        <p class="note bad" role="alert">
          {w.forked}
          {(overview.status.lost ?? 0) > 0 && ` ${fill(w.lost, { n: overview.status.lost ?? 0 })}`}
        </p>
      )}
      {(overview.status.reason === 'signIn' || overview.status.reason === 'forked') && (
        <SignInAgain forked={overview.status.reason === 'forked'} />
      )}
      {Math.abs(overview.status.skewMs) > wrongClockMs && <p class="note warn">{w.clockWrong}</p>}
      {overview.notices.length > 0 && (
        <section>
          <h2>{w.noticeList}</h2>
          <Notices notices={overview.notices} drafts={(drafts ?? []).map(({ id }) => id)} linked />
        </section>
      )}
      {overview.conflicts.length > 0 && <ConflictList scope={overview.scope} />}
      <section>
        <h2>{w.waitingList}</h2>
        {waiting?.length === 0 && <p class="empty small">{w.nothingWaiting}</p>}
        <div class="record-list">
          {waiting?.map((item) => (
            <RecordLink
              key={item.record.id}
              item={item}
              scope={overview.scope}
              href={`/nhat-ky/${item.record.id}`}
            />
          ))}
        </div>
      </section>
      {drafts !== undefined && drafts.length > 0 && (
        <section>
          <h2>{w.draftList}</h2>
          <p class="hint">{w.draftsOnly}</p>
          <div class="record-list">
            {drafts.map((draft) => (
              <DraftLink key={draft.id} draft={draft} />
            ))}
          </div>
        </section>
      )}
      {overview.scope?.me.role === 'officer' && (
        <a class="button plain" href="/may">
          {more.value.phones.title}
        </a>
      )}
      <Storage />
    </div>
  );
};

/** Records in which two people wrote the same, each with the way to compare and choose. */
const ConflictList = ({ scope }: { scope: Scope | null }): JSX.Element => {
  const listed = useStored(({ device, engine }) => engine.readConflicts(device), 'conflicts').value;
  return (
    <section>
      <h2>{more.value.conflict.title}</h2>
      <p class="hint">{more.value.conflict.open}</p>
      <div class="record-list">
        {listed?.map((item) => (
          <RecordLink key={item.record.id} item={item} scope={scope} href={`/nhat-ky/${item.record.id}`} />
        ))}
      </div>
    </section>
  );
};

/** Sends at once and then says what the server has confirmed, and nothing else. */
const SendNow = (): JSX.Element => {
  const [result, setResult] = useState<{ good: boolean; text: string } | null>(null);
  const w = more.value.sync;
  const send = async (): Promise<void> => {
    setResult(null);
    const { device, engine, nudge } = await session();
    const good = await nudge('asked').catch(() => false);
    const { status } = await engine.readOverview(device);
    const text =
      good && status.lastContact !== null
        ? fill(w.done, { time: showTime(status.lastContact, now()) })
        : fill(w.notDone, { why: waitText(status.reason) });
    setResult({ good, text });
  };
  return (
    <div class="stack">
      <button type="button" class="button wide" disabled={syncing.value} onClick={() => void send()}>
        {syncing.value ? w.sending : w.now}
      </button>
      <div role="status" aria-live="polite">
        {result !== null && <p class={`note ${result.good ? 'good' : 'warn'}`}>{result.text}</p>}
      </div>
    </div>
  );
};

/** Her session has ended: the work still goes out, but to read she gives her PIN again. */
const SignInAgain = ({ forked }: { forked: boolean }): JSX.Element => {
  const [pin, setPin] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const w = words.value;
  const run = async (): Promise<void> => {
    const { device, nudge } = await session();
    try {
      const login = person.value?.login ?? '';
      const { signIn } = await loadNetwork();
      const opened = await signIn({ login, pin, device: navigator.userAgent.slice(0, 100) });
      // A store that forked is left for a new one, with everything that hangs on it.
      if (opened.device.writer !== device.writer) return location.reload();
      // The store that is open here goes on; the new keys are in it.
      if (opened.device.store !== device.store) opened.device.store.close();
      phone.value = opened.phone;
      await nudge('asked');
    } catch (error) {
      const { code } = error as { code?: string };
      setProblem(
        code === 'P_WRONG_PIN'
          ? w.signIn.wrong
          : code === 'offline'
            ? more.value.settings.needNetwork
            : w.signIn.failed,
      );
    }
  };
  return (
    <form
      class="card stack"
      onSubmit={(event) => {
        event.preventDefault();
        void run();
      }}
    >
      {!forked && <p>{more.value.signIn.again}</p>}
      <PinField label={w.signIn.pin} value={pin} set={setPin} />
      {problem !== null && (
        <p class="message error" role="alert">
          {problem}
        </p>
      )}
      <button type="submit" class="button">
        {more.value.sync.signInAgain}
      </button>
    </form>
  );
};

/** How much is used, and whether the browser has promised to keep it. */
const Storage = (): JSX.Element | null => {
  const [held, setHeld] = useState<{ used: number; kept: boolean } | null>(null);
  const [refused, setRefused] = useState(false);
  const look = async (): Promise<void> => {
    const { usage } = await navigator.storage.estimate();
    setHeld({ used: usage ?? 0, kept: await navigator.storage.persisted() });
  };
  useEffect(() => void look().catch(() => undefined), []);
  const w = more.value.sync;
  if (held === null) return null;
  const ask = async (): Promise<void> => {
    setRefused(!(await navigator.storage.persist()));
    await look();
  };
  return (
    <section class="card stack">
      <h2>{w.storage}</h2>
      <p>{fill(w.used, { used: showBytes(held.used) })}</p>
      <p>{held.kept ? w.persisted : w.notPersisted}</p>
      {!held.kept && (
        <button type="button" class="button plain small" onClick={() => void ask()}>
          {w.keep}
        </button>
      )}
      {refused && <p class="hint">{w.notKept}</p>}
    </section>
  );
};
