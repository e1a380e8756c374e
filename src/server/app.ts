import { getConnInfo } from '@hono/node-server/conninfo';
import { Hono } from 'hono';
import type { Context } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
import type { Logger } from 'pino';
import type { Change } from '../domain/change.ts';
import { Problem } from '../domain/problem.ts';
import { vietnamDay } from '../domain/typed/date.ts';
import { demoTodaySchema } from '../protocol/about.ts';
import type { About } from '../protocol/about.ts';
import {
  newPersonSchema,
  newUnitSchema,
  personChangeSchema,
  pinChangeSchema,
  unitImportSchema,
} from '../protocol/admin.ts';
import { completeHeader, lengthHeader, offsetHeader } from '../protocol/blob.ts';
import { pushAddressSchema } from '../protocol/waking.ts';
import { signInRequestSchema } from '../protocol/sign-in.ts';
import { isNothingNew, packResponse, unpackMore, unpackRequest } from '../protocol/packed-sync.ts';
import { moreChangesSchema, syncRequestSchema } from '../protocol/sync-request.ts';
import { wireVersion } from '../protocol/version.ts';
import { requireReader, requireSession, requireWriter } from './access/authenticate.ts';
import { hashSecret } from './access/secret.ts';
import { signIn, signInGuard, spend } from './access/sign-in.ts';
import type { PhotoStore } from './blobs/photo-store.ts';
import { photoOffset, readPhoto, takePhoto } from './blobs/photos.ts';
import { isAsKnown } from './feed/glance.ts';
import { sync } from './feed/sync.ts';
import type { SyncParts } from './feed/sync.ts';
import { answer, answerProblem } from './http/answer.ts';
import { readJson, readLines, said } from './http/body.ts';
import { newMetrics } from './http/metrics.ts';
import { openApi } from './http/openapi.ts';
import { authorsOf } from './reminders/due.ts';
import { keepAddress, pushKey, wake } from './reminders/wake.ts';
import type { Waking } from './reminders/wake.ts';
import { boardFor, reportFor } from './report/reports.ts';
import { isReady } from './sql/open.ts';
import type { Db } from './sql/open.ts';
import { directoryHolder } from './units/directory.ts';
import type { Account } from './units/directory.ts';
import { addPersonAs, changeOwnPin, changePerson, listPeople, requireAdmin } from './units/people.ts';
import { phonesBelow } from './units/phones.ts';
import { addUnitAs, importUnits, within } from './units/write-units.ts';

/** The records that these changes give back to their authors, as far as it can be read. */
const returnsIn = (changes: readonly unknown[]): string[] =>
  (changes as readonly (Partial<Change> | null)[]).flatMap((change) =>
    change?.do === 'return' && typeof change.record === 'string' ? [change.record] : [],
  );

export type AppParts = {
  readonly db: Db;
  readonly photos: PhotoStore;
  readonly now: () => Date;
  readonly log: Logger;
  readonly version: string;
  /** How phones are woken; absent where they are not. */
  readonly waking?: Omit<Waking, 'db'>;
  /** Present only when this server plays the demo. */
  readonly demo: {
    readonly people: NonNullable<About['demo']>['people'];
    readonly setToday: (day: string) => Promise<void>;
  } | null;
};

const contentSecurity = {
  defaultSrc: ["'none'"],
  scriptSrc: ["'self'"],
  styleSrc: ["'self'"],
  imgSrc: ["'self'", 'blob:'],
  connectSrc: ["'self'"],
  workerSrc: ["'self'"],
  manifestSrc: ["'self'"],
  frameAncestors: ["'none'"],
  baseUri: ["'none'"],
  formAction: ["'none'"],
};

