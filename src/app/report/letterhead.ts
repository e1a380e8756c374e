import type { Guideline } from '../../domain/records/guideline.ts';
import { ancestors, treeOf } from '../../domain/unit.ts';
import type { Unit } from '../../domain/unit.ts';
import type { Scope } from '../../protocol/scope.ts';
import { viPaper } from '../text/vi-paper.ts';
import { fill } from '../text/words.ts';

/** Who issues a paper and how it is signed: as the province set it for the unit, or by what such units are called. */
export type Letterhead = {
  readonly parentBody: string;
  readonly issuingBody: string;
  readonly number: string;
  readonly place: string;
  readonly signedFor: string;
  readonly signer: string;
  readonly recipients: readonly string[];
};

const upper = (text: string): string => text.toLocaleUpperCase('vi');

/** “Huyện Nghi Xuân” is Nghi Xuân on the line with the date. */
const placeName = (name: string): string =>
  name.replace(/^(Xã|Phường|Thị trấn|Huyện|Thị xã|Thành phố|Tỉnh) /, '');

export const letterheadOf = (unit: string, scope: Scope, guideline: Guideline | null): Letterhead => {
  const w = viPaper;
  const tree = treeOf(scope.units);
  const own = tree.get(unit);
  const [above] = ancestors(tree, unit);
  const set = guideline?.letterheads.find((line) => line.unit === own?.code);
  const isDepartment = own?.level === 'department';
  const recipients = (guideline?.recipients ?? '').split('\n').map((line) => line.trim());
  const named = recipients.filter((line) => line !== '');
  return {
    parentBody: upper(
      set?.parent_body ?? (above === undefined ? '' : fill(w.committeeOf, { name: above.name })),
    ),
    issuingBody: upper(set?.issuing_body ?? issuerOf(own, isDepartment)),
    number: isDepartment ? w.numberOpen : w.number,
    place: set?.place ?? placeName((isDepartment ? above?.name : own?.name) ?? ''),
    signedFor: upper(set?.signed_for ?? (isDepartment ? '' : w.signedFor)),
    signer: upper(set?.signer ?? (isDepartment ? w.director : w.signer)),
    recipients:
      named.length > 0
        ? named
        : above === undefined
          ? []
          : [fill(w.usualRecipient, { name: fill(w.committeeOf, { name: above.name }) })],
  };
};

const issuerOf = (unit: Unit | undefined, isDepartment: boolean): string => {
  const name = unit?.name ?? '';
  return isDepartment ? name : fill(viPaper.committeeLong, { name });
};
