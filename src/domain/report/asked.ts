import { existsOn } from '../unit.ts';
import type { Unit } from '../unit.ts';

/** Who is expected to have recorded something: communes and departments; a district only when nothing lies below it. */
export const isAskedToRecord = (unit: Unit, units: readonly Unit[], day: string): boolean =>
  existsOn(unit, day) &&
  (unit.level === 'commune' ||
    unit.level === 'department' ||
    (unit.level === 'district' && !units.some(({ parent }) => parent === unit.id)));
