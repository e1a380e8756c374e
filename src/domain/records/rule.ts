import type { Finding, Values } from './field.ts';

/** What a record hangs on: the one it belongs to and its brothers and sisters, where they are known. */
export type Relatives = { readonly parent: Values | null; readonly siblings: readonly Values[] };

/** A rule over several fields. `sound` tells whether fields are free of errors of their own. */
export type Rule<T> = (
  values: T,
  sound: (...names: string[]) => boolean,
  relatives: Relatives | undefined,
) => Finding[];

export const found = (when: boolean, finding: Finding): Finding[] => (when ? [finding] : []);

/** What costs nothing is the only line and costs nothing. */
export const fundingIsPlain = (values: Values, sound: (...names: string[]) => boolean): Finding[] => {
  if (!sound('funding')) return [];
  const lines = (values['funding'] ?? []) as Values[];
  const free = lines.find((line) => line['source'] === 'khong_kinh_phi');
  const wrong = free !== undefined && (lines.length > 1 || free['amount_vnd'] !== 0);
  return found(wrong, { field: 'funding', code: 'E_FUND_NONE' });
};

/** Parts of a whole that are larger than it. */
export const partsFitIn =
  (total: string, parts: readonly string[]) =>
  (values: Values, sound: (...names: string[]) => boolean): Finding[] =>
    sound(total)
      ? parts.flatMap((name) =>
          found(Number(values[name] ?? 0) > Number(values[total] ?? 0), {
            field: name,
            code: 'E_SUBGROUP_GT_TOTAL',
          }),
        )
      : [];

/** A companion has no brother: two rosters of one class, or two counts of the same support, would both be believed. */
export const onlyOne =
  (parent: string): Rule<Values> =>
  (_values, _sound, relatives) =>
    found((relatives?.siblings.length ?? 0) > 0, { field: parent, code: 'E_TWICE' });
