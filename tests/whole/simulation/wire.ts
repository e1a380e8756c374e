import {
  packResponse,
  unpackMore,
  unpackRequest,
  unpackResponse,
} from '../../../src/protocol/packed-sync.ts';
import type { SyncRequest } from '../../../src/protocol/sync-request.ts';
import type { SyncResponse } from '../../../src/protocol/sync-response.ts';
import { getMeta } from '../../../src/server/sql/open.ts';
import type { Dice } from './dice.ts';
import { hashSecret } from '../../../src/server/access/secret.ts';
import type { Office } from './office.ts';
import { checkWritten, mayRead, ordered } from './oracle.ts';
import type { Reader } from './oracle.ts';
import type { Phone } from './phone.ts';
import type { World } from './world.ts';
import type { Year } from './years.ts';

/** The way between phones and server, on which everything happens that happens to requests and answers. */

type Sent = {
  readonly address: string;
  readonly headers: Record<string, string>;
  /** Absent when it is only asked whether anything is new. */
  readonly body: Uint8Array<ArrayBuffer> | null;
};

/** How likely each is in a year. */
const faultsIn = ({ answerLost }: Year) => ({
  none: 55,
  requestLost: 6,
  answerLost,
  requestCut: 4,
  answerCut: 5,
  late: 5,
  twice: 5,
  serverDies: 8,
  captive: 2,
});

const photoFaults = { none: 60, requestLost: 7, answerLost: 10, requestCut: 12, serverDies: 8, captive: 3 };

const lost = new TypeError('fetch failed');

export type Wire = {
  readonly carry: (address: string, init: RequestInit) => Promise<Response>;
  readonly deliverLate: () => Promise<void>;
  readonly calm: () => void;
  readonly isCalm: () => boolean;
  /** How many answers said something. */
  readonly told: () => number;
  readonly counted: () => { readonly requests: number; readonly faults: number };
  readonly fault: () => void;
};

const bytesOf = async (body: RequestInit['body']): Promise<Uint8Array<ArrayBuffer>> =>
  new Uint8Array(await new Response(body ?? '').arrayBuffer());

