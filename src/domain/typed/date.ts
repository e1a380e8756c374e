const pad = (n: number, width = 2): string => String(n).padStart(width, '0');

/** Whether a string is a real calendar day in ISO form. */
export const isIsoDate = (value: unknown): value is string => {
  if (typeof value !== 'string') return false;
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(value);
  return match !== null && isRealDay(Number(match[1]), Number(match[2]), Number(match[3]));
};

const isRealDay = (year: number, month: number, day: number): boolean => {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;
  return day >= 1 && day <= days;
};

const asciiDigits = (text: string): string => text.normalize('NFKC');

/**
 * A date as Vietnamese people write it, day before month: 1/5/2019, 1.5.19, "ngày 1 tháng 5 năm 2019", 15/11 (this
 * year when `today` is given), or ISO. Returns the ISO date, or undefined when it is no real day.
 */
export const parseDate = (typed: string, today?: string): string | undefined => {
  const text = asciiDigits(typed).trim().toLowerCase();
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text);
  if (iso) return toIso(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const digits = /^(\d{2})(\d{2})(\d{4}|\d{2})$/.exec(text);
  const match =
    digits ??
    /^(?:ngày\s*)?(\d{1,2})\s*(?:[/.\-\s]|\s*tháng\s*)\s*(\d{1,2})(?:\s*(?:[/.\-\s]|,?\s*năm\s*)\s*(\d{4}|\d{2}))?$/u.exec(
      text,
    );
  if (!match) return undefined;
  const typedYear = match[3] ?? today?.slice(0, 4);
  if (typedYear === undefined) return undefined;
  const year = typedYear.length === 2 ? 2000 + Number(typedYear) : Number(typedYear);
  return toIso(year, Number(match[2]), Number(match[1]));
};

const toIso = (year: number, month: number, day: number): string | undefined =>
  isRealDay(year, month, day) ? `${pad(year, 4)}-${pad(month)}-${pad(day)}` : undefined;

/** The calendar day in Vietnam (UTC+7, no summer time) at a moment. */
export const vietnamDay = (time: Date): string =>
  new Date(time.getTime() + 7 * 3_600_000).toISOString().slice(0, 10);

/** Whole days from one ISO date to another; negative when the second comes first. */
export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);

/** The ISO date so many days after another. */
export const addDays = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
