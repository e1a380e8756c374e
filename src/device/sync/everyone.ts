import { openDevice } from '../device.ts';
import { readPhone } from '../phone.ts';
import type { Phone, PhonePerson } from '../phone.ts';
import { runSync } from './run.ts';
import type { Link } from './transport.ts';

/** Whether anything of hers is still waiting afterwards. */
const syncOne = async (phone: Phone, person: PhonePerson, link: Link): Promise<boolean> => {
  const device = await openDevice(phone, person);
  try {
    await runSync(device, link);
    const photos = device.store.photo.where('lane').equals('waiting');
    return (await device.store.outbox.count()) + (await photos.count()) > 0;
  } finally {
    device.store.close();
  }
};

/**
 * Hands in what waits for everyone on this phone, one after the other, also for who has signed out or given the phone
 * away; `except` has a store open of her own. Resolves to whether anything is left.
 */
export const syncEveryone = async (link: Link, except: number | null = null): Promise<boolean> => {
  const phone = await readPhone();
  let left = false;
  for (const person of phone.people.filter(({ writer, role }) => writer !== except && role !== 'admin')) {
    try {
      left = (await syncOne(phone, person, link)) || left;
    } catch {
      // One person's trouble must not keep back another's work.
      left = true;
    }
  }
  return left;
};
