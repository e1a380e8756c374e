import type { Trainee } from './roster.ts';

/** What a roster comes to: the counts that its class must have. */
type RosterTotals = {
  readonly total: number;
  readonly male: number;
  readonly female: number;
  readonly byCategory: readonly {
    readonly category: string;
    readonly total: number;
    readonly female: number;
  }[];
  readonly sessions: readonly { readonly present_total: number; readonly present_female: number }[];
};

export const rosterTotals = (roster: readonly Trainee[], sessions: number): RosterTotals => {
  const women = roster.filter(({ sex }) => sex === 'nu');
  const categories = [...new Set(roster.flatMap(({ category }) => category ?? []))];
  const presentIn = (who: readonly Trainee[], session: number): number =>
    who.filter(({ present }) => present[session] === true).length;
  return {
    total: roster.length,
    male: roster.filter(({ sex }) => sex === 'nam').length,
    female: women.length,
    byCategory: categories.map((category) => ({
      category,
      total: roster.filter((trainee) => trainee.category === category).length,
      female: women.filter((trainee) => trainee.category === category).length,
    })),
    sessions: Array.from({ length: sessions }, (_, i) => ({
      present_total: presentIn(roster, i),
      present_female: presentIn(women, i),
    })),
  };
};

/** A roster without who they were: what remains of it after its term. */
export const withoutNames = (roster: readonly Trainee[]): Trainee[] =>
  roster.map((trainee) => ({ ...trainee, full_name: null, org_title: null }));
