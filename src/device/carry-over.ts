import type { Values } from '../domain/records/field.ts';
import { isCompanion } from '../domain/records/kinds.ts';
import type { Kind } from '../domain/records/kinds.ts';
import { toTyped } from '../domain/records/typed.ts';
import type { Device } from './device.ts';
import { boxDraft, newRecordId, readDrafts } from './drafts.ts';
import { openPhoto } from './photos.ts';
import { boxChange, openChange, openNotice, openRecord } from './store/record-box.ts';
import type { Unnumbered } from './store/record-box.ts';
import type { NoticeRow, RecordRow } from './store/store.ts';
import { answerIn } from './sync/refused-words.ts';
import { sealBytes } from './vault/seal.ts';

/**
 * The server has other content under this store's numbers: the browser has emptied it once, or it was copied to another
 * phone. Nothing can be handed in from it any more, so all that is only here goes into a new store: what waits and what
 * was being written as drafts, decisions as notices (they were made about what was seen then), photos as they are.
 */
export const carryOver = async (from: Device, to: Device): Promise<void> => {
  const forms = [...(await waitingForms(from)), ...(await readDrafts(from))];
  const names = await newNames(from, to, forms);
  for (const { id, kind, typed, refused } of forms) {
    const row = {
      id: names(id),
      kind,
      typed: renamed(typed, names),
      refused,
      updated: to.now().toISOString(),
    };
    await to.store.draft.put(await boxDraft(to, row));
  }
  await carryPhotos(from, to, names);
  await carryNotices(from, to);
};

type Form = { readonly id: string; readonly kind: Kind; readonly typed: Values; readonly refused: boolean };
type Names = (id: string) => string;

/** The records with changes on the way, as they would be typed; a companion's words stand in the form it is written in. */
const waitingForms = async (from: Device): Promise<Form[]> => {
  const { record } = from.store;
  const waiting = await record.where('pending').above(0).toArray();
  const companions = waiting.filter(({ kind }) => isCompanion(kind));
  const written = waiting.map((row) => (isCompanion(row.kind) ? (row.parent ?? row.id) : row.id));
  const rows = (await record.bulkGet([...new Set(written)])).filter((row) => row !== undefined);
  const forms: Form[] = [];
  for (const row of rows) {
    // A decision changes nothing that was typed.
    const changes = await changesOf(from, [row, ...companions.filter(({ parent }) => parent === row.id)]);
    if (!changes.some((change) => change.do === 'save')) continue;
    const companion = companions.find(({ parent }) => parent === row.id);
    const typed = {
      ...(companion && (await typedOf(from, companion, 'companionRev', changes))),
      ...(await typedOf(from, row, 'rev', changes)),
      ...answerIn(changes),
    };
    forms.push({ id: row.id, kind: row.kind, typed, refused: true });
  }
  return forms;
};

/** What stands in a record's form, over the revision that she had seen when she began to change it. */
const typedOf = async (
  from: Device,
  row: RecordRow,
  seen: 'rev' | 'companionRev',
  changes: readonly Unnumbered[],
): Promise<Values> => {
  const { view } = await openRecord(from, row);
  const bases = changes.flatMap(({ record, base }) => (record === row.id ? [base] : []));
  return { [seen]: Math.min(view.rev, ...bases), ...toTyped(row.kind, view.fields) };
};

const changesOf = async (from: Device, rows: readonly RecordRow[]): Promise<Unnumbered[]> => {
  const ids = rows.map(({ id }) => id);
  const waiting = await from.store.outbox.where('record').anyOf(ids).sortBy('seq');
  return Promise.all(waiting.map((row) => openChange(from, row)));
};

/** A record that the server has keeps its name; what is new gets another, because the old one may be taken. */
const newNames = async (from: Device, to: Device, forms: readonly Form[]): Promise<Names> => {
  const names = new Map<string, string>();
  for (const { id } of forms) {
    const row = await from.store.record.get(id);
    const isServers = row !== undefined && (await openRecord(from, row)).base !== null;
    if (!isServers && !names.has(id)) names.set(id, await newRecordId(to));
  }
  return (id) => names.get(id) ?? id;
};

/** Typed words in which another record is named by its new name. */
const renamed = (typed: Values, names: Names): Values =>
  Object.fromEntries(
    Object.entries(typed).map(([name, value]) => [name, typeof value === 'string' ? names(value) : value]),
  );

const carryPhotos = async (from: Device, to: Device, names: Names): Promise<void> => {
  for (const { unnamed: _unnamed, ...row } of await from.store.photo.toArray()) {
    const box = await sealBytes(to.key, `photo|${row.sha256}`, await openPhoto(from, row));
    await to.store.photo.put({ ...row, record: names(row.record), box });
  }
};

/** Below zero, where no change of the new store will ever be. */
const carryNotices = async (from: Device, to: Device): Promise<void> => {
  const at = to.now().toISOString();
  const told = async (about: Omit<NoticeRow, 'seq' | 'box'>, change: Unnumbered): Promise<void> => {
    const seq = -1 - (await to.store.notice.count());
    await to.store.notice.put({ ...about, seq, box: await boxChange(to, change) });
  };
  for (const { seq: _seq, box, ...about } of await from.store.notice.toArray())
    await told(about, await openNotice(from, { of: about.of, box }));
  for (const row of await from.store.outbox.orderBy('seq').toArray()) {
    const { seq: _seq, ...change } = await openChange(from, row);
    if (change.do === 'save') continue;
    const { record } = change;
    await told({ record, of: record, at, verdict: 'parked', code: 'E_NOT_SENT', findings: [] }, change);
  }
};
