/** Administrative units and departments as a dated tree of any depth: which levels exist is data. */

export const unitLevels = ['province', 'district', 'commune', 'department'] as const;

export type UnitLevel = (typeof unitLevels)[number];

/** The most characters of a unit's code and of its name. */
export const unitCodeMost = 20;
export const unitNameMost = 120;

/** Which levels may lie directly under which. */
const under: Readonly<Record<UnitLevel, readonly UnitLevel[]>> = {
  province: ['district', 'commune', 'department'],
  district: ['commune'],
  commune: [],
  department: [],
};

/** Whether a unit of a level may be put under a parent of another; only a province has none. */
export const mayLieUnder = (level: UnitLevel, parent: UnitLevel | null): boolean =>
  parent === null ? level === 'province' : under[parent].includes(level);

/** `id` is ours and never reused; `code` is the statistics office's and unique only at a time. Dates are ISO, null is open. */
export type Unit = {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly level: UnitLevel;
  readonly parent: string | null;
  readonly from: string | null;
  readonly to: string | null;
};

export type UnitTree = ReadonlyMap<string, Unit>;

export const treeOf = (units: Iterable<Unit>): UnitTree => new Map([...units].map((unit) => [unit.id, unit]));

/** Whether a unit exists on a day; without a day, whether it ever did. */
export const existsOn = (unit: Unit | undefined, day: string | null): boolean =>
  unit !== undefined && (day === null || ((unit.from ?? '') <= day && day <= (unit.to ?? '9999')));

/** The units above one, nearest first. */
export const ancestors = (tree: UnitTree, id: string): Unit[] => {
  const above: Unit[] = [];
  let parent = tree.get(id)?.parent ?? null;
  while (parent !== null && above.length < 10) {
    const unit = tree.get(parent);
    if (unit === undefined) break;
    above.push(unit);
    parent = unit.parent;
  }
  return above;
};

export const isWithin = (tree: UnitTree, id: string, top: string): boolean =>
  id === top || ancestors(tree, id).some((unit) => unit.id === top);

/**
 * The unit that reviews another's records: the nearest one above that has an officer. The top unit's own records are
 * reviewed there, by a second officer. Null when nobody can.
 */
export const reviewerOf = (
  tree: UnitTree,
  id: string,
  hasOfficer: (unit: string) => boolean,
): string | null => {
  const above = ancestors(tree, id);
  const chain = above.length === 0 ? [id] : above.map((unit) => unit.id);
  return chain.find(hasOfficer) ?? null;
};
