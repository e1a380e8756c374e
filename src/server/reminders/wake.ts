import webPush from 'web-push';
import { Problem } from '../../domain/problem.ts';
import { getMeta, setMeta } from '../sql/open.ts';
import type { Db } from '../sql/open.ts';

/**
 * Wakes phones by Web Push, where their owners allowed it. What is sent has no content at all: the phone knows the words,
 * and the push service learns only that there was something.
 */

export type Waking = {
  readonly db: Db;
  /** Whom a push service may ask about this server: its address, or none. */
  readonly subject: string;
  readonly post: (url: string, headers: Record<string, string>) => Promise<{ readonly status: number }>;
};

/** The push services of the browsers there are; nothing else is ever asked, whatever address a phone names. */
const services = [
  /^https:\/\/fcm\.googleapis\.com\//,
  /^https:\/\/[\w.-]+\.push\.services\.mozilla\.com\//,
  /^https:\/\/[\w.-]+\.push\.apple\.com\//,
  /^https:\/\/[\w.-]+\.notify\.windows\.com\//,
];

type Keys = { readonly publicKey: string; readonly privateKey: string };

/** The server's own pair of keys, made when they are first needed. */
const keysOf = async (db: Db): Promise<Keys> => {
  const held = await getMeta(db, 'vapid');
  if (held !== undefined) return JSON.parse(held) as Keys;
  const made = webPush.generateVAPIDKeys();
  await setMeta(db, 'vapid', JSON.stringify(made));
  return made;
};

export const pushKey = async (db: Db): Promise<string> => (await keysOf(db)).publicKey;

/** Notes where a writer's phone may be woken; null when it may not any more. */
export const keepAddress = async (db: Db, writer: number, endpoint: string | null): Promise<void> => {
  if (endpoint === null) {
    await db.deleteFrom('push_address').where('writer', '=', writer).execute();
    return;
  }
  if (!services.some((service) => service.test(endpoint)))
    throw new Problem('P_BAD_REQUEST', { at: 'endpoint' });
  await db
    .insertInto('push_address')
    .values({ writer, endpoint })
    .onConflict((conflict) => conflict.column('writer').doUpdateSet({ endpoint }))
    .execute();
};

const dayInSeconds = 86_400;
/** The push service answers so when the phone is not to be reached there any more. */
const gone = [404, 410];

/** Wakes the phones of accounts. A service that does not answer is not waited for a second time. */
export const wake = async ({ db, subject, post }: Waking, accounts: readonly number[]): Promise<void> => {
  if (accounts.length === 0) return;
  const addresses = await db
    .selectFrom('push_address')
    .innerJoin('writer', 'writer.id', 'push_address.writer')
    .select(['push_address.writer', 'push_address.endpoint'])
    .where('writer.account', 'in', accounts)
    .where('writer.revoked', '=', 0)
    .execute();
  if (addresses.length === 0) return;
  const keys = await keysOf(db);
  await Promise.all(
    addresses.map(async ({ writer, endpoint }) => {
      // Without a payload the phone's own keys are not needed.
      const { headers } = webPush.generateRequestDetails({ endpoint, keys: { p256dh: '', auth: '' } }, null, {
        TTL: dayInSeconds,
        urgency: 'normal',
        vapidDetails: { subject, ...keys },
      });
      const status = await post(endpoint, headers as Record<string, string>).then(
        (answer) => answer.status,
        () => 0,
      );
      if (gone.includes(status)) await keepAddress(db, writer, null);
    }),
  );
};
