import { readMeta } from '../device.ts';
import type { Device } from '../device.ts';

/** Changes from this number on rest until a moment (ms): in that time they may be taken back. */
export type Hold = { readonly from: number; readonly until: number };

/** A hold is a matter of seconds; a clock that was moved must not make it one of days. */
const longestMs = 10_000;

/** The first change that rests now; none does when it is beyond all numbers. */
export const heldFrom = async ({ store, now }: Device): Promise<number> => {
  const hold = await readMeta(store, 'hold');
  const left = (hold?.until ?? 0) - now().getTime();
  return hold !== undefined && left > 0 && left <= longestMs ? hold.from : Infinity;
};

/** How many changes wait and may be sent now. */
export const countSendable = async (device: Device): Promise<number> => {
  const from = await heldFrom(device);
  const { outbox } = device.store;
  return from === Infinity ? outbox.count() : outbox.where('seq').below(from).count();
};
