import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import express from 'express';
import expressPouchdb from 'express-pouchdb';
import PouchDB from 'pouchdb';
import memory from 'pouchdb-adapter-memory';

/** PouchDB against express-pouchdb, each in a process of its own: `node pouchdb.mjs server <port>` or `client`. */

PouchDB.plugin(memory);
const [role, port] = process.argv.slice(2);
const done = (answer = {}) => process.send(answer);

if (role === 'server') {
  const dir = mkdtempSync(join(tmpdir(), 'bench-pouchdb-'));
  const Memory = PouchDB.defaults({ adapter: 'memory' });
  const app = express();
  app.use(
    '/',
    expressPouchdb(Memory, {
      mode: 'minimumForPouchDB',
      inMemoryConfig: true,
      logPath: join(dir, 'log.txt'),
    }),
  );
  await new Memory('sync').info();
  const server = app.listen(Number(port), () => done());
  server.keepAliveTimeout = 3_600_000;
  server.requestTimeout = 0;
} else {
  const db = new PouchDB(`client-${process.pid}`, { adapter: 'memory' });
  const deeds = {
    load: async ({ records }) => {
      for (const [id, record] of records) await db.put({ _id: id, ...record });
    },
    edit: async ({ ids, note }) => {
      for (const id of ids) await db.put({ ...(await db.get(id)), note });
    },
    sync: async ({ url }) => {
      const remote = new PouchDB(`${url}/sync`, { skip_setup: true });
      await PouchDB.sync(db, remote, { live: false, retry: false });
    },
    count: async () => ({ n: (await db.info()).doc_count }),
  };
  process.on('message', ({ what, ...rest }) => {
    deeds[what](rest).then(done, (error) => done({ error: String(error) }));
  });
  done();
}