/** Every route of the server. Handlers read, check who is speaking, call one function, and answer. */
export const createApp = ({ db, photos, now, log, version, waking, demo }: AppParts): Hono => {
  const app = new Hono();
  const directory = directoryHolder(db);
  const metrics = newMetrics();
  const guard = signInGuard();
  const onPoison = (error: unknown, seq: number): void =>
    log.error({ err: error, seq }, 'a change could not be applied');
  const count: SyncParts['count'] = (what, n): void =>
    what === 'pulled' ? metrics.pulled.inc(n) : metrics.changes.inc({ outcome: what }, n);

  const session = (c: Context): Promise<Account> => requireSession(db, directory, keysOf(c), now());
  const admin = async (c: Context): Promise<Account> => {
    const who = await session(c);
    requireAdmin(who);
    return who;
  };

  /** Whose work was returned is told so; nobody's sync waits for that. */
  const wakeAuthors = async (returned: readonly string[]): Promise<void> => {
    if (waking === undefined) return;
    await wake({ db, ...waking }, await authorsOf(db, returned));
  };

  // What a browser would draw or run is fenced in; a sync's answer is neither, and each byte of it counts.
  const fence = secureHeaders({
    contentSecurityPolicy: contentSecurity,
    crossOriginOpenerPolicy: 'same-origin',
    referrerPolicy: 'no-referrer',
    strictTransportSecurity: false,
  });
  app.use((c, next) => (c.req.path === syncPath ? next() : fence(c, next)));
  app.use('/api/*', async (c, next) => {
    const end = metrics.requests.startTimer();
    await next();
    end({ route: c.req.routePath, status: String(c.res.status) });
  });
  app.onError((error, c) => {
    if (!(error instanceof Problem)) log.error({ err: error, route: c.req.routePath }, 'a request failed');
    return answerProblem(c, error);
  });

  app.get('/healthz', (c) => c.text('ok'));
  app.get('/readyz', async (c) => ((await isReady(db)) ? c.text('ok') : c.text('database', 503)));
  app.get('/metrics', async (c) => {
    if (!isLocal(c)) throw new Problem('P_NOT_FOUND');
    return c.text(await metrics.registry.metrics(), 200, { 'Content-Type': metrics.registry.contentType });
  });
  app.get('/api/v1/openapi.json', (c) => answer(c, openApi(version)));
  app.get('/api/v1/about', (c) =>
    answer(c, {
      v: wireVersion,
      name: 'Bình Đẳng',
      now: now().toISOString(),
      demo: demo && { people: demo.people },
    } satisfies About),
  );

  app.post('/api/v1/sign-in', async (c) =>
    answer(
      c,
      await signIn(
        { db, directory, now, guard, demo: demo !== null },
        await readJson(c, signInRequestSchema),
        addressOf(c),
      ),
    ),
  );
  app.post(syncPath, async (c) => {
    const caller = await requireWriter(db, directory, keysOf(c), now());
    await spend(guard.bySync, String(caller.writer));
    const lines = readLines(c);
    const first = await lines.next();
    const request = said(String(first.value ?? ''), syncRequestSchema, unpackRequest);
    const returned: string[] = [];
    const noted = (changes: readonly unknown[]): readonly unknown[] => {
      returned.push(...returnsIn(changes));
      return changes;
    };
    async function* pieces(): AsyncGenerator<readonly unknown[]> {
      yield noted(request.changes);
      for await (const line of lines) yield noted(said(line, moreChangesSchema, unpackMore).changes);
    }
    const answered = await sync({ db, directory, now, onPoison, count }, caller, request, pieces());
    void wakeAuthors(returned).catch((error: unknown) => log.warn({ err: error }, 'nobody was woken'));
    return isNothingNew(request, answered) ? c.body(null, 204) : answer(c, packResponse(request.v, answered));
  });
  app.get(syncPath, async (c) => {
    const caller = await requireReader(db, directory, keysOf(c), now());
    await spend(guard.bySync, String(caller.writer));
    const { as, kept } = c.req.query();
    const asked = { as, kept: Number(kept ?? Infinity) };
    // The demo's phones hear in full answers what day it is there.
    const isKnown = demo === null && (await isAsKnown({ db, directory, now }, caller, asked));
    // Never to be told by a cache, in the fewest bytes that say so.
    c.header('Expires', '0');
    return isKnown ? c.body(null, 204) : answer(c, {});
  });
  app.get('/api/v1/blobs/:sha256', async (c) => {
    const parts = { db, directory: await directory.get(), store: photos };
    if (c.req.method === 'HEAD') {
      const { author } = await requireWriter(db, directory, keysOf(c), now());
      return answerOffset(c, await photoOffset(parts, author, photoOf(c)));
    }
    const photo = await readPhoto(parts, await session(c), photoOf(c));
    c.header('Content-Type', 'image/jpeg');
    c.header('Cache-Control', 'no-store');
    return c.body(new Uint8Array(photo));
  });
  app.put('/api/v1/blobs/:sha256', async (c) => {
    const { author, writer } = await requireWriter(db, directory, keysOf(c), now());
    await spend(guard.bySync, String(writer));
    const parts = { db, directory: await directory.get(), store: photos };
    const at = { offset: Number(c.req.header(offsetHeader)), length: Number(c.req.header(lengthHeader)) };
    const body = (c.req.raw.body ?? []) as AsyncIterable<Uint8Array>;
    return answerOffset(c, await takePhoto(parts, author, photoOf(c), at, body));
  });

  // What a browser cannot open it cannot delete either, unless it is told to from here; never because another site asks.
  app.post('/api/v1/clear', (c) => {
    if (c.req.header('sec-fetch-site') !== 'same-origin') throw new Problem('P_BAD_REQUEST');
    c.header('Clear-Site-Data', '"storage"');
    return answer(c, {});
  });
  app.post('/api/v1/sign-out', async (c) => {
    await db
      .deleteFrom('session')
      .where('token_hash', '=', hashSecret(keysOf(c).session ?? ''))
      .execute();
    return answer(c, {});
  });
  app.post('/api/v1/pin', async (c) => {
    const who = await session(c);
    await spend(guard.byBoth, `pin ${who.account}`);
    await changeOwnPin(db, who, await readJson(c, pinChangeSchema), keysOf(c).session ?? '');
    return answer(c, {});
  });

  app.get('/api/v1/push', async (c) => {
    await session(c);
    return answer(c, { publicKey: await pushKey(db) });
  });
  app.post('/api/v1/push', async (c) => {
    const { writer } = await requireWriter(db, directory, keysOf(c), now());
    await keepAddress(db, writer, (await readJson(c, pushAddressSchema)).endpoint);
    return answer(c, {});
  });
  app.get('/api/v1/phones', async (c) =>
    answer(c, {
      phones: await phonesBelow(db, await session(c), await directory.get(), now()),
    }),
  );

  app.get('/api/v1/board', async (c) =>
    answer(
      c,
      await boardFor(db, await session(c), await directory.get(), now(), { year: c.req.query('year') }),
    ),
  );
  app.get('/api/v1/report', async (c) => {
    const { year, type, unit } = c.req.query();
    return answer(c, await reportFor(db, await session(c), await directory.get(), { year, type, unit }));
  });

  app.post('/api/v1/admin/units', async (c) => {
    const who = await admin(c);
    return answer(c, {
      id: await addUnitAs(db, who, await directory.get(), await readJson(c, newUnitSchema)),
    });
  });
  app.post('/api/v1/admin/units/import', async (c) => {
    const who = await admin(c);
    const { csv, dry } = await readJson(c, unitImportSchema);
    return answer(c, await importUnits(db, csv, dry, within(who, await directory.get())));
  });
  app.get('/api/v1/admin/people', async (c) =>
    answer(c, { people: await listPeople(db, await admin(c), await directory.get()) }),
  );
  app.get('/api/v1/admin/units', async (c) => {
    const who = await admin(c);
    const held = await directory.get();
    return answer(c, { units: [...held.tree.values()].filter(({ id }) => within(who, held)(id)) });
  });
  app.post('/api/v1/admin/people', async (c) => {
    const id = await addPersonAs(
      db,
      await admin(c),
      await directory.get(),
      await readJson(c, newPersonSchema),
      now(),
    );
    return answer(c, { id });
  });
  app.post('/api/v1/admin/people/:id', async (c) => {
    await changePerson(
      db,
      await admin(c),
      await directory.get(),
      Number(c.req.param('id')),
      await readJson(c, personChangeSchema),
    );
    return answer(c, {});
  });

  app.post('/api/v1/demo/today', async (c) => {
    if (demo === null) throw new Problem('P_NOT_FOUND');
    await demo.setToday((await readJson(c, demoTodaySchema)).today);
    return answer(c, { today: vietnamDay(now()) });
  });
  app.all('/api/*', () => {
    throw new Problem('P_NOT_FOUND');
  });
  return app;
};

