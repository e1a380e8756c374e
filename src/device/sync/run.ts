import type { Change } from '../../domain/change.ts';
import { sameValue } from '../../domain/records/canonical.ts';
import { toWire } from '../../protocol/change.ts';
import { toleranceMs } from '../../protocol/packed-sync.ts';
import type { SyncRequest } from '../../protocol/sync-request.ts';
import { schemaVersion, wireVersion } from '../../protocol/version.ts';
import { newStatus, noCounters, readMeta, readSealedMeta, writeMeta } from '../device.ts';
import type { Device } from '../device.ts';
import { sendPhotos } from '../photos.ts';
import { openChange } from '../store/record-box.ts';
import { auditsOf, isAuditDue, noteAudit } from './audit.ts';
import { backoffSeconds } from './backoff.ts';
import {
  afterFailure,
  afterSuccess,
  changesAPiece,
  changesAtOnce,
  firstPace,
  recordsAtOnce,
} from './pace.ts';
import type { Pace } from './pace.ts';
import { isUnsure, recalledIn } from './recalled.ts';
import { countSendable, heldFrom } from './hold.ts';
import { receive } from './receive.ts';
import { confirmed, isBehind, startOver } from './start-over.ts';
import type { Link, Reply } from './transport.ts';

/** What a piece may hold before it is packed; the server takes a megabyte. */
const mostPlainBytes = 600 * 1024;

/** So many round trips in one run at the most; the next trigger goes on. */
const maxRounds = 200;

/**
 * Hands in what waits and reads what is new until neither is left; photos come last, so that no word waits for one.
 * Only one runs at a time for a writer, whichever tab or worker starts it; a second one returns at once. Resolves to
 * whether everything went through.
 */
export const runSync = async (device: Device, link: Link): Promise<boolean> => {
  const once = async (): Promise<boolean> => {
    if ((await readMeta(device.store, 'status'))?.lost !== undefined) return false;
    const through = await rounds(device, link);
    // Like words, photos are handed in also by who may not read any more; not over a link that just failed.
    const held = (await readMeta(device.store, 'status'))?.reason ?? null;
    if (!through && held !== 'signIn') return false;
    const reason = await sendPhotos(device, link.photos);
    if (reason !== null) await noteFailure(device, { answer: null, reason, waitSeconds: null });
    return through && reason === null;
  };
  if (!hasLocks()) return alone(device.writer, once);
  return navigator.locks.request(lockOf(device.writer), { ifAvailable: true }, (lock) =>
    lock === null ? false : once(),
  );
};

/** Does something while nothing is handed in for a writer, in whichever tab or worker; waits for a run that is under way. */
export const betweenRuns = <T>(writer: number, work: () => Promise<T>): Promise<T> =>
  hasLocks() ? navigator.locks.request(lockOf(writer), work) : work();

const hasLocks = (): boolean => typeof navigator !== 'undefined' && 'locks' in navigator;
const lockOf = (writer: number): string => `binh-dang-sync-${writer}`;

const running = new Set<number>();

/** One at a time within this context, where there are no locks between contexts. */
const alone = async (writer: number, once: () => Promise<boolean>): Promise<boolean> => {
  if (running.has(writer)) return false;
  running.add(writer);
  try {
    return await once();
  } finally {
    running.delete(writer);
  }
};

const rounds = async (device: Device, link: Link): Promise<boolean> => {
  let from: number | undefined;
  // Everything is read: only then can what this phone holds be compared with what the server has.
  let isRead = false;
  let hasAsked = false;
  for (let round = 0; round < maxRounds; round++) {
    const scope = await readSealedMeta(device, 'scope');
    const keys = await readSealedMeta(device, 'keys');
    if (scope === null || keys === null) return false;
    const pace = { ...firstPace, ...(await readMeta(device.store, 'pace')) };
    // After a cut it is asked first what has arrived, once a run; a little is rather sent again.
    const asks: boolean = !hasAsked && (await isUnsure(device, changesAPiece(pace)));
    hasAsked ||= asks;
    const { changes: sent, pieces } = asks ? nothing : await nextBatch(device, pace);
    const audit: SyncRequest['audit'] =
      isRead && sent.length === 0 && !asks ? await auditsOf(device, scope) : undefined;
    const about = { scope: scope.version, page: recordsAtOnce(pace), from, audit };
    const request = await requestOf(device, sent, about);
    const glanced = round === 0 && (await isQuiet(device, request)) ? await link.glance(request, keys) : null;
    const reply: Reply = glanced ?? (await link.sync(request, keys, pieces));
    if (reply.answer === null) {
      await noteFailure(device, reply);
      // A glance says nothing about how much gets through.
      if (glanced === null) await writeMeta(device.store, 'pace', afterFailure(pace));
      return false;
    }
    if (glanced === null) await writeMeta(device.store, 'answered', device.now().toISOString());
    if (reply.took !== undefined) {
      const { bytes, ms } = reply.took;
      const next = afterSuccess(pace, sent.length, bytes, ms);
      if (!sameValue(next, pace)) await writeMeta(device.store, 'pace', next);
    }
    if (await isBehind(device, reply.answer)) {
      await startOver(device, reply.answer);
      // What lies below may be on this phone again.
      from = undefined;
      continue;
    }
    const recalled = await recalledIn(device, sent, reply.answer);
    if (recalled === null) {
      await noteFailure(device, { answer: null, reason: 'forked', waitSeconds: null });
      return false;
    }
    await receive(device, scope, [...sent, ...recalled], reply.answer);
    if (audit !== undefined && !reply.answer.signIn) await noteAudit(device);
    const [first] = sent;
    if (first !== undefined && reply.answer.upto < first.seq) {
      // What lies below is on no phone and on no server any more: the server is told to count on from here.
      if (from === undefined) {
        from = first.seq;
        continue;
      }
      await noteFailure(device, { answer: null, reason: 'server', waitSeconds: null });
      return false;
    }
    // A feed that was found wanting is read anew at once, and not compared again before tomorrow.
    if (audit !== undefined && reply.answer.drop.length > 0) {
      isRead = false;
      continue;
    }
    if (!reply.answer.more && (await countSendable(device)) === 0) {
      isRead = audit === undefined && !reply.answer.signIn && (await isAuditDue(device));
      if (!isRead) return !reply.answer.signIn;
    }
  }
  return false;
};

