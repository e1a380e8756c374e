import { can } from './access.ts';
import type { Actor, Places } from './access.ts';
import { conflictsOf, settledBy } from './conflict.ts';
import type { Change, Comment, Deed, RecordEvent, RecordState, VerdictCode } from './change.ts';
import { looksPersonal } from './privacy/suspect.ts';
import { canonical, isSet, sameValue, united } from './records/canonical.ts';
import { groupOf, isEmpty, isError } from './records/field.ts';
import type { Finding, Values } from './records/field.ts';
import type { Trainee } from './records/roster.ts';
import { withoutNames } from './records/roster-totals.ts';
import { audienceOf, kinds, parentOf } from './records/kinds.ts';
import type { Kind } from './records/kinds.ts';

/** Who did it, as what, and when and under which revision it is taken. */
export type Circumstances = {
  readonly actor: Actor;
  readonly rev: number;
  readonly at: string;
  readonly places: Places;
  readonly check: (kind: Kind, values: Values, unit: string) => Finding[];
  /** Whether a report is open: returned or given up. What it had locked may then be opened again. */
  readonly isReportOpen?: (report: string) => boolean;
  /** Who last wrote a field and in which revision; only the server knows. */
  readonly lastTouch?: (field: string) => { readonly rev: number; readonly by: number } | undefined;
};

/**
 * applied: it holds. rejected: it can never hold as it is; the words stay with their author. late: somebody was
 * first; it is kept in the history. parked: sound, but not for this unit; it is kept apart.
 */
export type Outcome =
  | { readonly verdict: 'applied'; readonly record: RecordState; readonly touched: readonly string[] }
  | { readonly verdict: 'late'; readonly code: VerdictCode; readonly record: RecordState }
  | {
      readonly verdict: 'rejected' | 'parked';
      readonly code: VerdictCode;
      readonly findings?: readonly Finding[];
    };

const rejected = (code: VerdictCode, findings?: readonly Finding[]): Outcome => ({
  verdict: 'rejected',
  code,
  findings,
});

/**
 * Applies one change to the state of its record. Pure, the same on the phone (to show what she did at once) and on
 * the server (which decides). Given the same order of arrival every machine comes to the same record; a change that
 * the record's history already holds is the server's watermark's business and never comes here twice.
 */
export const apply = (record: RecordState | undefined, change: Change, now: Circumstances): Outcome => {
  if (change.do === 'save') return record === undefined ? create(change, now) : edit(record, change, now);
  return record === undefined ? rejected('E_NO_RECORD') : decide(record, change, now);
};

type Save = Change & Extract<Deed, { do: 'save' }>;

const create = (change: Save, now: Circumstances): Outcome => {
  const { actor, places } = now;
  const fields = canonical(change.kind, change.patch);
  const judged = Object.keys(change.patch).filter(
    (name) => isForReviewer(change.kind, name) && !isEmpty(change.patch[name]),
  );
  const findings = [
    ...unknownFields(change),
    ...judged.map((field): Finding => ({ field, code: 'E_FIELD_UNKNOWN' })),
    ...now.check(change.kind, fields, change.unit),
  ].filter(isError);
  if (findings.length > 0) return rejected('E_INVALID', findings);
  const { kind, unit } = change;
  if (!can(actor, 'create', { kind, fields, unit, authors: [], state: 'submitted' }, places))
    return { verdict: 'parked', code: 'E_UNIT_MOVED' };
  const record: RecordState = {
    id: change.record,
    code: null,
    kind: change.kind,
    unit: change.unit,
    rev: now.rev,
    edited: now.rev,
    decided: 0,
    authors: [actor.account],
    state: 'submitted',
    fields,
    comment: null,
    since: {},
    events: [eventOf(change, now, {})],
  };
  return { verdict: 'applied', record, touched: Object.keys(fields) };
};

/** A field this app does not know would vanish in `canonical`; it must be said instead. */
const unknownFields = ({ kind, patch }: Save): Finding[] =>
  Object.keys(patch)
    .filter((name) => !Object.hasOwn(kinds[kind].fields, name))
    .map((field) => ({ field, code: 'E_FIELD_UNKNOWN' }));