const syncPath = '/api/v1/sync';

const photoOf = (c: Context): { sha256: string; record: string } => ({
  sha256: c.req.param('sha256') ?? '',
  record: c.req.query('record') ?? '',
});

const answerOffset = (c: Context, { offset, complete }: { offset: number; complete: boolean }): Response => {
  c.header(offsetHeader, String(offset));
  c.header(completeHeader, complete ? '?1' : '?0');
  c.header('Cache-Control', 'no-store');
  return c.body(null, 204);
};

const keysOf = (c: Context): { session: string | undefined; writer: string | undefined } => ({
  session: /^Bearer (.+)$/.exec(c.req.header('authorization') ?? '')?.[1],
  writer: c.req.header('x-writer'),
});

/** The peer's address; a proxy on the same machine says whose request it hands on. */
const addressOf = (c: Context): string => {
  const peer = peerOf(c);
  return isLoopback(peer) ? (c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim() ?? peer) : peer;
};

const peerOf = (c: Context): string =>
  c.env === undefined || !('incoming' in (c.env as object)) ? '' : (getConnInfo(c).remote.address ?? '');

const isLoopback = (address: string): boolean => /^(::1|::ffff:127\.|127\.)/.test(address) || address === '';

const isLocal = (c: Context): boolean =>
  isLoopback(peerOf(c)) && c.req.header('x-forwarded-for') === undefined;
