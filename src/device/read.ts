import { Dexie } from 'dexie';
import { can } from '../domain/access.ts';
import type { RecordState, Remarks, ReviewState } from '../domain/change.ts';
import type { Values } from '../domain/records/field.ts';
import { isCompanion, kinds } from '../domain/records/kinds.ts';
import type { Kind } from '../domain/records/kinds.ts';
import { reviewerOf } from '../domain/unit.ts';
import type { Scope } from '../protocol/scope.ts';
import { newStatus, openMeta, readMeta } from './device.ts';
import type { Device, SyncStatus } from './device.ts';
import { firstDay, lastDay, latestFirst } from './latest.ts';
import { openAll, openListed } from './listed.ts';
import type { Listed } from './listed.ts';
import { actorOf, placesOf } from './scope.ts';
import { openNotice, openRecord } from './store/record-box.ts';
import type { NoticeRow, RecordRow } from './store/store.ts';

/** So many of a kind's records, the latest date first; reads an index and opens only what it has not opened before. */
export const readPage = async (
  device: Device,
  kind: Kind,
  state: ReviewState | null,
  limit: number,
): Promise<Listed[]> =>
  openListed(
    device,
    await latestFirst(device, limit, (from, before) =>
      ofKind(device, kind, state, from, before).primaryKeys(),
    ),
  );

const ofKind = (
  { store: { record } }: Device,
  kind: Kind,
  state: ReviewState | null,
  from: string = firstDay,
  before: string = lastDay,
) =>
  state === null
    ? record.where('[kind+date]').between([kind, from], [kind, before])
    : record.where('[kind+state+date]').between([kind, state, from], [kind, state, before]);

export const countRecords = (device: Device, kind: Kind, state: ReviewState | null): Promise<number> =>
  ofKind(device, kind, state).count();

/** The records of a unit that were returned to it, of every kind, the latest first. */
export const readReturned = async (device: Device, unit: string, limit: number): Promise<Listed[]> => {
  const rows = device.store.record
    .where('[state+date]')
    .between(['returned', Dexie.minKey], ['returned', Dexie.maxKey])
    .reverse()
    .and((row) => row.unit === unit && !isCompanion(row.kind));
  return openAll(device, await rows.limit(limit).toArray());
};

/** The records that changed last, here or at the server. */
export const readRecent = async (device: Device, limit: number): Promise<Listed[]> => {
  const rows = device.store.record
    .orderBy('touched')
    .reverse()
    .and((row) => !isCompanion(row.kind));
  return openAll(device, await rows.limit(limit).toArray());
};

/** The records that wait for this officer, the oldest first. */
export const readQueue = async (device: Device, scope: Scope, limit: number): Promise<Listed[]> => {
  const places = placesOf(scope);
  const { tree, hasOfficer } = places;
  const hers = new Set(
    scope.units.map(({ id }) => id).filter((unit) => reviewerOf(tree, unit, hasOfficer) === scope.me.unit),
  );
  const rows = await device.store.record
    .where('[state+date]')
    .between(['submitted', Dexie.minKey], ['submitted', Dexie.maxKey])
    .and((row) => hers.has(row.unit) && !isCompanion(row.kind))
    .limit(limit)
    .toArray();
  return (await openAll(device, rows)).filter(({ record }) => can(actorOf(scope), 'decide', record, places));
};

export type Detail = Listed & {
  readonly notices: readonly NoticeRow[];
  readonly hasDraft: boolean;
  /** The record that was written in the same form; null where there is none, or it is not hers to see. */
  readonly companion: RecordState | null;
};

const living = (row: RecordRow): boolean => row.state !== 'void';

const companionOf = async (device: Device, { id, kind }: RecordRow): Promise<RecordState | null> => {
  const { companion } = kinds[kind];
  if (companion === undefined) return null;
  const rows = device.store.record.where('parent').equals(id);
  const row = await rows.and((other) => other.kind === companion && living(other)).first();
  return row === undefined ? null : (await openRecord(device, row)).view;
};

export const readRecord = async (device: Device, id: string): Promise<Detail | null> => {
  const row = await device.store.record.get(id);
  if (row === undefined) return null;
  const [listed] = await openAll(device, [row]);
  const notices = await device.store.notice.where('record').equals(id).toArray();
  const hasDraft = (await device.store.draft.get(id)) !== undefined;
  return { ...(listed as Listed), notices, hasDraft, companion: await companionOf(device, row) };
};