const isForReviewer = (kind: Kind, name: string): boolean => kinds[kind].fields[name]?.by === 'reviewer';

/** Whether a patch holds a reviewer's judgement and nothing else. */
export const isAssessment = (kind: Kind, patch: Values): boolean => {
  const names = Object.keys(patch);
  return names.length > 0 && names.every((name) => isForReviewer(kind, name));
};

/** What a record hangs on and who may read it are settled when it is made. */
const moved = (record: RecordState, fields: Values): Finding[] => [
  ...(parentOf(record.kind, fields) === parentOf(record.kind, record.fields)
    ? []
    : [{ field: kinds[record.kind].parent?.field ?? 'unit', code: 'E_NO_PARENT' } as const]),
  ...(audienceOf(record.kind, fields) === audienceOf(record.kind, record.fields)
    ? []
    : [{ field: 'model_type', code: 'E_AUDIENCE' } as const]),
];

/** A reviewer's judgement is no new submission: the record stays where it is in the review. */
const assess = (record: RecordState, change: Save, now: Circumstances): Outcome => {
  if (!can(now.actor, 'assess', record, now.places)) return rejected('E_NOT_YOURS');
  const fields = canonical(record.kind, { ...record.fields, ...change.patch });
  const findings = now
    .check(record.kind, fields, record.unit)
    .filter((finding) => isError(finding) && isForReviewer(record.kind, finding.field));
  if (findings.length > 0) return rejected('E_INVALID', findings);
  const touched = Object.keys(change.patch).filter((name) => !sameValue(fields[name], record.fields[name]));
  return {
    verdict: 'applied',
    touched,
    record: {
      ...record,
      rev: now.rev,
      fields,
      events: [...record.events, eventOf(change, now, { fields: touched })],
    },
  };
};

const edit = (record: RecordState, change: Save, now: Circumstances): Outcome => {
  const { actor, places } = now;
  if (change.kind !== record.kind) return rejected('E_KIND');
  if (isAssessment(change.kind, change.patch)) return assess(record, change, now);
  if (!can(actor, 'create', record, places)) return { verdict: 'parked', code: 'E_NOT_YOURS' };
  if (record.state === 'approved' || record.state === 'locked' || record.state === 'void')
    return late(record, change, now, 'E_NOT_OPEN', {
      fields: known(record.kind, Object.keys(change.patch)),
    });
  // Her form holds the reviewer's judgement too; it is not hers to change.
  const own = Object.fromEntries(
    Object.entries(change.patch).filter(([name]) => !isForReviewer(record.kind, name)),
  );
  if (kinds[record.kind].strict && looksPersonal(change.answer ?? ''))
    return rejected('E_INVALID', [{ field: 'note', code: 'E_PII_SUSPECT' }]);
  const unseen = unseenIn(change, now);
  const merged = Object.fromEntries(
    Object.entries(own).map(([name, value]) => {
      const unites = unseen.includes(name) && isSet(kinds[record.kind].fields[name]);
      return [name, unites ? united(record.fields[name], value) : value];
    }),
  );
  const fields = canonical(record.kind, { ...record.fields, ...merged });
  const findings = [
    ...unknownFields(change),
    ...moved(record, fields),
    ...now.check(record.kind, fields, record.unit),
  ].filter(isError);
  if (findings.length > 0)
    return rejected(isAheadOf(record, change, actor) ? 'E_CONFLICT' : 'E_INVALID', findings);
  const touched = Object.keys(fields).filter((name) => !sameValue(fields[name], record.fields[name]));
  const overwrote = overwritten(record, touched, unseen);
  const settles = settledBy(conflictsOf(record), change.patch, change.base);
  return {
    verdict: 'applied',
    touched,
    record: {
      ...record,
      rev: now.rev,
      edited: now.rev,
      authors: record.authors.includes(actor.account) ? record.authors : [...record.authors, actor.account],
      state: 'submitted',
      fields,
      since: sinceReview(record, fields, touched),
      events: [
        ...record.events,
        eventOf(change, now, {
          fields: touched,
          ...(Object.keys(overwrote).length === 0 ? {} : { overwrote }),
          ...(settles.length === 0 ? {} : { settles }),
          ...(isBlank(change.answer) ? {} : { note: change.answer }),
        }),
      ],
    },
  };
};

