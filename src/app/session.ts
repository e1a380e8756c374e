import { computed, signal } from '@preact/signals';
import { useEffect, useState } from 'preact/hooks';
import type * as EngineModule from './engine.ts';
import type { Device } from '../device/device.ts';
import type * as DraftsModule from '../device/drafts.ts';
import { changePhone, clockOf, currentPerson, readPhone } from '../device/phone.ts';
import type { Phone } from '../device/phone.ts';
import type { Nudge } from '../device/sync/triggers.ts';

type Engine = typeof EngineModule;

/** The open session: the device with the engine that works on it. */
type Session = {
  readonly device: Device;
  readonly engine: Engine;
  readonly nudge: (why: Nudge) => Promise<boolean>;
};

export const phone = signal<Phone | null>(null);
export const person = computed(() => (phone.value === null ? undefined : currentPerson(phone.value)));

/** True while a request is on its way. */
export const syncing = signal(false);

/** Counts how often a new form was asked for: the address alone cannot tell "another one" from "this one". */
export const formsAsked = signal(0);

export const now = (): Date => (phone.value === null ? new Date() : clockOf(phone.value)());

export const loadEngine = (): Promise<Engine> => import('./engine.ts');

let store: Promise<Device> | null = null;
let opened: Promise<Session> | null = null;

/** Opens the current person's store, once. Fetches the database and nothing of what comes after a draft. */
const openStore = (): Promise<Device> =>
  (store ??= (async () => {
    const held = phone.value ?? (await readPhone());
    const current = currentPerson(held);
    if (current === undefined) throw new Error('nobody is signed in');
    const { openDevice } = await import('../device/device.ts');
    return { ...(await openDevice(held, current)), now };
  })().catch((error: unknown) => {
    // What failed once (a file that did not come) may come the next time it is asked for.
    store = null;
    throw error;
  }));

/** The store and what keeps a draft: all that a form needs while it is typed into. */
export const draftStore = async (): Promise<{ device: Device; drafts: typeof DraftsModule }> => {
  const [device, drafts] = await Promise.all([openStore(), import('../device/drafts.ts')]);
  return { device, drafts };
};

/** The current person's open store with the whole engine. */
export const session = (): Promise<Session> =>
  (opened ??= (async () => {
    const [device, engine] = await Promise.all([openStore(), loadEngine()]);
    return sessionOf(engine, device);
  })().catch((error: unknown) => {
    opened = null;
    throw error;
  }));

/** Takes over a device that signing in has just opened. */
export const adopt = (engine: Engine, device: Device, next: Phone): void => {
  const own = { ...device, now };
  const fresh = sessionOf(engine, own);
  store = Promise.resolve(own);
  opened = Promise.resolve(fresh);
  phone.value = next;
  if (person.value?.role !== 'admin') void fresh.nudge('start').catch(() => undefined);
};

const sessionOf = (engine: Engine, device: Device): Session => {
  let underway = 0;
  const sync: typeof engine.httpLink.sync = async (request, keys) => {
    underway += 1;
    syncing.value = true;
    try {
      return await engine.httpLink.sync(request, keys);
    } finally {
      underway -= 1;
      syncing.value = underway > 0;
    }
  };
  const trigger = engine.syncTrigger(device, { ...engine.httpLink, sync });
  const nudge = async (why: Nudge): Promise<boolean> => {
    const reached = await trigger(why);
    if (reached) await followDemoClock(engine, device);
    return reached;
  };
  return { device, engine, nudge };
};

const demoToleranceMs = 60_000;

/** Somebody may have set the demo to another day; its phones follow. A real phone's clock is its owner's business. */
const followDemoClock = async (engine: Engine, device: Device): Promise<void> => {
  if (phone.value === null || phone.value.clockShift === 0) return;
  const { status } = await engine.readOverview(device);
  if (Math.abs(status.skewMs) < demoToleranceMs) return;
  phone.value = await changePhone((held) => ({ ...held, clockShift: held.clockShift + status.skewMs }));
};

/** How a screen's data stands: still opening, there, or failed. */
type Loaded<T> = { readonly value: T | undefined; readonly error: boolean };

/** Reads from the store and reads again after every write, wherever it was made. */
export const useStored = <T>(read: (session: Session) => Promise<T>, key: string): Loaded<T> => {
  const [loaded, setLoaded] = useState<Loaded<T>>({ value: undefined, error: false });
  useEffect(() => {
    let live = true;
    let stop = (): void => {};
    let timer: ReturnType<typeof setTimeout> | undefined;
    let latest = 0;
    const refresh = async (): Promise<void> => {
      try {
        const turn = ++latest;
        const value = await read(await session());
        // A slower, older read must not replace a newer one.
        if (live && turn === latest) setLoaded({ value, error: false });
      } catch {
        if (live) setLoaded((held) => ({ ...held, error: true }));
      }
    };
    const later = (): void => {
      clearTimeout(timer);
      timer = setTimeout(() => void refresh(), 30);
    };
    void refresh();
    void session().then(
      ({ engine }) => {
        if (live) stop = engine.watchStores(later);
      },
      () => {},
    );
    return () => {
      live = false;
      clearTimeout(timer);
      stop();
    };
    // The query is named by its key; a new closure with the same key asks the same.
  }, [key]);
  return loaded;
};
