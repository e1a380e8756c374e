import { daysBetween } from './typed/date.ts';

/** The action month: 15/11 to 15/12, both days included. */

export type Window = { readonly from: string; readonly to: string };

export const campaignWindow = (year: number): Window => ({ from: `${year}-11-15`, to: `${year}-12-15` });

/** A campaign's own plan or letter is signed before it starts and still belongs to it from this day on. */
const documentsFrom = (year: number): string => `${year}-10-01`;

const meets = (a: Window, b: Window): boolean => a.from <= b.to && b.from <= a.to;

/** Whether work of these dates and form may carry the campaign flag of a year. Dates are ISO. */
export const mayBelongTo = (year: number, start: string, end: string, form: string | null): boolean => {
  const window = campaignWindow(year);
  const from = form === 'ban_hanh_van_ban' ? documentsFrom(year) : window.from;
  return meets({ from: start, to: end }, { from, to: window.to });
};

/** The campaign year that dates suggest by themselves, or null outside every campaign. */
export const suggestedCampaign = (
  start: string | null,
  end: string | null,
  form: string | null,
): number | null => {
  if (start === null) return null;
  const until = end ?? start;
  const years = [start, until].map((day) => Number(day.slice(0, 4)));
  return years.find((year) => mayBelongTo(year, start, until, form)) ?? null;
};

/** Where a day stands against the action month of its year: days to it, left of it, or since. */
export const campaignPhase = (
  today: string,
): { phase: 'before' | 'during' | 'after'; days: number; year: number } => {
  const year = Number(today.slice(0, 4));
  const { from, to } = campaignWindow(year);
  if (today < from) return { phase: 'before', days: daysBetween(today, from), year };
  if (today <= to) return { phase: 'during', days: daysBetween(today, to) + 1, year };
  return { phase: 'after', days: daysBetween(to, today), year };
};
