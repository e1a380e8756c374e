import { signal } from '@preact/signals';
import type { Signal } from '@preact/signals';
import { isEmpty } from '../../domain/records/field.ts';
import type { Finding } from '../../domain/records/field.ts';
import type { Kind } from '../../domain/records/kinds.ts';
import type { Typed } from '../../domain/records/typed.ts';
import { now, session } from '../session.ts';

/** How the draft stands: nothing typed yet, on its way to the disk, there since a moment, or refused by the disk. */
export type Keeping =
  { readonly state: 'untouched' | 'keeping' | 'failed' } | { readonly state: 'kept'; readonly at: string };

/** One open form: what stands in it, what is wrong with it, and whether it is on the disk. */
export type FormState = {
  readonly kind: Kind;
  readonly typed: Signal<Typed>;
  readonly findings: Signal<readonly Finding[]>;
  /** Fields whose findings are shown: those she has left, and all once she has tried to submit. */
  readonly left: Signal<ReadonlySet<string>>;
  readonly tried: Signal<boolean>;
  readonly keeping: Signal<Keeping>;
  readonly id: Signal<string | null>;
  /** It was opened with something in it: a draft or a record. */
  readonly wasThere: boolean;
  /** Says a finding in words; the words come with the rules. */
  readonly explain: Signal<(finding: Finding, empty?: boolean) => string>;
};

export const newFormState = (kind: Kind, typed: Typed, id: string | null): FormState => {
  return {
    kind,
    typed: signal(typed),
    findings: signal([]),
    left: signal(new Set()),
    tried: signal(false),
    keeping: signal({ state: 'untouched' }),
    id: signal(id),
    wasThere: id !== null,
    explain: signal(({ code }) => code),
  };
};

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
    const { device, engine } = await session();
    form.id.value ??= await engine.newRecordId(device);
    const version = form.typed.value;
    await engine.keepDraft(device, form.id.value, form.kind, version);
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
    form.left.value = new Set([...form.left.value, name]);
    void judge(form);
  }, afterTheTapMs);
};

/** What is shown beside a field. A field she has not left is not blamed, nor an empty one before she tries to submit. */
export const shownFindings = (form: FormState, name: string): readonly Finding[] => {
  if (!form.tried.value && (!form.left.value.has(name) || isEmpty(form.typed.value[name]))) return [];
  return form.findings.value.filter((finding) => finding.field === name);
};
