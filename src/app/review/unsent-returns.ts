import type { Remarks } from '../../domain/change.ts';

/** Reasons, marks and remarks of returns that are being written; kept while the app is open, whichever record is looked at. */
export const unsentReturns = new Map<
  string,
  { readonly reason: string; readonly marks: readonly string[]; readonly remarks: Remarks }
>();
