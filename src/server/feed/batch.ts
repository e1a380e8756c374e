import { apply, isGivenBack } from '../../domain/apply.ts';
import type { Circumstances, Outcome } from '../../domain/apply.ts';
import type { Change, Deed, RecordState } from '../../domain/change.ts';
import { Problem } from '../../domain/problem.ts';
import { looksPersonal } from '../../domain/privacy/suspect.ts';
import { writerOf } from '../../domain/record-id.ts';
import { canonical, sameValue } from '../../domain/records/canonical.ts';
import { check } from '../../domain/records/check.ts';
import type { Finding, Values } from '../../domain/records/field.ts';
import { audienceOf, isPrivacyRefusal, kinds, parentOf } from '../../domain/records/kinds.ts';
import type { Kind } from '../../domain/records/kinds.ts';
import { issuedBy } from '../../domain/report/issued.ts';
import { tilesOf } from '../../domain/report/tile.ts';
import type { ReportType, Tile } from '../../domain/report/tile.ts';
import type { Relatives } from '../../domain/records/rule.ts';
import { vietnamDay } from '../../domain/typed/date.ts';
import { existsOn } from '../../domain/unit.ts';
import type { Verdict } from '../../protocol/sync-response.ts';
import type { Db } from '../sql/open.ts';
import type { Tables } from '../sql/tables.ts';
import { placesOf } from '../units/directory.ts';
import type { Account, Directory } from '../units/directory.ts';
import type { Incoming } from './incoming.ts';
import type { StoredRecord } from './stored-record.ts';

/** One push while it is judged: everything happens in memory here; `push` reads before and writes after. */

export type PushParts = {
  readonly db: Db;
  readonly directory: Directory;
  readonly now: () => Date;
  readonly onPoison: (error: unknown, seq: number) => void;
  /** The writer can be told that her store is forked; otherwise each such change is parked. */
  readonly refusesForks?: boolean;
  /** The version of the records that the writer's phone knows, where it says so. */
  readonly schema?: number;
  /** It was said to a server that has been put back since, or to none by name: what is known of it is answered, and nothing is taken in. */
  readonly isOutdated?: boolean;
};

/** What a push did: how far the writer is decided, the exceptions, and what she need and need not be told back. */
export type PushResult = {
  readonly upto: number;
  /** How far a backup holds this writer's changes. */
  readonly backed: number;
  readonly verdicts: readonly Verdict[];
  /** How many changes now hold. */
  readonly applied: number;
  /** Per record, the words of this request that were taken in, now or before; the later over the earlier. */
  readonly believed: ReadonlyMap<string, Values>;
  /** Records that this request created. */
  readonly created: ReadonlySet<string>;
  /** Records of which it said what had been taken in before. */
  readonly repeated: ReadonlySet<string>;
};

/** Changes with no feed of their own (unreadable, or about nothing we hold) are kept under this number. */
export const noFeed = 0;

/** Figures are of the type that their model has when they are made. */
const sameType = (of: Values, values: Values): boolean =>
  !('model_type' in values) || of['model_type'] === values['model_type'];

/** The feed that a change will be written to. */
export const feedOf = (
  change: Change | null,
  held: ReadonlyMap<string, StoredRecord>,
  directory: Directory,
  author: Account,
): number => {
  if (change === null) return noFeed;
  const record = held.get(change.record);
  if (record !== undefined) return record.feed;
  // What is meant for another's unit moves nothing there; it is kept apart.
  if (change.do !== 'save' || change.unit !== author.unit) return noFeed;
  const audience = audienceOf(change.kind, change.patch);
  return (
    directory.feeds.find((feed) => feed.unit === change.unit && feed.audience === audience)?.id ?? noFeed
  );
};

export type Known = Pick<Tables['change'], 'digest' | 'verdict' | 'code' | 'findings_json'>;

