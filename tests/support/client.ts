import { recordId } from '../../src/domain/record-id.ts';
import type { Kind } from '../../src/domain/records/kinds.ts';
import type { SignInResponse } from '../../src/protocol/sign-in.ts';
import type { SyncResponse } from '../../src/protocol/sync-response.ts';
import { pin } from './server.ts';
import type { TestServer } from './server.ts';

/** A client that knows nothing but the protocol. */
export type Client = SignInResponse & {
  readonly headers: Readonly<Record<string, string>>;
  readonly sync: (changes: unknown[], more?: object) => Promise<SyncResponse>;
  readonly id: (n: number) => string;
};

export const postTo = (
  server: TestServer,
  path: string,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> =>
  Promise.resolve(server.app.request(path, { method: 'POST', body: JSON.stringify(body), headers }));

export const clientOf = async (server: TestServer, login: string): Promise<Client> => {
  const response = await postTo(server, '/api/v1/sign-in', { login, pin, device: 'test', writer: null });
  const answer = (await response.json()) as SignInResponse;
  const headers = { Authorization: `Bearer ${answer.session}`, 'X-Writer': answer.writer.credential };
  return {
    ...answer,
    headers,
    id: (n) => recordId(answer.writer.number, n),
    sync: async (changes, more = {}) => {
      const body = {
        v: 1,
        schema: 1,
        epoch: answer.epoch,
        cursor: {},
        scope: answer.scope.version,
        changes,
        now: '2019-12-31T12:00:00Z',
        ...more,
      };
      return (await (await postTo(server, '/api/v1/sync', body, headers)).json()) as SyncResponse;
    },
  };
};

/** A change that saves a record, by default a new activity of the client's own unit. */
export const saving = (
  client: Client,
  seq: number,
  patch: object,
  record = client.id(seq),
  kind: Kind = 'activity',
): object => ({
  seq,
  record,
  base: 0,
  made: '2019-12-31T12:00:00Z',
  do: 'save',
  kind,
  unit: client.scope.me.unit,
  patch,
});
