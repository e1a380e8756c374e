import type { RecordState } from '../../src/domain/change.ts';
import { signInResponseSchema } from '../../src/protocol/sign-in.ts';
import type { SignInResponse } from '../../src/protocol/sign-in.ts';
import { nothingNew, packLines, unpackResponse } from '../../src/protocol/packed-sync.ts';
import { linesType } from '../../src/protocol/sync-request.ts';
import { syncResponseSchema } from '../../src/protocol/sync-response.ts';
import type { Device } from '../../src/device/device.ts';
import { newRecordId } from '../../src/device/drafts.ts';
import { save } from '../../src/device/save.ts';
import { keepAnswer } from '../../src/device/sign-in.ts';
import { openRecord } from '../../src/device/store/record-box.ts';
import { openStore } from '../../src/device/store/store.ts';
import { reasonOf } from '../../src/device/sync/reason.ts';
import { runSync } from '../../src/device/sync/run.ts';
import type { Link as Wire, Reply, Transport } from '../../src/device/sync/transport.ts';
import { newPersonKey } from '../../src/device/vault/keys.ts';
import { pin, testNow } from './server.ts';
import type { TestServer } from './server.ts';

/** What may happen to a request on its way: nothing, lost on the way there, cut in its middle, or lost on the way back. */
export type Link = 'up' | 'requestLost' | 'requestCut' | 'answerLost';

export type TestPhone = {
  readonly device: Device;
  readonly me: SignInResponse['scope']['me'];
  /** How the link is; `meanwhile` happens on the phone, once, while an answer is on its way. */
  readonly link: { now: Link; meanwhile?: () => Promise<unknown>; photos?: Wire['photos'] };
  readonly setNow: (time: Date) => void;
  /** Every body that went out, as JSON, for tests to look at. */
  readonly sent: string[];
  readonly sync: () => Promise<boolean>;
  /** Gives her PIN again after her session has ended; the store goes on. */
  readonly signInAgain: () => Promise<SignInResponse>;
  readonly write: (values: Record<string, unknown>) => Promise<string>;
  readonly edit: (record: string, patch: Record<string, unknown>) => Promise<RecordState>;
  readonly view: (record: string) => Promise<RecordState | null>;
};

let stores = 0;

/** A phone with a real device store (IndexedDB in memory) that speaks to a test server over a link that can fail. */
export const testPhone = async (server: TestServer, login: string): Promise<TestPhone> => {
  const signIn = async (writer: string | null): Promise<SignInResponse> => {
    const body = JSON.stringify({ login, pin, device: 'test', writer });
    const response = await server.app.request('/api/v1/sign-in', { method: 'POST', body });
    if (!response.ok) throw new Error(`sign-in of ${login}: ${response.status} ${await response.text()}`);
    return signInResponseSchema.parse(await response.json());
  };
  const answer = await signIn(null);
  stores += 1;
  let now = testNow;
  const device: Device = {
    writer: answer.writer.number,
    store: openStore(1_000_000 * stores + answer.writer.number),
    key: await newPersonKey(),
    now: () => now,
  };
  await keepAnswer(device, answer);
  const link: TestPhone['link'] = { now: 'up' };
  const sent: string[] = [];
  const transport = linked(server, link, sent);
  return {
    device,
    me: answer.scope.me,
    link,
    setNow: (time) => {
      now = time;
    },
    sent,
    sync: () => runSync(device, { glance: noGlance, sync: transport, photos: link.photos ?? noPhotos }),
    signInAgain: async () => {
      const again = await signIn(answer.writer.credential);
      await keepAnswer(device, again);
      return again;
    },
    write: async (values) => {
      const id = await newRecordId(device);
      await save(device, id, { do: 'save', kind: 'activity', unit: answer.scope.me.unit, patch: values });
      return id;
    },
    edit: (record, patch) =>
      save(device, record, { do: 'save', kind: 'activity', unit: answer.scope.me.unit, patch }),
    view: async (record) => {
      const row = await device.store.record.get(record);
      return row === undefined ? null : (await openRecord(device, row)).view;
    },
  };
};

/** A link over which no photo can travel; tests of photos bring their own. */
export const noPhotos: Wire['photos'] = {
  offset: () => Promise.resolve({ reason: 'offline' }),
  put: () => Promise.resolve({ reason: 'offline' }),
  get: () => Promise.resolve(null),
};

/** Everything is asked in full. */
export const noGlance: Wire['glance'] = () => Promise.resolve(null);

const lost: Reply = { answer: null, reason: 'offline', waitSeconds: null };

const linked =
  (server: TestServer, link: TestPhone['link'], sent: string[]): Transport =>
  async (request, { session, credential }, pieces) => {
    if (link.now === 'requestLost') return lost;
    const lines = [...packLines(request, pieces)].map((line) => JSON.stringify(line));
    const whole = lines.join('\n');
    const body = link.now === 'requestCut' ? whole.slice(0, whole.length / 2) : whole;
    sent.push(JSON.stringify(request));
    const headers: Record<string, string> = { 'X-Writer': credential };
    if (lines.length > 1) headers['Content-Type'] = linesType;
    if (session !== null) headers['Authorization'] = `Bearer ${session}`;
    const response = await server.app.request('/api/v1/sync', { method: 'POST', headers, body });
    const { meanwhile } = link;
    delete link.meanwhile;
    await meanwhile?.();
    if (link.now === 'requestCut' || link.now === 'answerLost') return lost;
    if (!response.ok) return { answer: null, reason: reasonOf(response.status), waitSeconds: null };
    if (response.status === 204) return { answer: nothingNew(request) };
    return { answer: syncResponseSchema.parse(unpackResponse(await response.json())) };
  };
