import { standingText } from '../../protocol/standing.ts';
import { getMeta } from '../sql/open.ts';
import type { Db } from '../sql/open.ts';
import type { Account, DirectoryHolder } from '../units/directory.ts';
import { feedsOf, scopeOf } from '../units/scope.ts';
import { digestOfText } from './digest.ts';
import { feedsAt } from './pull.ts';

type Parts = {
  readonly db: Db;
  readonly directory: DirectoryHolder;
  readonly now: () => Date;
};

/** Where a phone says that it stands, and the lowest change that it keeps until a backup holds it. */
type Asked = { readonly as: string | undefined; readonly kept: number };

/** Whether a server has nothing new for a phone that stands where its digest says. */
export const isAsKnown = async (
  { db, directory, now }: Parts,
  { writer, reader }: { readonly writer: number; readonly reader: Account },
  { as, kept }: Asked,
): Promise<boolean> => {
  const held = await directory.get();
  const known = await db
    .updateTable('writer')
    .set({ last_contact: now().toISOString() })
    .where('id', '=', writer)
    .where('revoked', '=', 0)
    .returning(['last_seq', 'backed_seq'])
    .executeTakeFirst();
  if (known === undefined) return false;
  const feeds = await feedsAt(
    db,
    feedsOf(reader, held).map(({ id }) => id),
  );
  const text = standingText({
    epoch: (await getMeta(db, 'epoch')) ?? '',
    scope: scopeOf(reader, held).version,
    upto: known.last_seq,
    // A feed in which nothing was ever written has no place in a cursor.
    cursor: Object.fromEntries(feeds.filter(({ seq }) => seq > 0).map(({ id, seq }) => [id, seq])),
  });
  return digestOfText(text) === as && known.backed_seq < kept;
};
