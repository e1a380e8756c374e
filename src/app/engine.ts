import type { Device } from '../device/device.ts';
import { readPhoto as readPhotoFrom } from '../device/photos.ts';
import { httpLink } from '../device/sync/transport.ts';

/**
 * What the screens need of the device, in one chunk of its own (the database and the schemas are most of the app's
 * weight): a form can be typed into before it is there.
 */
export { readSealedMeta } from '../device/device.ts';
export { discardDraft, newRecordId, readDraft, readDrafts, restoreDraft } from '../device/drafts.ts';
export { keepPhoto, photoLane } from '../device/photos.ts';
export {
  countRecords,
  dismissNotice,
  readNoticeWords,
  readChildren,
  readOverview,
  readPage,
  readQueue,
  readRecent,
  readRecord,
  readReturned,
  readWaiting,
  watchStores,
} from '../device/read.ts';
export { relativesOf, saveAll } from '../device/save.ts';
export { readMonths, search } from '../device/search.ts';
export { signIn, signOut, switchPerson } from '../device/sign-in.ts';
export { syncEveryone } from '../device/sync/everyone.ts';
export { httpLink } from '../device/sync/transport.ts';
export { syncTrigger } from '../device/sync/triggers.ts';
export { hasDouble, readAgain, readUsual } from '../device/usual.ts';

/** A photo of this phone or of the server that the app came from. */
export const readPhoto = (
  device: Device,
  sha256: string,
  record: string | undefined,
): Promise<Uint8Array<ArrayBuffer> | null> => readPhotoFrom(device, httpLink.photos, sha256, record);
