import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { pinShape } from '../../domain/credentials.ts';
import { parseDate, vietnamDay } from '../../domain/typed/date.ts';
import { showDate } from '../../domain/typed/show.ts';
import { changePhone } from '../../device/phone.ts';
import { loadNetwork, now, person, phone, session } from '../session.ts';
import { useStored } from '../stored.ts';
import { installPrompt, isInstalled } from '../shell/install.ts';
import { fill, language, more, setLanguage, words } from '../text/words.ts';
import type { Language } from '../text/words.ts';
import { PinField } from '../ui/pin-field.tsx';
import { Notifications } from './notifications.tsx';
import { RadioChip } from '../ui/radio-chip.tsx';

/** Who is here, in which language, on which day (in a demo), and how to leave without losing anything. */
export const SettingsScreen = (): JSX.Element => {
  const w = more.value.settings;
  return (
    <div class="page">
      <h1>{w.title}</h1>
      <section class="note warn">
        <strong>{w.privacy}</strong>
        <p>{w.privacyHint}</p>
      </section>
      <Person />
      <Languages />
      {person.value?.role === 'officer' && <Shortcuts />}
      {person.value?.role !== 'admin' && <Notifications />}
      <Install />
      <Pin />
      <DemoDay />
      <p class="hint">{fill(w.version, { v: __VERSION__ })}</p>
    </div>
  );
};

const Person = (): JSX.Element => {
  const [asking, setAsking] = useState(false);
  const unsent = useStored(({ device }) => device.store.outbox.count(), 'unsent').value ?? 0;
  const w = words.value;
  const leave = async (): Promise<void> => {
    const [{ device }, { signOut }] = await Promise.all([session(), loadNetwork()]);
    await signOut(device);
    location.assign('/');
  };
  const change = async (): Promise<void> => {
    await changePhone((held) => ({ ...held, current: null }));
    location.assign('/');
  };
  return (
    <section class="card stack">
      <h2>{more.value.settings.person}</h2>
      <p>
        <strong>{person.value?.name}</strong>
        <br />
        <span class="quiet">
          {person.value && more.value.roles[person.value.role]} · {person.value?.unitName}
        </span>
      </p>
      {asking ? (
        <div class="note">
          <p>{more.value.settings.signOutAsk}</p>
          {unsent > 0 && <p>{fill(more.value.settings.signOutUnsent, { n: unsent })}</p>}
          <div class="actions">
            <button type="button" class="button" onClick={() => void leave()}>
              {more.value.settings.signOut}
            </button>
            <button type="button" class="button plain" onClick={() => setAsking(false)}>
              {w.common.cancel}
            </button>
          </div>
        </div>
      ) : (
        <div class="actions">
          <button type="button" class="button plain" onClick={() => void change()}>
            {more.value.settings.switch}
          </button>
          <button type="button" class="button plain" onClick={() => setAsking(true)}>
            {more.value.settings.signOut}
          </button>
        </div>
      )}
    </section>
  );
};

const Languages = (): JSX.Element => {
  const w = more.value.settings;
  const choose = async (next: Language): Promise<void> => {
    await setLanguage(next);
    await changePhone((held) => ({ ...held, language: next }));
  };
  return (
    <section class="card stack">
      <h2>{w.language}</h2>
      <div class="chips" role="radiogroup" aria-label={w.language}>
        {(['vi', 'en'] as const).map((code) => (
          <RadioChip
            key={code}
            name="language"
            lang={code}
            checked={language.value === code}
            label={words.value.common[code === 'vi' ? 'vietnamese' : 'english']}
            choose={() => void choose(code)}
          />
        ))}
      </div>
    </section>
  );
};

/** Single letters decide at the desk; whoever uses speech input or a shaky keyboard can switch them off. */
const Shortcuts = (): JSX.Element => {
  const on = phone.value?.shortcuts ?? true;
  const toggle = async (): Promise<void> => {
    phone.value = await changePhone((held) => ({ ...held, shortcuts: !on }));
  };
  return (
    <section class="card">
      <label class="mark">
        <input type="checkbox" checked={on} onChange={() => void toggle()} />
        {more.value.settings.shortcuts}
      </label>
    </section>
  );
};