export const wireOf = (world: World, dice: Dice, meanwhile: () => Promise<void>): Wire => {
  const { office, trace, phones } = world;
  const late: Sent[] = [];
  let isCalm = false;
  let [requests, faulty, told] = [0, 0, 0];

  /** `by` waits for the answer; nobody waits for a request that was given up. */
  const deliver = async (sent: Sent, by?: Phone): Promise<Response> => {
    requests += 1;
    const { address, headers, body } = sent;
    if (body === null) return office.handle(address, { headers });
    const writer = Number(headers['x-writer']?.split('.')[0]);
    const row = await office.db
      .selectFrom('writer')
      .select('last_seq')
      .where('id', '=', writer)
      .executeTakeFirst();
    // A copy that was put back may not have heard of her phone.
    const last_seq = row?.last_seq ?? 0;
    const isTelling = world.needsAudit && by !== undefined && (await tellsOfMore(world, by, sent, last_seq));
    const response = await office.handle(address, { method: 'POST', headers, body });
    // A copy that was put back by hand has been given away: the protocol has to hold again without the audit.
    if (isTelling && response.ok) world.needsAudit = false;
    await checkWritten(world, writer, last_seq);
    if (response.status === 200) told += 1;
    if (response.status === 200) await checkRights(world, sent, (await response.clone().json()) as object);
    return response;
  };
  /** Phones that wait for an answer: a second run on the same phone must not ask as well. */
  const asking = new Set<Phone>();
  const carry = async (address: string, init: RequestInit): Promise<Response> => {
    const headers = Object.fromEntries(new Headers(init.headers).entries());
    const phone = phones.find(
      ({ credential, session }) =>
        credential === headers['x-writer'] || headers['authorization'] === `Bearer ${session}`,
    );
    if (phone === undefined) throw new Error('a request of nobody');
    if (asking.has(phone)) world.violations.push(`${phone.login} asks while she waits for an answer`);
    asking.add(phone);
    const way = address.startsWith('/api/v1/blobs/') ? carryPhoto : carryFor;
    return way(phone, address, init, headers).finally(() => asking.delete(phone));
  };
  const carryPhoto: typeof carryFor = async (phone, address, { method = 'GET', body }, headers) => {
    const bytes = method === 'PUT' ? await bytesOf(body) : null;
    const fault = isCalm ? 'none' : dice.weighed(photoFaults);
    requests += 1;
    if (fault !== 'none') faulty += 1;
    trace.push(`  ${phone.login} → server, ${method} a photo: ${fault}`);
    if (fault === 'requestLost') throw lost;
    if (fault === 'captive') return new Response('<html>Chào mừng</html>');
    if (fault === 'serverDies') office.dieAfter(dice.below(8));
    const end = fault === 'requestCut' && bytes !== null ? dice.below(bytes.length) : undefined;
    const sent = bytes === null ? {} : { body: bytes.slice(0, end) };
    const response = await office.handle(address, { method, headers, ...sent });
    const isOver = office.isDead() || fault === 'requestCut' || fault === 'answerLost';
    office.restart();
    if (!isCalm && dice.chance(0.2)) await meanwhile();
    if (isOver) throw lost;
    return response;
  };
  const carryFor = async (
    phone: Phone,
    address: string,
    init: RequestInit,
    headers: Record<string, string>,
  ): Promise<Response> => {
    const isGlance = init.method !== 'POST';
    const { page } = world.year;
    const asked = page === undefined ? init : await pagedOf(init, page);
    const body = isGlance ? null : phone.plain ? await plainOf(asked) : await bytesOf(asked.body);
    if (phone.plain) {
      delete headers['content-encoding'];
      headers['content-type'] = 'application/json';
    }
    const sent: Sent = { address, headers, body };
    const fault = isCalm ? 'none' : dice.weighed(faultsIn(world.year));
    if (fault !== 'none') faulty += 1;
    trace.push(`  ${phone.login} → server, ${body?.length ?? 'a glance of a few'} bytes: ${fault}`);
    if (fault === 'requestCut' && body !== null)
      await deliver({ ...sent, body: body.slice(0, dice.below(body.length)) });
    if (fault === 'late') late.push(sent);
    if (fault === 'requestLost' || fault === 'requestCut' || fault === 'late') throw lost;
    if (fault === 'captive') return new Response('<html>Chào mừng</html>');
    if (fault === 'serverDies') office.dieAfter(dice.below(30));
    let response = await deliver(sent, phone);
    if (fault === 'twice') response = await deliver(sent, phone);
    if (office.isDead()) {
      office.restart();
      throw lost;
    }
    office.restart();
    if (!isCalm && dice.chance(0.2)) await meanwhile();
    if (fault === 'answerLost') throw lost;
    const text = await response.text();
    const cut = fault === 'answerCut' ? text.slice(0, dice.below(text.length)) : text;
    if (response.status === 200 && cut === text)
      hear(phone, unpackResponse(JSON.parse(text)) as SyncResponse);
    return new Response(response.status === 204 ? null : cut, { status: response.status });
  };
  return {
    carry,
    deliverLate: async () => {
      const [sent] = late.splice(dice.below(late.length), 1);
      if (sent === undefined) return;
      trace.push('  a request arrives that was given up long ago');
      await deliver(sent);
    },
    calm: () => {
      isCalm = true;
    },
    isCalm: () => isCalm,
    told: () => told,
    counted: () => ({ requests, faults: faulty }),
    fault: () => {
      faulty += 1;
    },
  };
};

/**
 * With the first answer of an epoch a phone begins anew, and takes in nothing else of it. The wire version of others is
 * not told what of a lost request was taken in; there it is sent again.
 */
const hear = (phone: Phone, { epoch, upto }: SyncResponse): void => {
  phone.heard = phone.plain ? null : { epoch, upto: epoch === phone.heard?.epoch ? upto : 0 };
};

