import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { changePhone } from '../../device/phone.ts';
import type { About } from '../../protocol/about.ts';
import { adopt, loadEngine, loadNetwork, phone } from '../session.ts';
import { fill, language, loadMore, setLanguage, words } from '../text/words.ts';
import type * as Around from './around.tsx';
import { PinField } from '../ui/pin-field.tsx';

/** Whether this browser can keep anything and work offline; why not is said by `Obstacle`. */
const canKeep = (): boolean =>
  isSecureContext && 'serviceWorker' in navigator && 'locks' in navigator && typeof indexedDB !== 'undefined';

/** Who is on this phone, who signs in, and in a demo whom to try. The first sign-in needs the network; later none does. */
export const SignIn = (): JSX.Element => {
  const w = words.value.signIn;
  const [about, setAbout] = useState<About | null>(null);
  const [login, setLogin] = useState('');
  const [pin, setPin] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [around, setAround] = useState<typeof Around | null>(null);
  useEffect(() => {
    void fetch('/api/v1/about')
      .then(async (response) => setAbout((await response.json()) as About))
      .catch(() => undefined);
    void Promise.all([import('./around.tsx'), loadMore()]).then(
      ([loaded]) => setAround(loaded),
      () => undefined,
    );
    // Fetched while she types, so that signing in itself does not wait for it.
    void Promise.all([loadNetwork(), loadEngine()]).catch(() => undefined);
  }, []);
  const form = useRef<HTMLFormElement>(null);
  const pick = (chosen: string): void => {
    setLogin(chosen);
    setProblem(w.needPin);
    form.current?.querySelector<HTMLInputElement>('[name=pin]')?.focus();
  };
  const enter = async (who: { login: string; pin: string }): Promise<void> => {
    if (who.login.trim() === '' || who.pin === '')
      return setProblem(who.login.trim() === '' ? w.needLogin : w.needPin);
    setBusy(true);
    setProblem(null);
    setProblem(await tryToSignIn(who));
    setBusy(false);
  };
  return (
    <main class="sign-in" id="main">
      <header class="sign-in-head">
        <img src="/icon.svg" alt="" width="72" height="72" />
        <h1>{words.value.appName}</h1>
        <p>{w.welcome}</p>
      </header>
      {around && <around.Obstacle />}
      {around && <around.OnThisPhone pick={pick} />}
      <form
        ref={form}
        class="card stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void enter({ login, pin });
        }}
      >
        <h2>{w.title}</h2>
        <label class="field">
          <span class="label">{w.login}</span>
          <input
            name="login"
            autocomplete="username"
            autocapitalize="none"
            spellcheck={false}
            value={login}
            onInput={(event) => setLogin(event.currentTarget.value)}
          />
        </label>
        <PinField label={w.pin} value={pin} set={setPin} />
        {problem !== null && (
          <p class="note bad" role="alert">
            {problem}
          </p>
        )}
        <button type="submit" class="button wide" disabled={busy || !canKeep()}>
          {busy ? w.busy : w.submit}
        </button>
      </form>
      {around && about?.demo != null && (
        <around.DemoPeople people={about.demo.people} disabled={busy} enter={enter} />
      )}
      <button type="button" class="link" onClick={() => void switchLanguage()}>
        {language.value === 'vi' ? words.value.common.english : words.value.common.vietnamese}
      </button>
    </main>
  );
};

const switchLanguage = async (): Promise<void> => {
  const next = language.value === 'vi' ? 'en' : 'vi';
  await setLanguage(next);
  await changePhone((held) => ({ ...held, language: next }));
};

/** Signs in and opens the app; returns what went wrong, in the person's words. */
const tryToSignIn = async (who: { login: string; pin: string }): Promise<string | null> => {
  const w = words.value.signIn;
  try {
    const { signIn } = await loadNetwork();
    const opened = await signIn({ ...who, device: navigator.userAgent.slice(0, 100) });
    history.replaceState(null, '', '/');
    await adopt(opened.device, opened.phone);
    return null;
  } catch (error) {
    const { code, seconds } = error as { code?: string; seconds?: number | null };
    if (code === 'P_WRONG_PIN') return w.wrong;
    if (code === 'P_TOO_MANY') return fill(w.tooMany, { n: Math.ceil((seconds ?? 60) / 60) });
    const known = phone.value?.people.some(({ login }) => login === who.login.trim().toLowerCase());
    return code !== 'offline' && navigator.onLine ? w.failed : known ? w.offlineKnown : w.offline;
  }
};