export type Batch = {
  readonly parts: PushParts;
  readonly writer: number;
  readonly author: Account;
  readonly held: Map<string, StoredRecord>;
  /** What the records of this batch belong to, and what else belongs to it. */
  readonly kin: ReadonlyMap<string, StoredRecord>;
  readonly revs: Map<number, number[]>;
  /** Ids of records that exist but that this writer may not read (any more). */
  readonly taken: ReadonlySet<string>;
  readonly dirty: Set<string>;
  readonly changes: Tables['change'][];
  upto: number;
  readonly verdicts: Verdict[];
  readonly believed: Map<string, Record<string, unknown>>;
  readonly created: Set<string>;
  readonly repeated: Set<string>;
};

export const newBatch = (
  parts: PushParts,
  writer: number,
  author: Account,
  upto: number,
  held: Map<string, StoredRecord>,
  revs: Map<number, number[]>,
  taken: ReadonlySet<string>,
  kin: ReadonlyMap<string, StoredRecord>,
): Batch => ({
  taken,
  kin,
  parts,
  writer,
  author,
  held,
  revs,
  dirty: new Set(),
  changes: [],
  upto,
  verdicts: [],
  believed: new Map(),
  created: new Set(),
  repeated: new Set(),
});

/** A change that was decided before: its answer is given again. Another change under the same number is a fork. */
export const repeat = (batch: Batch, item: Incoming, known: Known | undefined): void => {
  if (known === undefined || known.digest !== item.digest) {
    if (batch.parts.refusesForks === true) throw new Problem('P_FORK');
    batch.verdicts.push({ seq: item.seq, verdict: 'parked', code: 'E_FORK' });
    return;
  }
  if (known.verdict === 'applied') {
    if (item.change === null) return;
    note(batch.believed, item.change);
    batch.repeated.add(item.change.record);
    return;
  }
  batch.verdicts.push(...verdictOf(item.seq, known));
};

/** The verdict that a change was given when it came first; none when it was applied. */
export const verdictOf = (seq: number, { verdict, code, findings_json }: Known): Verdict[] =>
  verdict === 'applied'
    ? []
    : [
        {
          seq,
          verdict,
          code: code ?? 'E_INTERNAL',
          ...(findings_json === null ? {} : { findings: JSON.parse(findings_json) as Verdict['findings'] }),
        },
      ];

/** Judges the next change and notes what came of it. */
export const take = (batch: Batch, item: Incoming): void => {
  const { change } = item;
  const feed = feedOf(change, batch.held, batch.parts.directory, batch.author);
  const rev = feed === noFeed ? 0 : (batch.revs.get(feed)?.shift() ?? fail(feed));
  const at = batch.parts.now().toISOString();
  const outcome =
    change === null
      ? ({ verdict: 'rejected', code: 'E_INVALID' } as const)
      : judge(batch, change, feed, rev, at);
  batch.upto = item.seq;
  batch.changes.push(changeRow(batch, item, { feed, rev, at }, outcome));
  if (change !== null) remember(batch, change, feed, rev, outcome);
  if (outcome.verdict === 'applied') return;
  const findings = outcome.verdict === 'late' ? undefined : outcome.findings;
  batch.verdicts.push({
    seq: item.seq,
    verdict: outcome.verdict,
    code: outcome.code,
    ...(findings === undefined ? {} : { findings: [...findings] }),
  });
};

const judge = (batch: Batch, change: Change, feed: number, rev: number, at: string): Outcome => {
  const { parts, author, held } = batch;
  const stored = held.get(change.record);
  if (!author.active) return { verdict: 'parked', code: 'E_ACCOUNT_CLOSED' };
  if (stored === undefined && change.do === 'save' && writerOf(change.record) !== batch.writer)
    return { verdict: 'rejected', code: 'E_RECORD_ID' };
  if (stored === undefined && change.do === 'save' && batch.taken.has(change.record))
    return { verdict: 'parked', code: 'E_UNIT_MOVED' };
  // Said of a record that she had read here once: a server that was put back has lost it, and a part begins none.
  if (stored === undefined && change.do === 'save' && change.base > 0)
    return { verdict: 'rejected', code: 'E_NO_RECORD' };
  if (feed === noFeed && change.do === 'save')
    return parts.directory.tree.has(change.unit)
      ? { verdict: 'parked', code: 'E_UNIT_MOVED' }
      : { verdict: 'rejected', code: 'E_INVALID', findings: [{ field: 'unit', code: 'E_UNIT_INVALID' }] };
  if (change.do === 'lock' && !isInReport(batch, change)) return { verdict: 'rejected', code: 'E_NO_REPORT' };
  try {
    return apply(stored?.record, sane(change, stored), circumstances(batch, change.record, rev, at));
  } catch (error) {
    parts.onPoison(error, change.seq);
    return { verdict: 'rejected', code: 'E_INTERNAL' };
  }
};

