/**
 * What the screens need of the device, in one chunk of its own (the database and the schemas are most of the app's
 * weight): a form can be typed into before it is there.
 */
export { openDevice, readSealedMeta } from '../device/device.ts';
export {
  discardDraft,
  keepDraft,
  newRecordId,
  readDraft,
  readDrafts,
  restoreDraft,
} from '../device/drafts.ts';
export {
  countRecords,
  dismissNotice,
  readOverview,
  readPage,
  readQueue,
  readRecent,
  readRecord,
  readWaiting,
  watchStores,
} from '../device/read.ts';
export { save } from '../device/save.ts';
export { signIn, signOut, switchPerson } from '../device/sign-in.ts';
export { syncEveryone } from '../device/sync/everyone.ts';
export { httpTransport } from '../device/sync/transport.ts';
export { syncTrigger } from '../device/sync/triggers.ts';
