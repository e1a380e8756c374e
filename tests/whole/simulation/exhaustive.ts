import { newRecordId } from '../../../src/device/drafts.ts';
import { save } from '../../../src/device/save.ts';
import { runSync } from '../../../src/device/sync/run.ts';
import { httpLink } from '../../../src/device/sync/transport.ts';
import { activity } from '../../support/activity.ts';
import { noPhotos } from '../../support/phone.ts';
import { openOffice } from './office.ts';
import { checkAtRest } from './oracle.ts';
import { openPhone } from './phone.ts';
import type { Phone } from './phone.ts';
import type { World } from './world.ts';
import { yearOf } from './years.ts';

/**
 * The smallest whole story (one save, its push, the pull of another's record, the acknowledgement) with a fault at
 * every step, at every pair of steps of both sides, and with a cut at every byte of the request and of the answer.
 */
type Fault = {
  readonly phoneStopsAt?: number;
  readonly serverDiesAt?: number;
  readonly requestBytes?: number;
  readonly answerBytes?: number;
};

type Told = {
  readonly touches: number;
  readonly statements: number;
  readonly request: number;
  readonly answer: number;
};

export type Exhausted = {
  readonly steps: number;
  readonly pairs: number;
  readonly bytes: number;
  readonly violations: readonly string[];
};

const lost = new TypeError('fetch failed');
const clock = (): Date => new Date('2019-12-01T00:00:00Z');
const link = { ...httpLink, photos: noPhotos };
const sync = (phone: Phone): Promise<boolean> => runSync(phone.device, link).catch(() => false);

/** Plays the story once with one fault; says how long it was and what is wrong when everything has come to rest. */
const story = async (fault: Fault): Promise<Told & { readonly violations: readonly string[] }> => {
  const office = await openOffice(clock);
  const other = await openPhone(office, 'xa1b', clock);
  const phone = await openPhone(office, 'xa1', clock);
  const world: World = {
    office,
    phones: [phone, other],
    gone: [],
    trace: [],
    violations: [],
    clock,
    pass: () => undefined,
    needsAudit: false,
    year: yearOf(1),
    putBackByHand: false,
  };
  let told = { request: 0, answer: 0 };
  let isFirst = false;
  const before = globalThis.fetch;
  globalThis.fetch = async (address, init = {}) => {
    if (init.method !== 'POST') return office.handle(address as string, init);
    const body = new Uint8Array(await new Response(init.body ?? '').arrayBuffer());
    const headers = Object.fromEntries(new Headers(init.headers).entries());
    const once = isFirst;
    isFirst = false;
    const requestBytes = once ? (fault.requestBytes ?? body.length) : body.length;
    const sent = { method: 'POST', headers, body: body.slice(0, requestBytes) };
    const response = await office.handle(address as string, sent);
    if (requestBytes < body.length) throw lost;
    if (office.isDead()) throw lost;
    const text = await response.text();
    if (once) told = { request: body.length, answer: text.length };
    const cut = once ? text.slice(0, fault.answerBytes ?? text.length) : text;
    return new Response(response.status === 204 ? null : cut, { status: response.status });
  };
  const writeOn = async (on: Phone): Promise<void> => {
    const record = await newRecordId(on.device);
    const deed = { do: 'save', kind: 'activity', unit: 'c1', patch: activity() } as const;
    await save(on.device, record, deed);
    // Counted here and not read: the phone may stop right after the save.
    on.saved.push({ seq: on.saved.length + 1, record, deed });
  };
  try {
    await writeOn(other);
    await sync(other);
    isFirst = true;
    const [touches, statements] = [phone.touched(), office.run()];
    phone.stopAfter(fault.phoneStopsAt ?? Infinity);
    office.dieAfter(fault.serverDiesAt ?? Infinity);
    // What she was told is saved counts, and nothing else; a save that broke off may be made again.
    await writeOn(phone).catch(() => undefined);
    await sync(phone);
    const length = { touches: phone.touched() - touches, statements: office.run() - statements };
    await phone.reopen();
    office.restart();
    if (phone.saved.length < (await phone.lastSeq())) world.violations.push('a save that failed was made');
    if (phone.saved.length === 0) await writeOn(phone);
    for (let i = 0; i < 3; i++) for (const each of world.phones) await sync(each);
    await checkAtRest(world);
    return { ...told, ...length, violations: world.violations };
  } finally {
    globalThis.fetch = before;
    for (const { device } of world.phones) await device.store.delete();
    await office.db.destroy();
  }
};

/** Plays all of it; with `every`, all single steps and only every so-manieth of the rest. */
export const exhaust = async ({ every = 1 } = {}): Promise<Exhausted> => {
  const { touches, statements, request, answer, violations } = await story({});
  const found = [...violations];
  const play = async (fault: Fault): Promise<void> => {
    const { violations: wrong } = await story(fault);
    found.push(...wrong.map((what) => `${JSON.stringify(fault)}: ${what}`));
  };
  const upTo = (n: number): number[] => Array.from({ length: n }, (_, i) => i);
  const some = (n: number): number[] => upTo(n).filter((at) => at % every === 0);
  for (const phoneStopsAt of upTo(touches)) await play({ phoneStopsAt });
  for (const serverDiesAt of upTo(statements)) await play({ serverDiesAt });
  for (const requestBytes of some(request)) await play({ requestBytes });
  for (const answerBytes of some(answer)) await play({ answerBytes });
  const pairs = upTo(touches).flatMap((phoneStopsAt) =>
    upTo(statements).map((serverDiesAt) => ({ phoneStopsAt, serverDiesAt })),
  );
  for (const at of some(pairs.length)) await play(pairs[at] as Fault);
  return {
    steps: touches + statements,
    pairs: some(pairs.length).length,
    bytes: some(request).length + some(answer).length,
    violations: found,
  };
};
