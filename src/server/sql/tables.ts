import type { Generated } from 'kysely';
import type { Role } from '../../domain/access.ts';
import type { ReviewState } from '../../domain/change.ts';
import type { Audience, Kind } from '../../domain/records/kinds.ts';
import type { UnitLevel } from '../../domain/unit.ts';

/** The database as Kysely sees it. Columns named *_json hold JSON as text; times are ISO strings in UTC. */
export type Tables = {
  meta: { key: string; value: string };
  unit: {
    id: string;
    code: string;
    name: string;
    level: UnitLevel;
    parent: string | null;
    valid_from: string | null;
    valid_to: string | null;
  };
  account: {
    id: Generated<number>;
    login: string;
    name: string;
    role: Role;
    unit: string;
    pin_hash: string;
    active: number;
    restricted: number;
    created_at: string;
  };
  session: { token_hash: string; account: number; writer: number; expires_at: string };
  writer: {
    id: Generated<number>;
    account: number;
    credential_hash: string;
    device: string;
    last_seq: number;
    /** Up to which change a backup holds it. */
    backed_seq: Generated<number>;
    /** Where the writer stood when the phone was found to know of more; null when it never did. */
    behind_seq: Generated<number | null>;
    created_at: string;
    last_contact: string | null;
    /** The version of the records that the phone last spoke of; null before it did. */
    schema: Generated<number | null>;
    revoked: number;
  };
  feed: { id: Generated<number>; unit: string; audience: Audience; seq: number };
  record: {
    feed: number;
    id: string;
    seq: number;
    kind: Kind;
    unit: string;
    /** The record it belongs to. */
    parent: string | null;
    /** The human code, to the kinds that have one. */
    code: string | null;
    state: ReviewState;
    edited: number;
    decided: number;
    authors_json: string;
    comment_json: string | null;
    since_json: string;
    fields_json: string;
    touches_json: string;
    events_json: string;
  };
  /** What counts of a record, for boards and reports. */
  fact: {
    record: string;
    unit: string;
    audience: Audience;
    kind: Kind;
    last_day: string;
    received: string | null;
    fact_json: string;
  };
  /** Where a writer's phone may be woken. */
  push_address: { writer: number; endpoint: string };
  /** The last number given out for the codes that begin with `prefix`. */
  code_number: { prefix: string; last: number };
  change: {
    feed: number;
    writer: number;
    seq: number;
    record: string;
    account: number;
    digest: string;
    base: number;
    made: string;
    received_at: string;
    rev: number;
    verdict: 'applied' | 'rejected' | 'late' | 'parked';
    code: string | null;
    findings_json: string | null;
    deed_json: string;
  };
};
