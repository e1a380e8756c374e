import type { RecordState } from '../../domain/change.ts';
import { parentOf } from '../../domain/records/kinds.ts';
import type { Tables } from '../sql/tables.ts';

/** Who last wrote a field, and in which revision. */
export type Touches = Readonly<Record<string, readonly [rev: number, by: number]>>;

export type StoredRecord = { readonly feed: number; readonly record: RecordState; readonly touches: Touches };

type Row = Tables['record'];

const parse = <T>(json: string): T => JSON.parse(json) as T;

export const fromRow = (row: Row): StoredRecord => ({
  feed: row.feed,
  touches: parse(row.touches_json),
  record: {
    id: row.id,
    kind: row.kind,
    unit: row.unit,
    code: row.code,
    rev: row.seq,
    edited: row.edited,
    decided: row.decided,
    authors: parse(row.authors_json),
    state: row.state,
    fields: parse(row.fields_json),
    comment: row.comment_json === null ? null : parse(row.comment_json),
    since: parse(row.since_json),
    events: parse(row.events_json),
  },
});

export const toRow = ({ feed, record, touches }: StoredRecord): Row => ({
  feed,
  id: record.id,
  seq: record.rev,
  kind: record.kind,
  unit: record.unit,
  parent: parentOf(record.kind, record.fields),
  code: record.code,
  state: record.state,
  edited: record.edited,
  decided: record.decided,
  authors_json: JSON.stringify(record.authors),
  comment_json: record.comment === null ? null : JSON.stringify(record.comment),
  since_json: JSON.stringify(record.since),
  fields_json: JSON.stringify(record.fields),
  touches_json: JSON.stringify(touches),
  events_json: JSON.stringify(record.events),
});
