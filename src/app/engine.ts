/**
 * What the screens need of the device, in one chunk of its own (the database and the rules are most of the app's
 * weight): a form can be typed into before it is there.
 */
export { readSealedMeta } from '../device/device.ts';
export { discardDraft, newRecordId, readDraft, readDrafts, restoreDraft } from '../device/drafts.ts';
export { readDoubles } from '../device/doubles.ts';
export { keepPhoto, photoLane } from '../device/photos.ts';
export {
  countRecords,
  dismissNotice,
  readNoticeWords,
  readChildren,
  readConflicts,
  readHandedIn,
  readOverview,
  readPage,
  readQueue,
  readRecent,
  readRecord,
  readReturned,
  readWaiting,
  watchStores,
} from '../device/read.ts';
export { readBoard } from '../device/board.ts';
export { planAgain, readPlan } from '../device/plan.ts';
export { takeBack } from '../device/take-back.ts';
export { isOpenReport, relativesOf, saveAll } from '../device/save.ts';
export { readMonths, search } from '../device/search.ts';
export { hasDouble, readAgain, readUsual } from '../device/usual.ts';
