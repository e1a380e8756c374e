import { ClipboardCheck, House, List, PencilLine, RefreshCw, Settings } from 'lucide';
import { LocationProvider, Route, Router, useLocation } from 'preact-iso/router';
import lazy, { ErrorBoundary } from 'preact-iso/lazy';
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { formsAsked, phone, person, session } from '../session.ts';
import { loadMore, more, words } from '../text/words.ts';
import { Icon } from '../ui/icon.tsx';
import { Toasts, toast } from '../ui/toast.tsx';
import { SignIn } from '../sign-in/sign-in.tsx';
import { waitingWorker } from './update.ts';

/** A screen's file and the words of the later screens, fetched together. */
const withMore = async <T,>(screen: Promise<T>): Promise<T> => {
  const [loaded] = await Promise.all([screen, loadMore()]);
  return loaded;
};

const Home = lazy(async () => (await withMore(import('../home/home.tsx'))).Home);
const ListScreen = lazy(async () => (await withMore(import('../list/list-screen.tsx'))).ListScreen);
const FormScreen = lazy(async () => (await import('../capture/form-screen.tsx')).FormScreen);
const RecordScreen = lazy(async () => (await withMore(import('../record/record-screen.tsx'))).RecordScreen);
const QueueScreen = lazy(async () => (await withMore(import('../review/queue-screen.tsx'))).QueueScreen);
const BoardScreen = lazy(async () => (await withMore(import('../campaign/board-screen.tsx'))).BoardScreen);
const PlanScreen = lazy(async () => (await withMore(import('../plan/plan-screen.tsx'))).PlanScreen);
const Reports = lazy(async () => (await withMore(import('../report/reports.tsx'))).reports());
const SyncScreen = lazy(async () => (await withMore(import('../sync-status/sync-screen.tsx'))).SyncScreen);
const SettingsScreen = lazy(
  async () => (await withMore(import('../settings/settings-screen.tsx'))).SettingsScreen,
);
/** A screen that is not kept on the phone, because it needs the network anyway. */
const online = (screen: Promise<() => JSX.Element>): Promise<() => JSX.Element> =>
  withMore(screen.catch(() => NeedsNetwork));

const PeopleScreen = lazy(() =>
  online(import('../people/people-screen.tsx').then((loaded) => loaded.people())),
);
const PhonesScreen = lazy(() =>
  online(import('../sync-status/phones-screen.tsx').then((loaded) => loaded.PhonesScreen)),
);

const NeedsNetwork = (): JSX.Element => <p class="empty">{more.value.settings.needNetwork}</p>;

const first: Partial<Record<string, { preload: () => Promise<unknown> }>> = {
  '/': Home,
  '/nhat-ky': ListScreen,
  '/ghi': FormScreen,
};

/** Takes up the first screen and the store it works on, while the phone is still asked who uses it. */
export const preload = async (): Promise<void> => {
  const screen = first[location.pathname];
  // The empty form is typed into without a store.
  await Promise.allSettled([screen?.preload(), screen === FormScreen ? undefined : session()]);
};

/** Every address of the app. */
export const App = (): JSX.Element | null => {
  if (phone.value === null) return null;
  if (person.value === undefined)
    return (
      <>
        <SignIn />
        <UpdateSlot />
        <Toasts />
      </>
    );
  const keepsRecords = person.value.role !== 'admin';
  return (
    <LocationProvider>
      <a class="skip" href="#main">
        {words.value.nav.skip}
      </a>
      <Nav />
      <main id="main" tabIndex={-1}>
        <ErrorBoundary
          onError={() =>
            toast(words.value.signIn.failed, {
              label: words.value.common.retry,
              run: () => location.reload(),
            })
          }
        >
          <Router onRouteChange={toTop} onLoadEnd={announce}>
            <Route path="/" component={person.value.role === 'admin' ? PeopleScreen : Home} />
            <Route path="/nhat-ky" component={keepsRecords ? ListScreen : Lost} />
            <Route path="/nhat-ky/:id" component={RecordScreen} />
            <Route path="/ghi" component={keepsRecords ? FormScreen : Lost} />
            <Route path="/ghi/:id" component={FormScreen} />
            <Route path="/cho-duyet" component={QueueScreen} />
            <Route path="/cho-duyet/:id" component={QueueScreen} />
            <Route path="/thang-hanh-dong" component={keepsRecords ? BoardScreen : Lost} />
            <Route path="/ke-hoach" component={keepsRecords ? PlanScreen : Lost} />
            <Route path="/bao-cao/:loai?" component={keepsRecords ? Reports : Lost} />
            <Route path="/may" component={person.value.role === 'officer' ? PhonesScreen : Lost} />
            <Route path="/dong-bo" component={SyncScreen} />
            <Route path="/cai-dat" component={SettingsScreen} />
            <Route default component={Lost} />
          </Router>
        </ErrorBoundary>
      </main>
      <UpdateSlot />
      <Toasts />
    </LocationProvider>
  );
};

const toTop = (): void => {
  window.scrollTo(0, 0);
  // A screen reader goes on at the new screen, not at the link that led there.
  document.getElementById('main')?.focus({ preventScroll: true });
  announce();
};

/** The window is named after the screen. */
const announce = (): void => {
  requestAnimationFrame(() => {
    const heading = document.querySelector('main h1')?.textContent;
    document.title = heading ? `${heading} – ${words.value.appName}` : words.value.appName;
  });
};

/** An address that is no screen leads home. */
const Lost = (): null => {
  const { route } = useLocation();
  useEffect(() => route('/', true), []);
  return null;
};

const Nav = (): JSX.Element => {
  const { path } = useLocation();
  const w = words.value.nav;
  const role = person.value?.role;
  const keepsRecords = role !== 'admin';
  const links = [
    ['/', House, w.home, true],
    ['/nhat-ky', List, w.list, keepsRecords],
    ['/ghi', PencilLine, w.write, keepsRecords],
    ['/cho-duyet', ClipboardCheck, w.queue, role === 'officer'],
    ['/dong-bo', RefreshCw, w.sync, keepsRecords],
    ['/cai-dat', Settings, w.settings, true],
  ] as const;
  const isHere = (href: string): boolean => (href === '/' ? path === '/' : path.startsWith(href));
  return (
    <nav class="nav" aria-label={words.value.appName}>
      <span class="brand">
        <img src="/icon.svg" alt="" width="28" height="28" loading="lazy" />
        {words.value.appName}
      </span>
      {links.map(
        ([href, icon, text, isHers]) =>
          isHers && (
            <a
              key={href}
              href={href}
              class="nav-link"
              aria-current={isHere(href) ? 'page' : undefined}
              onClick={() => href === '/ghi' && formsAsked.value++}
            >
              <Icon of={icon} size={22} />
              <span>{text}</span>
            </a>
          ),
      )}
    </nav>
  );
};

/** The offer of a newer version is fetched when there is one. */
const UpdateSlot = (): JSX.Element | null => {
  const [bar, setBar] = useState<{ draw: () => JSX.Element | null } | null>(null);
  const waiting = waitingWorker.value !== null;
  useEffect(() => {
    if (waiting)
      void withMore(import('./update-bar.tsx')).then(
        ({ UpdateBar }) => setBar({ draw: UpdateBar }),
        () => undefined,
      );
  }, [waiting]);
  return bar && <bar.draw />;
};
