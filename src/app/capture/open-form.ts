import type { RecordState } from '../../domain/change.ts';
import { emptyValue } from '../../domain/records/field.ts';
import type { Fields, Values } from '../../domain/records/field.ts';
import { isKind, kinds } from '../../domain/records/kinds.ts';
import type { Kind } from '../../domain/records/kinds.ts';
import { toTyped } from '../../domain/records/typed.ts';
import type { Typed } from '../../domain/records/typed.ts';
import { addDays, vietnamDay } from '../../domain/typed/date.ts';
import { showDate } from '../../domain/typed/show.ts';
import { now, session } from '../session.ts';
import { loadMore } from '../text/words.ts';
import { judge, newFormState } from './form-state.ts';
import type { Before, FormState } from './form-state.ts';

/**
 * Opens a form on what is there: an unfinished draft, a record to be mended, a new record of some kind, one that
 * belongs to another, or one that begins like another.
 */

/**
 * `query`: what the address asks for. A new record of a kind (`loai`) that belongs to another (`cua`), begins like another
 * (`nhu`), carries out an item of the plan (`ke-hoach`), or is of a year (`nam`).
 */
export const openForm = async (
  id: string | null,
  query: Readonly<Record<string, string>>,
): Promise<FormState | null> => {
  await loadMore();
  const { loai: kind, cua: of, nhu: like, 'ke-hoach': plan, nam: year } = query;
  if (id !== null) return openExisting(id);
  if (like !== undefined) return openLike(like, year);
  if (plan !== undefined) return openPlanned(plan, kind);
  if (!isKind(kind)) return null;
  return of === undefined ? openNew(kind, year) : openOf(kind, of);
};

/** The fields of a record and of its companion, which are written in one form. */
const fieldsOf = (kind: Kind, held: RecordState | null = null): Fields => {
  const { fields, companion, companionAfter } = kinds[kind];
  // A roster whose names are erased is written no more.
  if (companion === undefined || held?.state === 'locked') return fields;
  return Object.fromEntries(
    Object.entries(fields).flatMap((field) =>
      field[0] === companionAfter ? [field, ...Object.entries(kinds[companion].fields)] : [field],
    ),
  );
};

const initial = (kind: Kind): Typed =>
  Object.fromEntries(
    Object.entries(fieldsOf(kind)).flatMap(([name, field]) =>
      field.initial === undefined ? [] : [[name, field.initial]],
    ),
  );

const openNew = async (kind: Kind, year: string | undefined): Promise<FormState> => {
  // Without a network the first guideline may have to begin with nothing.
  const begun =
    kind === 'guideline'
      ? await import('./guideline-form.ts').then(
          ({ firstGuideline }) => firstGuideline(year),
          () => ({}),
        )
      : {};
  const ofYear = 'year' in kinds[kind].fields ? { year: year ?? vietnamDay(now()).slice(0, 4) } : {};
  return newFormState(kind, fieldsOf(kind), { ...initial(kind), ...begun, ...ofYear }, null);
};

const openExisting = async (id: string): Promise<FormState | null> => {
  const { device, engine } = await session();
  const [draft, held] = await Promise.all([engine.readDraft(device, id), engine.readRecord(device, id)]);
  const original = asSeen(held?.record, draft?.typed['rev']);
  const companion = asSeen(held?.companion, draft?.typed['companionRev']);
  const kind = draft?.kind ?? original?.kind;
  // A report is written on its own page, to which its record leads.
  if (kind === undefined || kind === 'report') return null;
  const values: Values = draft?.typed ?? original?.fields ?? {};
  const relatives = await engine.relativesOf(device, kind, values, id);
  const before: Before = { original, companion, relatives };
  const seen = { rev: original?.rev, companionRev: companion?.rev ?? 0 };
  const typed = { ...seen, ...typedCompanion(companion), ...(draft?.typed ?? toTyped(kind, values)) };
  const form = newFormState(kind, fieldsOf(kind, companion), typed, id, before);
  if (draft !== undefined) {
    form.keeping.value = { state: 'kept', at: draft.updated };
    if (draft.refused) {
      form.tried.value = true;
      await judge(form);
    }
  }
  return form;
};