/** What the reviewer saw, of the fields that are different now. Nothing before her first decision. */
const sinceReview = (record: RecordState, now: Values, touched: readonly string[]): Values => {
  if (record.decided === 0) return {};
  const seen: Values = { ...pick(record.fields, touched), ...record.since };
  return pick(
    seen,
    Object.keys(seen).filter((name) => !sameValue(seen[name], now[name])),
  );
};

/** The fields of a patch that another person wrote after its author had looked. */
const unseenIn = ({ patch, base }: Save, now: Circumstances): string[] =>
  Object.keys(patch).filter((name) => {
    const last = now.lastTouch?.(name);
    return last !== undefined && last.rev > base && last.by !== now.actor.account;
  });

/**
 * The values that an author replaces without having seen them. A rule binds some fields together, so of such a group
 * all that changes is kept: her half of a sum and another's would be no sum. A set that is united has lost nothing.
 */
const overwritten = (record: RecordState, touched: readonly string[], unseen: readonly string[]): Values => {
  const { fields } = kinds[record.kind];
  const groups = new Set(
    touched
      .filter((name) => unseen.includes(name) && !isSet(fields[name]))
      .map((name) => groupOf(fields, name)),
  );
  return pick(
    record.fields,
    touched.filter((name) => groups.has(groupOf(fields, name))),
  );
};

/** Whether another has changed the record since this author looked. */
const isAheadOf = (record: RecordState, { base }: Save, { account }: Actor): boolean =>
  record.events.some(
    ({ do: what, rev, by, lost }) => what === 'save' && rev > base && by !== account && !lost,
  );

const decide = (
  record: RecordState,
  change: Change & Exclude<Deed, { do: 'save' }>,
  now: Circumstances,
): Outcome => {
  const { actor, places } = now;
  const about = saidWith(record.kind, change) ?? {};
  if ((change.do === 'return' || change.do === 'void') && change.note.trim() === '')
    return rejected('E_NOTE_REQUIRED');
  if (kinds[record.kind].strict && wordsOf(change).some(looksPersonal))
    return rejected('E_INVALID', [{ field: 'note', code: 'E_PII_SUSPECT' }]);
  if (
    (change.do === 'approve' || change.do === 'return') &&
    actor.role === 'officer' &&
    record.authors.includes(actor.account)
  )
    return rejected('E_OWN_RECORD');
  // Whether it is hers to decide at all comes first: a stranger's word must not even reach the history.
  const mayEver =
    (change.do !== 'lock' && can(actor, 'decide', record, places)) ||
    (change.do === 'void' && can(actor, 'create', record, places)) ||
    (change.do === 'lock' && can(actor, 'lock', record, places));
  if (!mayEver) return rejected('E_NOT_YOURS');
  const unseen = (what: (event: RecordEvent) => boolean): boolean =>
    record.events.some(
      (event) => event.rev > change.base && event.by !== actor.account && event.lost !== true && what(event),
    );
  if (unseen((event) => event.do !== 'save')) return late(record, change, now, 'E_DECIDED', about);
  if (unseen((event) => event.do === 'save')) return late(record, change, now, 'E_MOVED_ON', about);
  const open =
    change.do === 'void'
      ? can(actor, 'void', record, places) && record.state !== 'void'
      : isOpen(record, change.do, now);
  if (!open) return late(record, change, now, 'E_NOT_OPEN', about);
  return { verdict: 'applied', record: decided(record, change, now), touched: [] };
};

/** The state that a decision leads to. */
export const stateAfter = { approve: 'approved', return: 'returned', void: 'void', lock: 'locked' } as const;

