/**
 * What the screens need of the device, in one chunk of its own (the database and the schemas are most of the app's
 * weight): a form can be typed into before it is there.
 */
export { check } from '../domain/records/check.ts';
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
  readRecord,
  readWaiting,
  watchStores,
} from '../device/read.ts';
export { NotSaved, save } from '../device/save.ts';
export { SignInFailed, signIn, signOut, switchPerson } from '../device/sign-in.ts';
export { httpTransport } from '../device/sync/transport.ts';
export { syncTrigger } from '../device/sync/triggers.ts';