/** A lock holds only together with its report: handed in by the author's unit, open above, and of that part of the year. */
const isInReport = (
  { held, author, parts }: Batch,
  { report, tile }: Extract<Change, { do: 'lock' }>,
): boolean => {
  const record = held.get(report)?.record;
  if (record?.kind !== 'report' || record.unit !== author.unit || record.state !== 'submitted') return false;
  const { report_type, year } = record.fields;
  const tiles: readonly string[] = tilesOf(report_type as ReportType, Number(year));
  const above = parts.directory.reports.filter(({ unit }) => unit !== author.unit);
  return tiles.includes(tile) && !issuedBy(above, parts.directory.tree)(author.unit, tile as Tile);
};

/** A base that the record has never had (a phone that knew a server which was restored) counts as nothing seen. */
const sane = (change: Change, stored: StoredRecord | undefined): Change =>
  change.base > (stored?.record.rev ?? 0) ? { ...change, base: 0 } : change;

const circumstances = (batch: Batch, id: string, rev: number, at: string): Circumstances => {
  const { directory, now } = batch.parts;
  return {
    actor: batch.author,
    rev,
    at,
    places: placesOf(directory),
    check: (kind, values, unit) => {
      const relatives = relativesOf(batch, kind, values, unit, id);
      const found = check(kind, values, {
        today: vietnamDay(now()),
        unitIsValid: (day) => existsOn(directory.tree.get(unit), day),
        relatives,
        tasks: directory.tasks,
      });
      return [...found, ...(relatives?.parent === null ? [orphan(kind)] : [])];
    },
    isReportOpen: (report) => isGivenBack((batch.held.get(report) ?? batch.kin.get(report))?.record.state),
    lastTouch: (field) => {
      const touch = batch.held.get(id)?.touches[field];
      return touch && { rev: touch[0], by: touch[1] };
    },
  };
};

const orphan = (kind: Kind): Finding => ({ field: kinds[kind].parent?.field ?? '', code: 'E_NO_PARENT' });

/**
 * What a record belongs to, if that is of the right kind, of the same unit and for the same readers (or fewer read the
 * one that belongs), and its living brothers and sisters.
 */
const relativesOf = (
  batch: Batch,
  kind: Kind,
  values: Values,
  unit: string,
  id: string,
): Relatives | undefined => {
  const { parent } = kinds[kind];
  if (parent === undefined) return undefined;
  const of = parentOf(kind, values) ?? '';
  const known = (batch.held.get(of) ?? batch.kin.get(of))?.record;
  const sound =
    known !== undefined &&
    known.kind === parent.kind &&
    known.unit === unit &&
    known.state !== 'void' &&
    (batch.held.has(id) || sameType(known.fields, values)) &&
    (audienceOf(known.kind, known.fields) === 'work' || audienceOf(kind, values) === 'restricted');
  const siblings = [...new Map([...batch.kin, ...batch.held]).values()]
    .map(({ record }) => record)
    .filter(
      (other) =>
        other.id !== id &&
        other.kind === kind &&
        other.state !== 'void' &&
        parentOf(kind, other.fields) === of,
    );
  return { parent: sound ? known.fields : null, siblings: siblings.map(({ fields }) => fields) };
};

const remember = (batch: Batch, change: Change, feed: number, rev: number, outcome: Outcome): void => {
  if (outcome.verdict !== 'applied' && outcome.verdict !== 'late') return;
  const before = batch.held.get(change.record);
  const touched =
    outcome.verdict === 'applied' ? [...outcome.touched, ...saidOtherwise(change, outcome.record)] : [];
  const touches = {
    ...before?.touches,
    ...Object.fromEntries(touched.map((name) => [name, [rev, batch.author.account] as const])),
  };
  batch.held.set(change.record, { feed, record: outcome.record, touches });
  batch.dirty.add(change.record);
  if (before === undefined) batch.created.add(change.record);
  if (outcome.verdict !== 'applied') return;
  note(batch.believed, change);
};