const isOpen = (
  record: RecordState,
  decision: 'approve' | 'return' | 'lock',
  { isReportOpen }: Circumstances,
): boolean => {
  if (decision === 'lock') return record.state === 'approved';
  if (record.state === 'submitted') return true;
  if (decision === 'approve') return false;
  const report = reportOf(record);
  return record.state === 'approved' || (report !== null && isReportOpen?.(report) === true);
};

/** Whether a report of this state is nobody's word any more: what it locked may be opened again. */
export const isGivenBack = (state: string | undefined): boolean => state === 'returned' || state === 'void';

/** The report in which a record is locked; null where it is not. */
export const reportOf = ({ state, events }: Pick<RecordState, 'state' | 'events'>): string | null =>
  state === 'locked'
    ? ([...events].reverse().find(({ report }) => report !== undefined)?.report ?? null)
    : null;

const decided = (
  record: RecordState,
  change: Change & Exclude<Deed, { do: 'save' }>,
  now: Circumstances,
): RecordState => {
  const said = saidWith(record.kind, change);
  return {
    ...record,
    rev: now.rev,
    decided: now.rev,
    state: stateAfter[change.do],
    since: {},
    comment: said && { ...said, by: now.actor.account, at: now.at },
    events: [...record.events, eventOf(change, now, said ?? lockedIn(change))],
  };
};

const lockedIn = (deed: Decision): Partial<RecordEvent> =>
  deed.do === 'lock' ? { report: deed.report, tile: deed.tile } : {};

type Decision = Exclude<Deed, { do: 'save' }>;

/** Every word that goes with a decision, also what is about nothing. */
const wordsOf = (deed: Decision): string[] => {
  if (deed.do === 'approve' || deed.do === 'lock') return [];
  return [deed.note, ...(deed.do === 'return' ? Object.values(deed.remarks ?? {}) : [])];
};

/** What is said with a decision: the reason, the marked fields, and what is to be mended in each of them. */
const saidWith = (kind: Kind, deed: Decision): Pick<Comment, 'note' | 'marks' | 'remarks'> | null => {
  if (deed.do === 'approve' || deed.do === 'lock') return null;
  const marks = deed.do === 'return' ? known(kind, deed.marks) : [];
  const remarks = Object.entries((deed.do === 'return' && deed.remarks) || {}).filter(
    ([name, text]) => marks.includes(name) && !isBlank(text),
  );
  return {
    note: deed.note,
    marks,
    ...(remarks.length === 0 ? {} : { remarks: Object.fromEntries(remarks) }),
  };
};

const late = (
  record: RecordState,
  change: Change,
  now: Circumstances,
  code: VerdictCode,
  about: Partial<RecordEvent>,
): Outcome => ({
  verdict: 'late',
  code,
  record: {
    ...record,
    rev: now.rev,
    events: [...record.events, eventOf(change, now, { ...about, lost: true })],
  },
});

const eventOf = (change: Change, now: Circumstances, about: Partial<RecordEvent>): RecordEvent => ({
  rev: now.rev,
  at: now.at,
  made: change.made,
  by: now.actor.account,
  do: change.do,
  ...about,
});

/** A history in which nobody is named: who did what and when stays, what was said does not. */
export const withoutWords = (events: readonly RecordEvent[]): RecordEvent[] =>
  events.map(({ overwrote: _names, note: _note, remarks: _remarks, ...event }) => event);

/** A roster whose term is over: the counts stay, the names go, from its history too. Nothing is written in it again. */
export const eraseNames = (record: RecordState, rev: number, at: string): RecordState => ({
  ...record,
  rev,
  edited: rev,
  state: record.state === 'void' ? 'void' : 'locked',
  comment: null,
  since: {},
  fields: { ...record.fields, roster: withoutNames((record.fields['roster'] ?? []) as Trainee[]) },
  events: [...withoutWords(record.events), { rev, at, made: at, by: 0, do: 'erase' }],
});

const isBlank = (text: string | undefined): boolean => (text ?? '').trim() === '';

const known = (kind: Kind, names: readonly string[]): string[] =>
  names.filter((name) => Object.hasOwn(kinds[kind].fields, name));

const pick = (values: Values, names: readonly string[]): Values =>
  Object.fromEntries(names.map((name) => [name, values[name]]));