/**
 * A record as of the revision that she has seen: what others wrote since she opened it first, also as a draft, she has not.
 * A restored server counts anew: what she saw above its numbers says nothing of them.
 */
const asSeen = (held: RecordState | null | undefined, seen: unknown): RecordState | null =>
  held ? { ...held, rev: typeof seen !== 'number' ? held.rev : seen > held.rev ? 0 : seen } : null;

const typedCompanion = (companion: RecordState | null): Typed =>
  companion === null ? {} : toTyped(companion.kind, companion.fields);

/** A new record of a model, filled with what the card and the records before it say. */
const openOf = async (kind: Kind, of: string): Promise<FormState | null> => {
  const { device, engine } = await session();
  const card = await engine.readRecord(device, of);
  const { parent } = kinds[kind];
  if (card === null || parent === undefined) return null;
  const links = { [parent.field]: of, model_type: card.record.fields['model_type'] };
  const relatives = await engine.relativesOf(device, kind, links, '');
  const ends = (relatives?.siblings ?? []).flatMap(({ to }) => (typeof to === 'string' ? [to] : []));
  const last = ends.sort().at(-1);
  const start = card.record.fields['start_date'];
  // Figures go on where the last ones ended; the first ones begin with the model, if that is not too long ago.
  const lastYear = `${Number(vietnamDay(now()).slice(0, 4)) - 1}-01-01`;
  const day =
    last !== undefined
      ? addDays(last, 1)
      : typeof start === 'string' && start >= lastYear
        ? start
        : undefined;
  const from = kind === 'model_period' && day !== undefined ? { from: showDate(day) } : {};
  const typed = { ...initial(kind), ...links, ...from };
  return newFormState(kind, fieldsOf(kind), typed, null, { original: null, companion: null, relatives });
};

/** Like another record, but for what differs each time; it happened today unless she says otherwise. */
const openLike = async (like: string, year: string | undefined): Promise<FormState | null> => {
  const { device, engine } = await session();
  const held = await engine.readRecord(device, like);
  if (held === null) return null;
  const { kind, fields } = held.record;
  const { startDate, endDate } = kinds[kind];
  const today = showDate(vietnamDay(now()));
  const carried = Object.entries(toTyped(kind, fields)).map(([name, value]): [string, unknown] => {
    const field = kinds[kind].fields[name];
    if (name === startDate || name === endDate) return [name, today];
    if (name === 'year' && year !== undefined) return [name, year];
    return [name, field === undefined || field.fresh ? emptyOf(field) : value];
  });
  const typed: Typed = { ...initial(kind), ...Object.fromEntries(carried) };
  // Whether it belongs to the action month follows from its own dates.
  return newFormState(kind, fieldsOf(kind), { ...typed, campaign_year: undefined }, null);
};

/** The activity, or the class, that an item of the plan foresees, half filled in; it was today unless she says otherwise. */
const openPlanned = async (item: string, kind: string | undefined): Promise<FormState | null> => {
  const { device, engine } = await session();
  const held = await engine.readRecord(device, item);
  if (held?.record.kind !== 'plan') return null;
  const { title, form, host_org, task_codes } = toTyped('plan', held.record.fields);
  const today = showDate(vietnamDay(now()));
  const planned = { task_codes, plan: item, start_date: today, end_date: today };
  if (kind === 'training') {
    const typed = { ...initial('training'), ...planned, class_name: title, organiser: host_org };
    return newFormState('training', fieldsOf('training'), typed, null);
  }
  const typed = { ...initial('activity'), ...planned, title, form, host_org };
  return newFormState('activity', fieldsOf('activity'), typed, null);
};

const emptyOf = (field: Fields[string] | undefined): unknown =>
  field === undefined ? '' : (emptyValue(field) ?? '');