const isZipped = ({ headers }: RequestInit): boolean =>
  new Headers(headers).get('content-encoding') === 'gzip';

/** What a request says, line by line. */
const linesOf = async (init: RequestInit): Promise<[string, ...string[]]> => {
  const whole = new Response(init.body ?? '').body as ReadableStream<Uint8Array<ArrayBuffer>>;
  const text = await new Response(
    isZipped(init) ? whole.pipeThrough(new DecompressionStream('gzip')) : whole,
  ).text();
  const [first = '', ...others] = text.split('\n').filter((line) => line !== '');
  return [first, ...others];
};

/** The same request for a page of so many records. */
const pagedOf = async (init: RequestInit, page: number): Promise<RequestInit> => {
  if (init.method !== 'POST') return init;
  const [first, ...others] = await linesOf(init);
  const lines = [JSON.stringify({ ...(JSON.parse(first) as object), page }), ...others];
  const text = new Response(`${lines.join('\n')}\n`).body as ReadableStream<Uint8Array<ArrayBuffer>>;
  const body = isZipped(init) ? text.pipeThrough(new CompressionStream('gzip')) : text;
  return { ...init, body: await bytesOf(body) };
};

/** The same request as a client of others would write it. */
const plainOf = async (init: RequestInit): Promise<Uint8Array<ArrayBuffer>> => {
  const [first, ...others] = await linesOf(init);
  const request = unpackRequest(JSON.parse(first)) as SyncRequest;
  const more = others.map((line) => unpackMore(JSON.parse(line)) as Pick<SyncRequest, 'changes'>);
  const changes = [request, ...more].flatMap((piece) => piece.changes);
  return new TextEncoder().encode(JSON.stringify({ ...request, changes, v: 1 }));
};

/** Whether a phone that waits for an answer was told of more than this server holds, or has read more, and so gives a copy away. */
const tellsOfMore = async (
  { office }: World,
  { heard }: Phone,
  sent: Sent,
  last_seq: number,
): Promise<boolean> => {
  const now = await getMeta(office.db, 'epoch');
  if (heard !== null && heard.epoch === now && heard.upto > last_seq) return true;
  const [first] = await linesOf(sent);
  const { epoch, cursor } = unpackRequest(JSON.parse(first)) as SyncRequest;
  const reader = await readerOf(office, sent);
  if (reader === undefined || epoch !== now) return false;
  const feeds = await office.db.selectFrom('feed').selectAll().execute();
  return feeds.some(({ id, unit, seq }) => mayRead(reader, unit) && seq < (cursor[id] ?? 0));
};

/** Who may read with what a request says of itself; nobody once her session has ended. */
const readerOf = async ({ db }: Office, { headers }: Sent): Promise<Reader | undefined> => {
  const token = headers['authorization']?.replace('Bearer ', '') ?? '';
  return db
    .selectFrom('session')
    .innerJoin('account', 'account.id', 'session.account')
    .select(['role', 'account.unit'])
    .where('token_hash', '=', hashSecret(token))
    .executeTakeFirst();
};

/** Every byte that goes out is checked against rights that are worked out here, without the server's own rules. */
const checkRights = async (
  { office, violations, phones, gone }: World,
  sent: Sent,
  body: object,
): Promise<void> => {
  const answer = unpackResponse(body) as SyncResponse;
  const phone = [...phones, ...gone].find(({ credential }) => credential === sent.headers['x-writer']);
  const reader = await office.db
    .selectFrom('account')
    .select(['role', 'unit', 'login'])
    .where('id', '=', phone?.account ?? 0)
    .executeTakeFirst();
  for (const row of answer.records)
    if (reader === undefined || answer.signIn || !mayRead(reader, row.unit))
      violations.push(`${reader?.login} was sent ${row.id} of ${row.unit}`);
  // What is packed says the same as what is not.
  const again = unpackResponse(JSON.parse(JSON.stringify(packResponse(2, answer)))) as SyncResponse;
  if (JSON.stringify(ordered(again.records)) !== JSON.stringify(ordered(answer.records)))
    violations.push('packing changed an answer');
};
