import { auditOf } from '../../protocol/audit.ts';
import type { Audit } from '../../protocol/audit.ts';
import type { Scope } from '../../protocol/scope.ts';
import { readMeta, writeMeta } from '../device.ts';
import type { Device } from '../device.ts';

const everyMs = 24 * 3_600_000;

/** Once a day. A clock that was set back does not end the audits. */
export const isAuditDue = async ({ store, now }: Device): Promise<boolean> => {
  const last = Date.parse((await readMeta(store, 'audited')) ?? '1970-01-01');
  return Math.abs(now().getTime() - last) >= everyMs;
};

/** What this phone holds of each feed, when all is read; of one in which nothing is and was, nothing needs to be said. */
export const auditsOf = async ({ store }: Device, scope: Scope): Promise<Audit[]> => {
  const cursor = (await readMeta(store, 'cursor')) ?? {};
  const audits: Audit[] = [];
  for (const { id: feed } of scope.feeds) {
    const rows = await store.record.where('feed').equals(feed).toArray();
    if (cursor[feed] === undefined && rows.length === 0) continue;
    audits.push(
      auditOf(
        feed,
        rows.map(({ id, history = 0 }) => ({ id, history })),
      ),
    );
  }
  return audits;
};

export const noteAudit = ({ store, now }: Device): Promise<void> =>
  writeMeta(store, 'audited', now().toISOString());
