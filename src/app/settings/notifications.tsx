import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { changePhone } from '../../device/phone.ts';
import { call } from '../call.ts';
import { more, words } from '../text/words.ts';

/** Whether this browser can be woken at all, and may be. */
const canNotify = (): boolean =>
  'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window;

const subscription = async (): Promise<PushSubscription | null> =>
  (await navigator.serviceWorker.ready).pushManager.getSubscription();

/** Reminders as notifications, for who wants them. They say that there is something, never what. */
export const Notifications = (): JSX.Element | null => {
  const [on, setOn] = useState<boolean | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const w = more.value.settings;
  useEffect(() => {
    if (canNotify() && navigator.serviceWorker.controller !== null)
      void subscription().then((held) => setOn(held !== null));
  }, []);
  if (on === null) return null;
  const switchOn = async (): Promise<void> => {
    if ((await Notification.requestPermission()) !== 'granted') return setProblem(w.notAllowed);
    await changePhone((held) => ({ ...held, notice: { title: words.value.appName, body: w.notice } }));
    const { publicKey } = await call<{ publicKey: string }>('GET', 'push');
    const { pushManager } = await navigator.serviceWorker.ready;
    const made = await inTime(
      pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: publicKey }),
    );
    await call('POST', 'push', { endpoint: made.endpoint });
    setOn(true);
  };
  const switchOff = async (): Promise<void> => {
    await call('POST', 'push', { endpoint: null });
    await (await subscription())?.unsubscribe();
    setOn(false);
  };
  const toggle = (): void => {
    setProblem(null);
    setBusy(true);
    void (on ? switchOff() : switchOn()).catch(() => setProblem(w.notNotified)).finally(() => setBusy(false));
  };
  return (
    <section class="card">
      <label class="mark">
        <input type="checkbox" checked={on || busy} disabled={busy} onChange={toggle} />
        {w.notify}
      </label>
      <p class="hint">{w.notifyHint}</p>
      {problem !== null && (
        <p class="message error" role="alert">
          {problem}
        </p>
      )}
    </section>
  );
};

/** A push service that cannot be reached leaves the question open; after this long the answer is no. */
const patienceMs = 20_000;

const inTime = <T,>(answer: Promise<T>): Promise<T> =>
  Promise.race([
    answer,
    new Promise<never>((_, refuse) => setTimeout(() => refuse(new Error('no answer')), patienceMs)),
  ]);
