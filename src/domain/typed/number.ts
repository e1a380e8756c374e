/** A number as it was read; `stripped` is the unit taken off, which the person should be shown. */
export type TypedNumber = { readonly value: number | null; readonly stripped?: string };

const grouped = /^-?\d{1,3}(?:([., ])\d{3})(?:\1\d{3})*$/;
const plain = /^-?\d+$/;

/** Digits with thousands separators (dot, comma or space, never mixed), or undefined when it is anything else. */
const readWhole = (digits: string): number | undefined => {
  if (plain.test(digits)) return Number(digits);
  return grouped.test(digits) ? Number(digits.replace(/[., ]/g, '')) : undefined;
};

const tidy = (typed: string): string => typed.normalize('NFKC').replace(/\s+/gu, ' ').trim();

const scales: Readonly<Record<string, number>> = {
  đ: 1,
  đồng: 1,
  vnd: 1,
  vnđ: 1,
  k: 1_000,
  nghìn: 1_000,
  ngàn: 1_000,
  tr: 1_000_000,
  triệu: 1_000_000,
  tỷ: 1_000_000_000,
  tỉ: 1_000_000_000,
};

/**
 * A count as people type it: "1.200", "1,200", "1 200", "100 người", full-width digits. Empty is null, "0" is zero.
 * Returns undefined for what is no whole number; a negative is read as such, for the check to refuse.
 */
export const parseCount = (typed: string): TypedNumber | undefined => {
  const text = tidy(typed);
  if (text === '') return { value: null };
  const match = /^(-?[\d., ]*\d)\s*(\p{L}[\p{L} ]*)?$/u.exec(text);
  const value = match ? readWhole(match[1] as string) : undefined;
  if (value === undefined) return undefined;
  const unit = match?.[2];
  if (unit === undefined) return { value };
  // "2 nghìn" is no count of 2; what is meant is for the person to write out.
  return isScale(unit) ? undefined : { value, stripped: unit };
};

const isScale = (unit: string): boolean => {
  const first = unit.toLowerCase().split(' ')[0] ?? '';
  return first in scales || first === 'trăm' || first === 'chục';
};

/**
 * Money in whole đồng as people type it: "5.000.000đ", "5,000,000 VND", "5tr", "1,5 triệu". Empty is null.
 * Returns undefined for what is no amount in whole đồng.
 */
export const parseMoney = (typed: string): TypedNumber | undefined => {
  const text = tidy(typed).toLowerCase();
  if (text === '') return { value: null };
  const match = /^(-?[\d., ]*\d)\s*(\p{L}+)?(?: (?:đ|đồng))?$/u.exec(text);
  if (!match) return undefined;
  const digits = match[1] as string;
  const scale = match[2] === undefined ? 1 : scales[match[2]];
  if (scale === undefined) return undefined;
  const value = scale > 1 ? readScaled(digits, scale) : readWhole(digits);
  return value === undefined ? undefined : { value };
};

/** "1,5" triệu: before a scale word, a comma or dot with fewer than three digits after it is a decimal mark. */
const readScaled = (digits: string, scale: number): number | undefined => {
  const decimal = /^(-?\d+)[.,](\d{1,2})$/.exec(digits);
  const value = decimal ? Number(`${decimal[1]}.${decimal[2]}`) : readWhole(digits);
  const scaled = value === undefined ? undefined : Math.round(value * scale);
  return Number.isSafeInteger(scaled) ? scaled : undefined;
};

/** A number with a fraction as people type it: "7,5" or "7.5". Empty is null; undefined for what is no number. */
export const parseDecimal = (typed: string): number | null | undefined => {
  const text = tidy(typed);
  if (text === '') return null;
  return /^-?\d{1,6}(?:[.,]\d{1,2})?$/.test(text) ? Number(text.replace(',', '.')) : undefined;
};
