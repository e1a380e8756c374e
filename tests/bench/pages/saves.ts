import { Dexie } from 'dexie';
import { newRecordId } from '../../../src/device/drafts.ts';
import { sealMeta } from '../../../src/device/device.ts';
import type { Device } from '../../../src/device/device.ts';
import { saveAll } from '../../../src/device/save.ts';
import { openStore } from '../../../src/device/store/store.ts';
import { newPersonKey } from '../../../src/device/vault/keys.ts';
import type { Values } from '../../../src/domain/records/field.ts';

/**
 * Saves one record after the other, ours (judged, sealed, strict, with its outbox entry) and bare Dexie's (strict, in
 * the clear, with an entry in a second table), in turns; hands back the milliseconds of each.
 */

const now = (): Date => new Date('2019-12-31T12:00:00Z');

const openOurs = async (): Promise<Device> => {
  const device: Device = { writer: 1, store: openStore(1), key: await newPersonKey(), now };
  const unit = { code: '1', level: 'commune', from: null, to: null } as const;
  await device.store.meta.put(
    await sealMeta(device, 'scope', {
      version: '1',
      me: { account: 1, login: 'a', name: 'A', role: 'collaborator', unit: 'c', restricted: false },
      units: [{ ...unit, id: 'c', name: 'Xã', parent: null }],
      help: null,
      officers: [],
      people: [],
      feeds: [{ id: 1, unit: 'c', audience: 'work' }],
    }),
  );
  return device;
};

const openBare = (): Dexie => {
  const bare = new Dexie('bare', { chromeTransactionDurability: 'strict' });
  bare.version(1).stores({ record: 'id, [kind+date], state', outbox: 'seq' });
  return bare;
};

const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const start = performance.now();
  await work();
  return performance.now() - start;
};

const run = async (patch: Values, times: number): Promise<{ ours: number[]; bare: number[] }> => {
  const [device, bare] = [await openOurs(), openBare()];
  const [ours, floor]: [number[], number[]] = [[], []];
  for (let i = 0; i < times; i++) {
    const id = await newRecordId(device);
    ours.push(
      await timed(() => {
        const deed = { do: 'save', kind: 'activity', unit: 'c', patch: { ...patch } } as const;
        return saveAll(device, [{ record: id, deed }], { fresh: true });
      }),
    );
    floor.push(
      await timed(() =>
        bare.transaction('rw', 'record', 'outbox', async () => {
          const record = {
            id,
            kind: 'activity',
            date: patch['start_date'],
            state: 'submitted',
            fields: patch,
          };
          await bare.table('record').put(record);
          await bare.table('outbox').add({ seq: id, record: id, patch });
        }),
      ),
    );
  }
  return { ours, bare: floor };
};

(globalThis as unknown as { run: typeof run }).run = run;
