export type Figure = {
  readonly bench: string;
  readonly figure: string;
  readonly value: number;
  readonly unit: string;
  readonly target: number;
  readonly ok: boolean;
};

/** A figure that must not be larger than its target. */
export const atMost = (
  bench: string,
  figure: string,
  value: number,
  unit: string,
  target: number,
): Figure => ({
  bench,
  figure,
  value,
  unit,
  target,
  ok: value <= target,
});
