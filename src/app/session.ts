import { computed, signal } from '@preact/signals';
import type * as EngineModule from './engine.ts';
import type * as NetworkModule from './network.ts';
import type { Device } from '../device/device.ts';
import type * as DraftsModule from '../device/drafts.ts';
import { clockOf, currentPerson, readPhone } from '../device/phone.ts';
import type { Phone } from '../device/phone.ts';
import type { Nudge } from '../device/sync/triggers.ts';

type Engine = typeof EngineModule;

/** The open session: the device with the engine that works on it. */
export type Session = {
  readonly device: Device;
  readonly engine: Engine;
  readonly nudge: (why: Nudge) => Promise<boolean>;
};

export const phone = signal<Phone | null>(null);
export const person = computed(() => (phone.value === null ? undefined : currentPerson(phone.value)));

/** True while a request is on its way. */
export const syncing = signal(false);

/** The last sync could not write down what it has to, so nothing goes out; there is no room to write that down either. */
export const syncHasNoRoom = signal(false);

/** Counts how often a new form was asked for: the address alone cannot tell "another one" from "this one". */
export const formsAsked = signal(0);

export const now = (): Date => (phone.value === null ? new Date() : clockOf(phone.value)());

export const loadEngine = (): Promise<Engine> => import('./engine.ts');
export const loadNetwork = (): Promise<typeof NetworkModule> => import('./network.ts');

let store: Promise<Device> | null = null;
let opened: Promise<Session> | null = null;

/** Opens the current person's store, once. Fetches the database and nothing of what comes after a draft. */
const openStore = (): Promise<Device> =>
  (store ??= (async () => {
    const [held, { openDevice }] = await Promise.all([
      phone.value ?? readPhone(),
      import('../device/device.ts'),
    ]);
    const current = currentPerson(held);
    if (current === undefined) throw new Error('nobody is signed in');
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
  (opened ??= Promise.all([openStore(), loadEngine()])
    .then(([device, engine]) => sessionOf(engine, device))
    .catch((error: unknown) => {
      opened = null;
      throw error;
    }));

/** Takes over a device that signing in has just opened. */
export const adopt = async (device: Device, next: Phone): Promise<void> => {
  const own = { ...device, now };
  const fresh = sessionOf(await loadEngine(), own);
  store = Promise.resolve(own);
  opened = Promise.resolve(fresh);
  phone.value = next;
  if (person.value?.role !== 'admin') void fresh.nudge('start').catch(() => undefined);
};

const sessionOf = (engine: Engine, device: Device): Session => {
  let nudging: Promise<Session['nudge']> | null = null;
  const load = (): Promise<Session['nudge']> =>
    (nudging ??= loadNetwork().then(
      ({ nudgeOf }) => nudgeOf(device),
      (error: unknown) => {
        nudging = null;
        throw error;
      },
    ));
  return { device, engine, nudge: async (why) => (await load())(why) };
};
