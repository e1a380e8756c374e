/**
 * Bugs that could be made in the sync, each of them a small change of one file. A simulation that does not find every
 * one of them is not to be trusted. `npm run simulate -- --planted` plants them one after the other.
 */
export type Planted = {
  readonly name: string;
  readonly file: string;
  readonly find: string;
  readonly put: string;
};

export const planted: readonly Planted[] = [
  {
    name: 'the cursor moves before the records are stored',
    file: 'src/device/sync/receive.ts',
    find: '    const prepared = await prepare(',
    put: '    await moveCursor(device, answer, []);\n    const prepared = await prepare(',
  },
  {
    name: 'a refusal is not told to the person',
    file: 'src/device/sync/receive.ts',
    find: 'await store.notice.bulkPut(notices.filter(({ seq }) => still.has(seq)));',
    put: 'void still;',
  },
  {
    name: 'an answer is written over a save that came in between',
    file: 'src/device/sync/receive.ts',
    find: 'if (!(await areUnmoved(device, prepared))) return false;',
    put: 'void areUnmoved;',
  },
  {
    name: 'records of a unit that is not hers any more stay',
    file: 'src/device/sync/receive.ts',
    find: '        await dropForeign(device, feeds);',
    put: '        void dropForeign;',
  },
  {
    name: 'what is decided in a unit that is not hers any more stays',
    file: 'src/device/sync/receive.ts',
    find: 'pending === 0 && feed !== null && !feeds.includes(feed);',
    put: 'pending < 0 && feed !== null && !feeds.includes(feed);',
  },
  {
    name: 'a new scope is not stored',
    file: 'src/device/sync/receive.ts',
    find: 'if (scopeRow !== null) await',
    put: 'if (scopeRow === undefined) await',
  },
  {
    name: 'a feed that is lost and gained again is read on from where it stood',
    file: 'src/device/sync/receive.ts',
    find: 'for (const feed of again) {',
    put: 'for (const feed of again.filter((one) => !answer.drop.includes(one))) {',
  },
  {
    name: 'what was confirmed is not kept until a backup has it',
    file: 'src/device/sync/receive.ts',
    find: '    await store.sent.bulkPut(rows);',
    put: '    void rows;',
  },
  {
    name: 'what was confirmed is thrown away before a backup has it',
    file: 'src/device/sync/receive.ts',
    find: ".where('seq').belowOrEqual(backed)",
    put: ".where('seq').above(0)",
  },
  {
    name: 'her own accepted words do not go into the base',
    file: 'src/device/sync/prepare.ts',
    find: 'mine.filter(({ seq }) => !refused.has(seq))',
    put: 'mine.filter(() => false)',
  },
  {
    name: 'refused words go into the base as well',
    file: 'src/device/sync/prepare.ts',
    find: 'mine.filter(({ seq }) => !refused.has(seq))',
    put: 'mine.filter(({ seq }) => seq > 0)',
  },
  {
    name: 'waiting changes are not played over the news',
    file: 'src/device/sync/prepare.ts',
    find: 'pending: step.waiting,',
    put: 'pending: 0,',
  },
  {
    name: 'records that a restored server lacks stay on the phones',
    file: 'src/device/sync/start-over.ts',
    find: '  if (started?.stamp === undefined) return;',
    put: '  if (started !== null) return;',
  },
  {
    name: 'what a feed that is read again does not bring stays on the phone',
    file: 'src/device/sync/start-over.ts',
    find: "Object.entries((await readMeta(store, 'rereading')) ?? {})",
    put: 'Object.entries({} as Record<string, number>)',
  },
  {
    name: 'after a restore the phone goes on reading from where it was',
    file: 'src/device/sync/start-over.ts',
    find: "        await writeMeta(store, 'cursor', {});",
    put: '',
  },
  {
    name: 'two saves get the same number when one of them failed',
    file: 'src/device/save.ts',
    find: '          seq: counters.seq + ready.length,',
    put: '          seq: counters.seq + (counters.seq % 3 === 2 ? 0 : ready.length),',
  },
  {
    name: 'record and outbox are written in two transactions',
    file: 'src/device/save.ts',
    find: '  const written = store.transaction(',
    put: '  await store.record.bulkPut(ready.map(({ row }) => ({ ...row, stamp: ground.counters.stamp + 1 })));\n  const written = store.transaction(',
  },
  {
    name: 'the lock between two runs is forgotten',
    file: 'src/device/sync/run.ts',
    find: '  if (running.has(writer)) return false;',
    put: '',
  },
  {
    name: 'the watermark is not stored',
    file: 'src/server/feed/push.ts',
    find: '.set({ last_seq: batch.upto })',
    put: '.set({ last_seq })',
  },
  {
    name: 'a change is taken although one before it is missing',
    file: 'src/server/feed/push.ts',
    find: 'else if (item.seq === batch.upto + 1 && parts',
    put: 'else if (item.seq > batch.upto && parts',
  },
  {
    name: 'a repeated change is not told its verdict again',
    file: 'src/server/feed/batch.ts',
    find: "  if (known.verdict === 'applied') {",
    put: '  if (known.verdict !== undefined) {',
  },
  {
    name: 'what was refused of a request without an answer is not told',
    file: 'src/server/feed/recall.ts',
    find: 'verdicts: rows.flatMap((row) => verdictOf(row.seq, row)),',
    put: 'verdicts: [],',
  },
  {
    name: 'what another changed is hidden by words that were taken in without an answer',
    file: 'src/device/sync/run.ts',
    find: '[...sent, ...recalled]',
    put: '[...sent, ...recalled.filter(({ seq }) => seq < 0)]',
  },
  {
    name: 'a record is shown in part after a restore',
    file: 'src/device/sync/start-over.ts',
    find: 'base !== null && isWhole ? { ...base, rev: 0 } : null',
    put: 'base !== null && isWhole && lost.length > 99 ? { ...base, rev: 0 } : null',
  },
  {
    name: 'nobody notices a copy that was put back by hand',
    file: 'src/server/feed/put-back.ts',
    find: 'at > last_seq && behind_seq !== last_seq;',
    put: 'at > last_seq && behind_seq !== last_seq && rows.length > 99;',
  },
  {
    name: 'nobody notices that more was read than a copy holds',
    file: 'src/server/feed/put-back.ts',
    find: 'feeds.filter((id) => (cursor[id] ?? 0) > 0);',
    put: 'feeds.filter((id) => (cursor[id] ?? 0) < 0);',
  },
  {
    name: 'a repeated change is applied again',
    file: 'src/server/feed/push.ts',
    find: 'if (item.seq <= last_seq) repeat(batch, item, known.get(item.seq));',
    put: 'if (item.seq <= last_seq && known.size > 99) repeat(batch, item, known.get(item.seq));\n      else if (item.seq <= last_seq) take(batch, item);',
  },
  {
    name: 'revisions begin one too early',
    file: 'src/server/feed/push.ts',
    find: '(_, i) => seq - n + 1 + i',
    put: '(_, i) => seq - n + i',
  },
  {
    name: 'a push is not one transaction',
    file: 'src/server/feed/push.ts',
    find: '  return parts.db.transaction().execute(async (tx) => {\n    const revs',
    put: '  const loose = { execute: (work: (tx: Db) => Promise<PushResult>) => work(parts.db) };\n  return loose.execute(async (tx) => {\n    const revs',
  },
  {
    name: 'the echo of what she said hides what another wrote over it',
    file: 'src/server/feed/pull.ts',
    find: '? !sameValue(record.fields[name], believed[name])',
    put: '? !sameValue(record.fields[name], believed[name]) && false',
  },
  {
    name: 'what she believes and does not hold is not corrected',
    file: 'src/server/feed/pull.ts',
    find: '? !sameValue(record.fields[name], believed[name])',
    put: '? !sameValue(record.fields[name], believed[name]) && (touches[name]?.[0] ?? 0) > after',
  },
  {
    name: 'who says again what another has written over, and has read that already, is told nothing',
    file: 'src/server/feed/pull.ts',
    find: 'return read === 0 ? [] :',
    put: 'return read >= 0 ? [] :',
  },
  {
    name: 'a field is not marked as changed',
    file: 'src/server/feed/batch.ts',
    find: '[...outcome.touched, ...saidOtherwise(change, outcome.record)]',
    put: "outcome.touched.filter((name) => name !== 'venue')",
  },
  {
    name: 'everybody reads every feed',
    file: 'src/server/units/scope.ts',
    find: 'readsFeed(who, unit, audience, placesOf(directory))',
    put: '(readsFeed(who, unit, audience, placesOf(directory)) || unit.length > 0)',
  },
  {
    name: 'a moved person writes on in her old unit',
    file: 'src/server/feed/batch.ts',
    find: "if (change.do !== 'save' || change.unit !== author.unit) return noFeed;",
    put: "if (change.do !== 'save') return noFeed;",
  },
  {
    name: 'a page that is not the last moves the cursor to the end',
    file: 'src/server/feed/pull.ts',
    find: 'if (rows.length > size) return page(true);\n      reached[id] = seq;',
    put: 'reached[id] = seq + 1;',
  },
  {
    name: 'the audit is skipped',
    file: 'src/server/feed/pull.ts',
    find: 'return truth.records === records && truth.sum === sum;',
    put: 'return truth.records >= 0 || sum === records;',
  },
  {
    name: 'photos that a copy lacks are not sent again',
    file: 'src/device/sync/start-over.ts',
    find: "await store.photo.where('lane').equals('received').modify({ lane: 'waiting' });",
    put: '',
  },
  {
    name: 'a photo whose record has left the phone is not sent',
    file: 'src/device/photos.ts',
    find: 'mayWait: record === undefined && ',
    put: 'mayWait: false && ',
  },
  {
    name: 'a glance sees nothing new, whatever there is',
    file: 'src/server/feed/glance.ts',
    find: 'return digestOfText(text) === as && known.backed_seq < kept;',
    put: 'return (digestOfText(text) !== as || as !== undefined) && known.backed_seq < kept;',
  },
  {
    name: 'a glance does not look how far a feed goes',
    file: 'src/protocol/standing.ts',
    find: 'sortedJson({ v: wireVersion, epoch, scope, upto, cursor })',
    put: 'sortedJson({ v: wireVersion, epoch, scope, upto, cursor: Object.keys(cursor) })',
  },
  {
    name: 'a lock holds without its report',
    file: 'src/server/feed/batch.ts',
    find: "if (change.do === 'lock' && !isInReport(batch, change))",
    put: "if (change.do === 'lock' && batch.writer < 0)",
  },
  {
    name: 'a record that the server does not know outlives the refusal of what was said of it',
    file: 'src/device/sync/prepare.ts',
    find: 'isUnknown ? null :',
    put: 'isUnknown && mine.length > 99 ? null :',
  },
  {
    name: 'a phone that a restored server has not heard of gets another number',
    file: 'src/server/access/sign-in.ts',
    find: '(await lostWriter(parts, row.id, request)) ??',
    put: '',
  },
  {
    name: 'a server that was put back gives numbers on from where its copy stood',
    file: 'src/server/sql/open.ts',
    find: 'set seq = max(seq, ${second})',
    put: 'set seq = max(seq, ${second * 0})',
  },
  {
    name: 'who signs in again takes what was put back for what she has read',
    file: 'src/device/sign-in.ts',
    find: "if ((await readMeta(device.store, 'epoch')) !== undefined) return;",
    put: '',
  },
  {
    name: 'packing forgets what is null',
    file: 'src/protocol/pack.ts',
    find: 'state === 2 ? values[next++] : state === 1 ? null : undefined',
    put: 'state === 2 ? values[next++] : undefined',
  },
];
