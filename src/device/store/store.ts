import { Dexie } from 'dexie';
import type { EntityTable, Table } from 'dexie';
import type { ReviewState } from '../../domain/change.ts';
import type { Finding } from '../../domain/records/field.ts';
import type { Kind } from '../../domain/records/kinds.ts';
import type { Box } from '../vault/seal.ts';

/**
 * One person's store on this phone. In the clear lie only ids, kinds, units, dates, states, sizes, counters and which fields a
 * refusal named; every word she wrote is in a box.
 */

/** A record: its box holds what the server has (`base`) and, while changes wait, what she sees (`view`). */
export type RecordRow = {
  readonly id: string;
  readonly kind: Kind;
  readonly unit: string;
  /** The record it belongs to; absent when it belongs to none. */
  readonly parent?: string;
  readonly feed: number | null;
  readonly date: string;
  readonly state: ReviewState;
  /** When it last changed: here while changes wait, at the server otherwise (ISO). */
  readonly touched: string;
  /**
   * Counts the writes of all rows: a slow writer notices that another was quicker, and the search what it must read
   * anew.
   */
  readonly stamp: number;
  /** How many of her changes of it are not decided by the server yet. */
  readonly pending: number;
  /** Her unit’s own record in which two people wrote the same, and nobody has chosen yet; absent otherwise. */
  readonly conflict?: 1;
  /** What the audit adds up of the server's history; absent in rows from before it added up all of it. */
  readonly history?: number;
  readonly box: Box;
};

export type OutboxRow = {
  readonly seq: number;
  readonly record: string;
  readonly made: string;
  readonly box: Box;
};

/** A form that is being filled in; it has no sequence number and stays on the phone. */
export type DraftRow = {
  readonly id: string;
  readonly kind: Kind;
  readonly updated: string;
  /** The server refused these words: why is in a notice. */
  readonly refused: 0 | 1;
  readonly box: Box;
};

/** Something the server did not simply take, for the person to look at. Its box holds the change itself. */
export type NoticeRow = {
  readonly seq: number;
  /** The record in whose form it was written. */
  readonly record: string;
  /** The record that the change itself names, by which its box is sealed. */
  readonly of: string;
  readonly at: string;
  readonly verdict: 'rejected' | 'late' | 'parked';
  readonly code: string;
  readonly findings: readonly Finding[];
  readonly box: Box;
};

/** A photo, re-encoded and sealed. `lane` is how far it is: waiting to be sent, or received by the server. */
export type PhotoRow = {
  readonly sha256: string;
  readonly record: string;
  readonly lane: 'waiting' | 'received' | 'refused';
  readonly size: number;
  /** Since when no record or draft names it (ISO); it goes after a while. */
  readonly unnamed?: string;
  readonly box: Box;
};

export type MetaRow = { readonly key: string; readonly value?: unknown; readonly box?: Box };

export type Store = Dexie & {
  record: EntityTable<RecordRow, 'id'>;
  outbox: EntityTable<OutboxRow, 'seq'>;
  /** What the server has confirmed and no backup holds yet. */
  sent: EntityTable<OutboxRow, 'seq'>;
  draft: EntityTable<DraftRow, 'id'>;
  notice: EntityTable<NoticeRow, 'seq'>;
  photo: Table<PhotoRow, [record: string, sha256: string]>;
  meta: EntityTable<MetaRow, 'key'>;
};

// On this machine's own address it would trace every request, and what is measured there would not be what phones do.
Dexie.debug = false;

const storeName = (writer: number): string => `binh-dang-${writer}`;

/**
 * Opens a writer's store. `strict`: a transaction resolves when it is on the disk and not before; the browser's
 * default leaves the last saves in the system's cache. Nothing reads through Dexie's live queries, so their cache is off.
 */
export const openStore = (writer: number): Store => {
  const store = new Dexie(storeName(writer), {
    chromeTransactionDurability: 'strict',
    cache: 'disabled',
  }) as Store;
  store.version(1).stores({
    record: 'id, [kind+date], [kind+touched], [kind+state+date], [state+date], feed, pending',
    outbox: 'seq, record',
    draft: 'id, updated',
    notice: 'seq, record',
    meta: 'key',
  });
  store
    .version(2)
    .stores({
      record:
        'id, [kind+date], [kind+touched], [kind+state+date], [state+date], touched, feed, pending, parent, stamp',
      photo: '[record+sha256], sha256, lane',
    })
    // Stamps counted each row's own writes before; now they count the store's.
    .upgrade(async (tx) => {
      let stamp = 0;
      await tx
        .table<{ stamp: number }>('record')
        .toCollection()
        .modify((row) => {
          row.stamp = ++stamp;
        });
      const seq = ((await tx.table<MetaRow>('meta').get('nextSeq'))?.value as number | undefined) ?? 1;
      await tx.table('meta').put({ key: 'counters', value: { seq: seq - 1, stamp } });
    });
  store.version(3).stores({ sent: 'seq' });
  store.version(4).stores({
    record:
      'id, [kind+date], [kind+touched], [kind+state+date], [state+date], touched, feed, pending, parent, stamp, conflict',
  });
  // Another tab brings a newer schema: let go at once, or its upgrade would wait for ever.
  store.on('versionchange', () => store.close());
  return store;
};
