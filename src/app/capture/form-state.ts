import { signal } from '@preact/signals';
import type { Signal } from '@preact/signals';
import { isEmpty } from '../../domain/records/field.ts';
import type { RecordState } from '../../domain/change.ts';
import type { Field, Fields, Finding } from '../../domain/records/field.ts';
import type { Kind } from '../../domain/records/kinds.ts';
import type { Relatives } from '../../domain/records/rule.ts';
import type { Typed } from '../../domain/records/typed.ts';
import { draftStore, now } from '../session.ts';

/** How the draft stands: nothing typed yet, on its way to the disk, there since a moment, or refused by the disk. */
export type Keeping =
  { readonly state: 'untouched' | 'keeping' | 'failed' } | { readonly state: 'kept'; readonly at: string };

/** What a form was opened on: the record being mended, the one written with it, and what they hang on. */
export type Before = {
  readonly original: RecordState | null;
  readonly companion: RecordState | null;
  readonly relatives: Relatives | undefined;
};

/** One open form: what stands in it, what is wrong with it, and whether it is on the disk. */
export type FormState = {
  readonly kind: Kind;
  /** The fields of the record and of its companion, which are written in one form. */
  readonly fields: Fields;
  readonly before: Before;
  readonly typed: Signal<Typed>;
  readonly findings: Signal<readonly Finding[]>;
  /** Fields whose findings are shown: those she has left, and all once she has tried to submit. */
  readonly left: Signal<ReadonlySet<string>>;
  readonly tried: Signal<boolean>;
  /** A submission is being judged or saved; `busy` shows it once it takes long enough to be seen. */
  readonly sending: { now: boolean };
  readonly busy: Signal<boolean>;
  readonly keeping: Signal<Keeping>;
  readonly id: Signal<string | null>;
  /** It was opened with something in it: a draft or a record. */
  readonly wasThere: boolean;
  /** Says a finding in words; the words come with the rules. */
  readonly explain: Signal<(finding: Finding, empty?: boolean) => string>;
};

const nothingBefore: Before = { original: null, companion: null, relatives: undefined };

export const newFormState = (
  kind: Kind,
  fields: Fields,
  typed: Typed,
  id: string | null,
  before: Before = nothingBefore,
): FormState => ({
  kind,
  fields,
  before,
  typed: signal(typed),
  findings: signal([]),
  left: signal(new Set()),
  tried: signal(false),
  sending: { now: false },
  busy: signal(false),
  keeping: signal({ state: 'untouched' }),
  id: signal(id),
  wasThere: id !== null || Object.keys(typed).length > 0,
  explain: signal(({ code }) => code),
});

/** The page to go back to: the record that is mended, or the one that the new one belongs to. */
export const cameFrom = ({ before, typed }: FormState): string => {
  const of = before.original?.id ?? typed.value['model'];
  return typeof of === 'string' ? `/nhat-ky/${of}` : '/';
};

/** The fields that the form asks for as it stands. */
export const askedFields = ({ fields, typed }: FormState): (readonly [string, Field])[] =>
  Object.entries(fields).filter(
    ([, field]) => field.hidden !== true && field.by !== 'reviewer' && (field.shown?.(typed.value) ?? true),
  );

let writing: Promise<void> = Promise.resolve();

/** Puts a value into a field and the whole form on the disk; while one write runs, only the latest waits. */
export const type = (form: FormState, name: string, value: unknown): void => {
  form.typed.value = { ...form.typed.value, [name]: value };
  form.keeping.value = { state: 'keeping' };
  if (form.tried.value) void judge(form);
  const version = form.typed.value;
  writing = writing.then(() => (form.typed.value === version ? keep(form) : undefined));
};

const keep = async (form: FormState): Promise<void> => {
  try {
    const { device, drafts } = await draftStore();
    form.id.value ??= await drafts.newRecordId(device);
    const version = form.typed.value;
    await drafts.keepDraft(device, form.id.value, form.kind, version);
    // Newer letters may have come meanwhile; only what is on the disk is called kept.
    if (form.typed.value === version) form.keeping.value = { state: 'kept', at: now().toISOString() };
  } catch {
    form.keeping.value = { state: 'failed' };
  }
};

/** Resolves when everything typed so far is on the disk (or has been refused by it). */
export const settled = (): Promise<void> => writing;

/** Judges the form as it stands; rules, reading and words of blame are fetched when the first field is left. */
export const judge = async (form: FormState): Promise<readonly Finding[]> =>
  (await import('./judge.ts')).judge(form);

/** Long enough for the tap that took her out of a field to land before messages move what lies below. */
const afterTheTapMs = 200;

/** She leaves a field: from now on its findings are shown. */
export const leave = (form: FormState, name: string): void => {
  setTimeout(() => {
    // The tap was on "submit": all of the form is judged already.
    if (form.sending.now) return;
    form.left.value = new Set([...form.left.value, name]);
    void judge(form);
  }, afterTheTapMs);
};

/** What is shown beside a field. A field she has not left is not blamed, nor an empty one before she tries to submit. */
export const shownFindings = (form: FormState, name: string): readonly Finding[] => {
  if (!form.tried.value && (!form.left.value.has(name) || isEmpty(form.typed.value[name]))) return [];
  return form.findings.value.filter(
    ({ field, row, code }) =>
      field === name && (form.tried.value || row === undefined || code !== 'E_REQUIRED'),
  );
};
