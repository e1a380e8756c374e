import { reviewerOf } from '../../domain/unit.ts';
import { placesOf } from '../../device/scope.ts';
import type { Scope } from '../../protocol/scope.ts';
import type { WaitReason } from '../../device/device.ts';
import { syncHasNoRoom } from '../session.ts';
import { more } from '../text/words.ts';

/** Who has a unit's records once they are received, as people call it: "Huyện", "Thị xã", "Tỉnh". */
export const receiverName = (scope: Scope | null, unit: string): string => {
  if (scope === null) return '';
  const { tree, hasOfficer } = placesOf(scope);
  const id = reviewerOf(tree, unit, hasOfficer);
  const reviewer = scope.units.find((u) => u.id === id);
  return reviewer === undefined ? '' : (kindOf(reviewer.name) ?? more.value.sync.unitLevel[reviewer.level]);
};

/** A unit's name begins with its kind, which people use for the office itself. */
const kindOf = (name: string): string | null =>
  ['Thành phố', 'Thị xã', 'Huyện', 'Tỉnh', 'Sở'].find((kind) => name.startsWith(kind)) ?? null;

/** Why things wait, in the person's words. */
export const waitText = (reason: WaitReason): string => {
  const w = more.value.sync;
  if (syncHasNoRoom.value) return w.waitFull;
  if (reason === null || reason === 'offline') return navigator.onLine ? w.waitNext : w.waitOffline;
  return {
    offline: w.waitOffline,
    unreachable: w.waitUnreachable,
    signIn: w.waitSignIn,
    busy: w.waitBusy,
    server: w.waitServer,
    version: w.waitVersion,
    forked: w.waitForked,
  }[reason];
};
