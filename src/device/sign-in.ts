import type { ProblemCode } from '../domain/problem.ts';
import { signInResponseSchema } from '../protocol/sign-in.ts';
import type { SignInResponse } from '../protocol/sign-in.ts';
import { carryOver } from './carry-over.ts';
import { openDevice, readSealedMeta, sealMeta, writeMeta, newStatus, readMeta } from './device.ts';
import type { Device } from './device.ts';
import { changePhone, clockOf } from './phone.ts';
import type { Phone, PhonePerson } from './phone.ts';
import { newDeviceKey, newPersonKey, wrapKey } from './vault/keys.ts';

/** Signing in did not come about. `offline` when the server was not reached. */
export class SignInFailed extends Error {
  readonly code: ProblemCode | 'offline';
  readonly seconds: number | null;
  constructor(code: ProblemCode | 'offline', seconds: number | null = null) {
    super(code);
    this.code = code;
    this.seconds = seconds;
  }
}

type Credentials = { readonly login: string; readonly pin: string; readonly device: string };

/** Asks the server; a phone that this person has used before keeps its writer, and with it the store. */
const ask = async (credentials: Credentials, writer: string | null): Promise<SignInResponse> => {
  const { login, pin, device } = credentials;
  let response: Response;
  try {
    response = await fetch('/api/v1/sign-in', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ login, pin, device, writer }),
    });
  } catch {
    throw new SignInFailed('offline');
  }
  const body: unknown = await response.json().catch(() => null);
  if (response.ok) {
    const parsed = signInResponseSchema.safeParse(body);
    if (parsed.success) return parsed.data;
    throw new SignInFailed('offline');
  }
  const problem = body as { code?: ProblemCode; details?: { seconds?: number } } | null;
  throw new SignInFailed(problem?.code ?? 'P_INTERNAL', problem?.details?.seconds ?? null);
};

/** Signs a person in and opens her store on this phone. Needs the network; everything after it does not. */
export const signIn = async (credentials: Credentials): Promise<{ phone: Phone; device: Device }> => {
  // Made known before it wraps anything: of two windows that sign in at once, both use the one that came first.
  const made = await newDeviceKey();
  const phone = await changePhone((held) => ({ ...held, deviceKey: held.deviceKey ?? made }));
  const login = credentials.login.trim().toLowerCase();
  // The latest: an older store of hers whose writer was refused stays, to be handed in, but is not opened again.
  const known = phone.people.filter((person) => person.login === login).at(-1);
  const held = known === undefined ? null : await openDevice(phone, known);
  const keys = held === null ? null : await readSealedMeta(held, 'keys');
  const forked = held !== null && (await readMeta(held.store, 'status'))?.reason === 'forked' ? held : null;
  const answer = await ask(credentials, forked === null ? (keys?.credential ?? null) : null).catch(
    (error: unknown) => {
      held?.store.close();
      throw error;
    },
  );
  const same = known !== undefined && known.writer === answer.writer.number;
  if (!same && forked === null) held?.store.close();
  const person = await personOf(phone.deviceKey ?? made, answer, same ? known : undefined);
  const device = same && held !== null ? held : await openDevice(phone, person);
  await keepAnswer(device, answer);
  if (forked !== null) await carryOver(forked, device);
  const next = await changePhone((now) => ({
    ...now,
    current: person.writer,
    clockShift: answer.demo ? Date.parse(answer.now) - Date.now() : 0,
    people: [
      ...now.people.filter(({ writer }) => writer !== person.writer && writer !== forked?.writer),
      person,
    ],
  }));
  // Everything of hers is in the new store, and the phone knows it.
  if (forked !== null) await forked.store.delete();
  return { phone: next, device: { ...device, now: clockOf(next) } };
};

const personOf = async (
  deviceKey: CryptoKey,
  { scope, writer }: SignInResponse,
  known: PhonePerson | undefined,
): Promise<PhonePerson> => {
  const wrappedKey = known?.wrappedKey ?? (await wrapKey(deviceKey, await newPersonKey()));
  const unitName = scope.units.find(({ id }) => id === scope.me.unit)?.name ?? '';
  const { account, login, name, role } = scope.me;
  return { writer: writer.number, account, login, name, role, unitName, wrappedKey, signedOut: false };
};

/** Takes what the server said of a person who has signed in into her store. */
export const keepAnswer = async (device: Device, answer: SignInResponse): Promise<void> => {
  const rows = [
    await sealMeta(device, 'scope', answer.scope),
    await sealMeta(device, 'keys', { session: answer.session, credential: answer.writer.credential }),
  ];
  await device.store.transaction('rw', device.store.meta, async () => {
    await device.store.meta.bulkPut(rows);
    const status = (await readMeta(device.store, 'status')) ?? newStatus;
    await writeMeta(device.store, 'status', { ...newStatus, lastContact: status.lastContact });
    if ((await readMeta(device.store, 'epoch')) !== undefined) return;
    // A new store knows a server that is put back from now on. Nothing can be missing yet: it is compared a day later.
    await writeMeta(device.store, 'epoch', answer.epoch);
    await writeMeta(device.store, 'audited', device.now().toISOString());
  });
};

/** Signs out: the store and the right to hand in stay; reading it again needs her PIN and the server. */
export const signOut = async (device: Device): Promise<Phone> => {
  const keys = await readSealedMeta(device, 'keys');
  if (keys !== null) {
    const headers = { Authorization: `Bearer ${keys.session ?? ''}` };
    void fetch('/api/v1/sign-out', { method: 'POST', headers, keepalive: true }).catch(() => undefined);
    await device.store.meta.put(await sealMeta(device, 'keys', { ...keys, session: null }));
  }
  return changePhone((phone) => ({
    ...phone,
    current: null,
    people: phone.people.map((person) =>
      person.writer === device.writer ? { ...person, signedOut: true } : person,
    ),
  }));
};

/** Opens another person's store on this phone, without a network; who has signed out must sign in. */
export const switchPerson = (writer: number): Promise<Phone> =>
  changePhone((phone) => ({
    ...phone,
    current: phone.people.some((p) => p.writer === writer && !p.signedOut) ? writer : phone.current,
  }));