/** So soon after an answer there is seldom anything new. */
const soonMs = 600_000;

/**
 * Whether it is enough to glance: nothing is to be handed in or compared, the last reading came to its end a short while
 * ago, and the clock was right then, for a wrong one is told in full answers only.
 */
const isQuiet = async (
  { store, now }: Device,
  { changes, audit, from, cursor, since, at, last }: SyncRequest,
): Promise<boolean> => {
  if (changes.length > 0 || audit !== undefined || from !== undefined) return false;
  if (at !== last || !sameValue(cursor, since)) return false;
  const { reason, skewMs } = (await readMeta(store, 'status')) ?? newStatus;
  const ago = now().getTime() - Date.parse((await readMeta(store, 'answered')) ?? '1970-01-01');
  return reason === null && Math.abs(skewMs) < toleranceMs && ago >= 0 && ago < soonMs;
};

/** What is said in one round trip: how far this store stands, and what it hands in. */
const requestOf = async (
  device: Device,
  sent: readonly Change[],
  { scope, page, from, audit }: Pick<SyncRequest, 'scope' | 'page' | 'from' | 'audit'>,
): Promise<SyncRequest> => {
  const { store } = device;
  const [kept, epoch, cursor, since, counters, at] = await store.transaction(
    'r',
    [store.sent, store.outbox, store.meta],
    () =>
      Promise.all([
        store.sent.orderBy('seq').first(),
        readMeta(store, 'epoch'),
        readMeta(store, 'cursor'),
        readMeta(store, 'since'),
        readMeta(store, 'counters'),
        confirmed(device),
      ]),
  );
  return {
    v: wireVersion,
    schema: schemaVersion,
    epoch: epoch ?? null,
    cursor: { ...cursor },
    since: { ...since },
    scope,
    page,
    at,
    last: (counters ?? noCounters).seq,
    ...(kept === undefined ? {} : { kept: kept.seq }),
    ...(from === undefined ? {} : { from }),
    ...(audit === undefined ? {} : { audit }),
    changes: sent.map(toWire),
    now: device.now().toISOString(),
  };
};

type Sending = { readonly changes: readonly Change[]; readonly pieces: readonly number[] };

const nothing: Sending = { changes: [], pieces: [] };

const nextBatch = async (device: Device, pace: Pace): Promise<Sending> => {
  const { store } = device;
  // Marked as sent where it is read, so that nothing can be taken back between the two.
  const waiting = await store.transaction('rw', store.outbox, store.meta, async () => {
    const from = await heldFrom(device);
    const first = await store.outbox.orderBy('seq').limit(changesAtOnce(pace)).toArray();
    const rows = first.filter(({ seq }) => seq < from);
    const upto = rows.at(-1)?.seq ?? 0;
    if (upto > ((await readMeta(store, 'sentUpto')) ?? 0)) await writeMeta(store, 'sentUpto', upto);
    return rows;
  });
  const pieces: number[] = [];
  let bytes = 0;
  for (const { box } of waiting) {
    const last = pieces.length - 1;
    const fits = (pieces[last] ?? Infinity) < changesAPiece(pace) && bytes + box.byteLength <= mostPlainBytes;
    bytes = fits ? bytes + box.byteLength : box.byteLength;
    if (fits) pieces[last] = (pieces[last] ?? 0) + 1;
    else pieces.push(1);
  }
  return { changes: await Promise.all(waiting.map((row) => openChange(device, row))), pieces };
};

const noteFailure = async (device: Device, reply: Extract<Reply, { answer: null }>): Promise<void> => {
  const held = (await readMeta(device.store, 'status')) ?? newStatus;
  const failures = held.failures + 1;
  const wait = reply.waitSeconds ?? backoffSeconds(failures, Math.random());
  await writeMeta(device.store, 'status', {
    ...held,
    reason: reply.reason,
    failures,
    notBefore: device.now().getTime() + wait * 1000,
  });
};
