import { auditOf } from '../../protocol/audit.ts';
import type { Audit } from '../../protocol/audit.ts';
import type { Scope } from '../../protocol/scope.ts';
import { readMeta, writeMeta } from '../device.ts';
import type { Device } from '../device.ts';

const everyMs = 24 * 3_600_000;

/** What this phone holds of each feed, once a day while nothing waits; otherwise nothing. */
export const dueAudit = async ({ store, now }: Device, scope: Scope): Promise<Audit[] | undefined> => {
  const last = Date.parse((await readMeta(store, 'audited')) ?? '1970-01-01');
  // A clock that was set back does not end the audits.
  if (Math.abs(now().getTime() - last) < everyMs || (await store.outbox.count()) > 0) return undefined;
  const cursor = (await readMeta(store, 'cursor')) ?? {};
  const audits: Audit[] = [];
  for (const { id: feed } of scope.feeds) {
    if (cursor[feed] === undefined) continue;
    const rows = await store.record.where('feed').equals(feed).toArray();
    audits.push(
      auditOf(
        feed,
        rows.map(({ id, rev = 0 }) => ({ id, rev })),
      ),
    );
  }
  return audits;
};

export const noteAudit = ({ store, now }: Device): Promise<void> =>
  writeMeta(store, 'audited', now().toISOString());