/**
 * The fields in which a record holds something else than its author has just said, such as a set with what others have
 * added. She is told of them even where that is nothing new to the record, also when she reads only later.
 */
const saidOtherwise = (change: Change, { fields }: RecordState): string[] =>
  change.do === 'save'
    ? Object.keys(fields).filter(
        (name) => name in change.patch && !sameValue(fields[name], change.patch[name]),
      )
    : [];

/** Notes the words of a change, the later over the earlier. */
export const note = (
  into: Map<string, Record<string, unknown>>,
  change: Pick<Change, 'record'> & Deed,
): void => {
  if (change.do === 'save') into.set(change.record, { ...into.get(change.record), ...change.patch });
};

const fail = (feed: number): never => {
  throw new Error(`no revision left for feed ${feed}`);
};

/** What the caller and the pull that follows need to know. */
export const resultOf = ({
  upto,
  verdicts,
  changes,
  created,
  believed,
  repeated,
}: Batch): Omit<PushResult, 'backed'> => ({
  upto,
  verdicts,
  applied: changes.filter(({ verdict }) => verdict === 'applied').length,
  created,
  believed,
  repeated,
});

const changeRow = (
  batch: Batch,
  { seq, digest, change }: Incoming,
  place: { feed: number; rev: number; at: string },
  outcome: Outcome,
): Tables['change'] => ({
  feed: place.feed,
  writer: batch.writer,
  seq,
  record: change?.record ?? '',
  account: batch.author.account,
  digest,
  base: change?.base ?? 0,
  made: change?.made ?? '',
  received_at: place.at,
  rev: place.rev,
  verdict: outcome.verdict,
  code: outcome.verdict === 'applied' ? null : outcome.code,
  findings_json:
    'findings' in outcome && outcome.findings !== undefined ? JSON.stringify(outcome.findings) : null,
  deed_json: keptOf(batch, change, outcome),
});

/** Whether words of a kind are kept only where they hold: they could be about somebody. */
const isDelicate = (kind: Kind): boolean => kinds[kind].strict === true || kind === 'roster';

/**
 * What is kept of a change besides its digest: what it did, in canonical form, so that nothing stays which the record
 * does not hold. Of delicate kinds that is kept only of what was applied, or waits for a supervisor and holds nothing
 * personal; otherwise the findings name the fields, and the words stay on their author's phone.
 */
const keptOf = (batch: Batch, change: Change | null, outcome: Outcome): string => {
  if (change === null) return '{}';
  const held = batch.held.get(change.record)?.record;
  const kind = held?.kind ?? (change.do === 'save' ? change.kind : null);
  if (outcome.verdict !== 'applied') {
    // Words about a record that is not there, or not to be read, are nobody's.
    if (kind === null) return '{}';
    const delicate = isDelicate(kind) || (change.do === 'save' && isDelicate(change.kind));
    if (delicate && (outcome.verdict !== 'parked' || held?.state === 'locked' || isPersonal(change)))
      return '{}';
  }
  if (change.do !== 'save') {
    const { seq: _seq, record: _record, base: _base, made: _made, ...deed } = change;
    return JSON.stringify(deed);
  }
  const whole = canonical(change.kind, { ...held?.fields, ...change.patch });
  const patch = Object.fromEntries(Object.entries(whole).filter(([name]) => name in change.patch));
  const { kind: made, unit, answer } = change;
  return JSON.stringify({ do: 'save', kind: made, unit, patch, ...(answer === undefined ? {} : { answer }) });
};

/** Whether what a parked change says would be refused for people's privacy. */
const isPersonal = (change: Change): boolean =>
  change.do === 'save' &&
  (looksPersonal(change.answer ?? '') ||
    isPrivacyRefusal(
      check(change.kind, canonical(change.kind, change.patch), {
        today: '9999-12-31',
        unitIsValid: () => true,
      }),
    ));