const Install = (): JSX.Element => {
  const w = more.value.settings;
  const prompt = installPrompt.value;
  const isApple = /iPhone|iPad/.test(navigator.userAgent);
  return (
    <section class="card stack">
      <h2>{w.install}</h2>
      <p>{isInstalled() ? w.installed : isApple ? w.installIos : w.installHint}</p>
      {prompt !== null && (
        <button
          type="button"
          class="button"
          onClick={() => void prompt.prompt().then(() => (installPrompt.value = null))}
        >
          {w.install}
        </button>
      )}
    </section>
  );
};

const Pin = (): JSX.Element => {
  const [old, setOld] = useState('');
  const [fresh, setFresh] = useState('');
  const [result, setResult] = useState<{ good: boolean; text: string } | null>(null);
  const w = more.value.settings;
  const run = async (): Promise<void> => {
    if (!pinShape.test(fresh)) return setResult({ good: false, text: w.pinShape });
    const { device, engine } = await session();
    const keys = await engine.readSealedMeta(device, 'keys');
    try {
      const response = await fetch('/api/v1/pin', {
        method: 'POST',
        headers: { Authorization: `Bearer ${keys?.session ?? ''}`, 'Content-Type': 'application/json' },
        body: JSON.stringify({ old, new: fresh }),
      });
      const code = response.ok ? null : ((await response.json()) as { code: string }).code;
      setResult(
        code === null
          ? { good: true, text: w.pinChanged }
          : { good: false, text: code === 'P_WRONG_PIN' ? w.pinWrong : words.value.signIn.failed },
      );
      if (code === null) {
        setOld('');
        setFresh('');
      }
    } catch {
      setResult({ good: false, text: w.needNetwork });
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
      <h2>{w.changePin}</h2>
      <PinField label={w.oldPin} value={old} set={setOld} />
      <PinField label={w.newPin} value={fresh} set={setFresh} name="new-pin" fresh />
      {result !== null && (
        <p class={`note ${result.good ? 'good' : 'bad'}`} role="status">
          {result.text}
        </p>
      )}
      <button type="submit" class="button plain">
        {w.changePin}
      </button>
    </form>
  );
};

/** Only a demo has another day than the calendar's. */
const DemoDay = (): JSX.Element | null => {
  const shift = phone.value?.clockShift ?? 0;
  const [day, setDay] = useState(showDate(vietnamDay(now())));
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => setDay(showDate(vietnamDay(now()))), [shift]);
  const w = more.value.settings;
  if (shift === 0) return null;
  const move = async (iso: string | undefined): Promise<void> => {
    if (iso === undefined) return setProblem(more.value.errors.E_DATE_INVALID);
    try {
      const response = await fetch('/api/v1/demo/today', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ today: iso }),
      });
      if (!response.ok) throw new Error();
      phone.value = await changePhone((held) => ({
        ...held,
        clockShift: Date.parse(`${iso}T09:00:00+07:00`) - Date.now(),
      }));
      location.assign('/');
    } catch {
      setProblem(w.needNetwork);
    }
  };
  return (
    <form
      class="card stack"
      onSubmit={(event) => {
        event.preventDefault();
        void move(parseDate(day));
      }}
    >
      <h2>{w.demoToday}</h2>
      <p class="hint">{w.demoHint}</p>
      <label class="field">
        <span class="label">{words.value.common.today}</span>
        <input value={day} onInput={(event) => setDay(event.currentTarget.value)} />
      </label>
      {problem !== null && <p class="message error">{problem}</p>}
      <div class="actions">
        <button type="submit" class="button plain">
          {words.value.common.save}
        </button>
        <button type="button" class="chip" onClick={() => void move('2019-11-28')}>
          {w.demoCampaign}
        </button>
        <button type="button" class="chip" onClick={() => void move('2019-12-31')}>
          {w.demoYearEnd}
        </button>
      </div>
    </form>
  );
};