export type Child = Listed & { readonly companion: RecordState | null };

/** What belongs to a record, the latest first: the status events and the period figures of a model. */
export const readChildren = async (device: Device, id: string): Promise<Child[]> => {
  const rows = await device.store.record
    .where('parent')
    .equals(id)
    .and((row) => !isCompanion(row.kind) && living(row))
    .toArray();
  const sorted = rows.sort((a, b) => (a.date < b.date ? 1 : -1));
  const companions = await Promise.all(sorted.map((row) => companionOf(device, row)));
  return (await openAll(device, sorted)).map((listed, i) => ({
    ...listed,
    companion: companions[i] ?? null,
  }));
};

/** Of which reports of a year a unit has handed in its own; opens no others. */
export const readHandedIn = async (device: Device, unit: string, year: number): Promise<string[]> => {
  const rows = await device.store.record
    .where('[kind+date]')
    .between(['report', `${year}-01-01`], ['report', `${year}-12-31`], true, true)
    .and((row) => row.unit === unit && row.state !== 'returned' && living(row))
    .toArray();
  return (await openAll(device, rows)).map(({ record }) => String(record.fields['report_type']));
};

export type Overview = {
  readonly waiting: number;
  readonly oldest: string | null;
  readonly drafts: number;
  /** Photos that the server does not have yet. */
  readonly photos: number;
  readonly notices: readonly NoticeRow[];
  /** Records in which two people wrote the same and nobody has chosen yet. */
  readonly conflicts: readonly string[];
  readonly status: SyncStatus;
  readonly scope: Scope | null;
  /** Nothing more was to be read when this phone last read: it holds everything that it may. */
  readonly isWhole: boolean;
};

/** What the sync card shows: how much waits and since when, and what the server last said. */
export const readOverview = async (device: Device): Promise<Overview> => {
  const { store } = device;
  const { record, outbox, draft, photo, notice, meta } = store;
  const [first, waiting, drafts, photos, notices, conflicts, status, scope, whole] = await store.transaction(
    'r',
    [record, outbox, draft, photo, notice, meta],
    () =>
      Promise.all([
        outbox.orderBy('seq').first(),
        outbox.count(),
        draft.count(),
        photo.where('lane').equals('waiting').count(),
        notice.toArray(),
        record.where('conflict').equals(1).primaryKeys(),
        readMeta(store, 'status'),
        meta.get('scope'),
        readMeta(store, 'whole'),
      ]),
  );
  return {
    waiting,
    oldest: first?.made ?? null,
    drafts,
    photos,
    notices,
    conflicts,
    status: status ?? newStatus,
    scope: await openMeta(device, 'scope', scope),
    isWhole: whole === true,
  };
};

/** The records in which two people wrote the same and nobody has chosen yet. */
export const readConflicts = async (device: Device): Promise<Listed[]> =>
  openAll(device, await device.store.record.where('conflict').equals(1).toArray());

/** The records that have changes on the way, in the order in which they will be sent. */
export const readWaiting = async (device: Device): Promise<Listed[]> => {
  const ids = [...new Set((await device.store.outbox.orderBy('seq').toArray()).map(({ record }) => record))];
  const rows = (await device.store.record.bulkGet(ids)).filter((row): row is RecordRow => row !== undefined);
  return openAll(device, rows);
};

type NoticeWords =
  | { readonly kind: Kind; readonly patch: Values; readonly answer?: string }
  | { readonly note: string; readonly remarks?: Remarks };

/** What she had sent, when it was not simply taken: a change to a record's fields, or what she said with a decision. */
export const readNoticeWords = async (device: Device, seq: number): Promise<NoticeWords | null> => {
  const row = await device.store.notice.get(seq);
  if (row === undefined) return null;
  const change = await openNotice(device, row);
  return change.do === 'approve' || change.do === 'lock' ? null : change;
};

/** The person has seen a notice; her words, if any, stay in the draft. */
export const dismissNotice = (device: Device, seq: number): Promise<void> => device.store.notice.delete(seq);

/** Calls back after every committed write to any store, from this tab, another one or the worker; returns how to stop. */
export const watchStores = (changed: () => void): (() => void) => {
  Dexie.on('storagemutated', changed);
  return () => Dexie.on('storagemutated').unsubscribe(changed);
};
