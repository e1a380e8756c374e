import type { Deed, RecordState } from '../domain/change.ts';
import type { Finding } from '../domain/records/field.ts';
import type { Scope } from '../protocol/scope.ts';
import { readMeta, readSealedMeta, writeMeta } from './device.ts';
import type { Device } from './device.ts';
import { predict } from './predict.ts';
import { boxChange, boxRecord, openRecord } from './store/record-box.ts';
import type { Held, Unnumbered } from './store/record-box.ts';
import type { RecordRow } from './store/store.ts';

/** The change cannot hold as it is; nothing was written. */
export class NotSaved extends Error {
  readonly code: string;
  readonly findings: readonly Finding[];
  constructor(code: string, findings: readonly Finding[] = []) {
    super(code);
    this.code = code;
    this.findings = findings;
  }
}

/**
 * The only way to make a change: record and outbox entry in one strict transaction, and the record's draft is gone.
 * When this resolves the change is on the disk; a full disk rejects it with nothing changed.
 */
export const save = async (device: Device, record: string, deed: Deed): Promise<RecordState> => {
  const scope = await readSealedMeta(device, 'scope');
  if (scope === null) throw new NotSaved('E_NOT_YOURS');
  for (;;) {
    const saved = await attempt(device, scope, record, deed);
    if (saved !== null) return saved;
  }
};

/** Seals first and writes then, because a transaction must not wait for cryptography; null when somebody was quicker. */
const attempt = async (
  device: Device,
  scope: Scope,
  record: string,
  deed: Deed,
): Promise<RecordState | null> => {
  const { store } = device;
  const row = await store.record.get(record);
  const held = row === undefined ? null : await openRecord(device, row);
  const made = device.now().toISOString();
  const change: Unnumbered = { record, base: held?.base?.rev ?? 0, made, ...deed };
  const outcome = predict(device, scope, held?.view, { ...change, seq: 0 });
  if (outcome.verdict !== 'applied')
    throw new NotSaved(outcome.code, outcome.verdict === 'late' ? [] : (outcome.findings ?? []));
  const next: Held = { base: held?.base ?? null, view: outcome.record };
  const about = { feed: row?.feed ?? null, stamp: (row?.stamp ?? 0) + 1, pending: (row?.pending ?? 0) + 1 };
  const boxed = await boxRecord(device, next, about);
  const box = await boxChange(device, change);
  const written = await store.transaction(
    'rw',
    store.record,
    store.outbox,
    store.draft,
    store.meta,
    async () => {
      if (!(await isStill(device, record, row))) return false;
      const seq = (await readMeta(store, 'nextSeq')) ?? 1;
      await store.outbox.add({ seq, record, made, box });
      await store.record.put(boxed);
      if (deed.do === 'save') await store.draft.delete(record);
      await writeMeta(store, 'nextSeq', seq + 1);
      return true;
    },
  );
  return written ? outcome.record : null;
};

/** Whether a row is as it was when it was read; asked inside the transaction that replaces it. */
export const isStill = async (
  { store }: Device,
  record: string,
  row: RecordRow | undefined,
): Promise<boolean> => (await store.record.get(record))?.stamp === row?.stamp;
