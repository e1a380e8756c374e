/** How likely each deed is in a seed. Two years of sixteen are usual ones; the others are bad in a way of their own. */

const deeds = {
  write: 26,
  edit: 20,
  decide: 14,
  sync: 30,
  draft: 2,
  clock: 4,
  late: 4,
  session: 2,
  move: 1,
  skew: 1,
  plain: 1,
  backup: 1.5,
  restore: 0.8,
  forget: 0.7,
  report: 0,
  full: 0,
  photo: 0,
  enrol: 0,
  signIn: 0,
} as const;

export type Year = {
  readonly likely: Readonly<Record<keyof typeof deeds, number>>;
  /** The share of copies that are put back by the book; the others are put back by hand. */
  readonly byTheBook: number;
  /** A phone hardly ever compares what it holds before everything has come to rest: that would mend what was missed. */
  readonly auditsRest: boolean;
  /** Edits add to fields that hold a set, in which what two people write stands side by side. */
  readonly addsToSets: boolean;
  /** Who works; some of all when nobody is named. */
  readonly logins?: readonly string[];
  /** Fire takes the server when one phone alone could tell what its copy lacks, once and at the worst moment. Officers only read then. */
  readonly fire?: {
    /** Who had no signal until then, and is the first to sync after it. */
    readonly comesBack: string;
    /** Whether the phone that could tell burns as well. */
    readonly takesPhone: boolean;
  };
  /** Their phones speak the wire version of others from the start. */
  readonly isPlain: boolean;
  /** How likely an answer is lost, beside the other faults of the link. */
  readonly answerLost: number;
  /** How long it is at the most from one deed to the next. */
  readonly betweenMs: number;
  /** So many records an answer at the most: what is written here would all fit on the first page otherwise. */
  readonly page?: number;
};

const usual: Year = {
  likely: deeds,
  byTheBook: 0.6,
  auditsRest: false,
  addsToSets: false,
  isPlain: false,
  answerLost: 9,
  betweenMs: 3_600_000,
};

/** Ways to look harder that came later: other years go without them, so that the seeds which failed once play as they did. */
const harder = { auditsRest: true, addsToSets: true };

/** Reports are handed in, each with a lock on all that it counts, and returned. */
const withReports = { ...deeds, edit: 10, report: 10 };

/** Copies are put back again and again, which hardly happens twice in other years. */
const withRestores = { ...deeds, write: 20, edit: 14, decide: 8, backup: 4, restore: 5 };

/** Nothing goes wrong but the link and the machines. */
const onlyTheLink = { session: 0, move: 0, skew: 0, forget: 0, backup: 0, restore: 0 };

const reported: Year = { ...usual, likely: withReports };
const putBack: Year = { ...usual, likely: withRestores };
const reportedAndPutBack: Year = { ...usual, likely: { ...withReports, backup: 3, restore: 3 } };

/** Two of one commune write over each other's words again and again, and seldom hear what became of them. */
const twoOfOne: Year = {
  ...usual,
  ...harder,
  likely: {
    ...deeds,
    ...onlyTheLink,
    write: 10,
    edit: 50,
    decide: 0,
    sync: 50,
    draft: 0,
    clock: 1,
    full: 3,
  },
  logins: ['xa1', 'xa1b'],
  isPlain: true,
  answerLost: 40,
};

/** Copies are put back again and again on the two of one commune, and on nobody else. */
const twoPutBack: Year = {
  ...usual,
  ...harder,
  likely: {
    ...deeds,
    ...onlyTheLink,
    edit: 30,
    decide: 0,
    sync: 60,
    draft: 0,
    clock: 0,
    backup: 14,
    restore: 12,
  },
  logins: ['xa1', 'xa1b'],
};

/**
 * A copy is put back by hand after a fire that took the one phone that could tell; who comes back from days without a signal
 * writes over the gap, so that mostly no cursor lies beyond the end.
 */
const fire: Year = {
  ...usual,
  ...harder,
  likely: {
    ...deeds,
    ...onlyTheLink,
    write: 50,
    edit: 0,
    decide: 0,
    sync: 48,
    draft: 0,
    clock: 1,
    late: 0,
    plain: 0,
    backup: 2,
    restore: 30,
  },
  byTheBook: 0,
  logins: ['xa1', 'xa1b', 'huyen1'],
  page: 2,
  fire: { comesBack: 'xa1b', takesPhone: true },
};

/** By the seed's remainder of sixteen; the seeds that failed once keep the year in which they did. */
const special: Readonly<Record<number, Year>> = {
  2: reported,
  // Copies are put back by somebody who has not read how.
  3: {
    ...usual,
    ...harder,
    likely: { ...deeds, sync: 40, session: 0, backup: 3, restore: 1.5, full: 3 },
    byTheBook: 0,
  },
  4: { ...twoOfOne, page: 2 },
  5: putBack,
  6: reportedAndPutBack,
  // Hardly anybody stays signed in meanwhile.
  7: { ...usual, ...harder, likely: { ...withRestores, edit: 24, decide: 16, session: 8, full: 3 } },
  // The phone that could tell is saved, and has to.
  8: { ...fire, fire: { comesBack: 'xa1b', takesPhone: false } },
  // By hand, within hours of each other: the server has just begun a new epoch and begins none so soon.
  9: { ...twoPutBack, byTheBook: 0, betweenMs: 300_000, page: 2 },
  // Reports above all, and copies that lack them.
  10: { ...usual, likely: { ...withReports, report: 20, move: 3, backup: 3, restore: 3 } },
  11: fire,
  12: twoOfOne,
  // People sign in on new phones, of which a copy that is put back has not heard.
  13: {
    ...usual,
    ...harder,
    likely: { ...withRestores, sync: 40, session: 4, enrol: 8, signIn: 8 },
    byTheBook: 0.3,
  },
  // Photos follow their records, of which copies may lack the one or the other, and their people move.
  14: {
    ...usual,
    ...harder,
    likely: { ...withRestores, write: 12, photo: 20, move: 4, forget: 0, full: 2 },
    byTheBook: 0.5,
  },
  // By the book, and she is not signed in: she hands in again what she cannot read.
  15: { ...twoPutBack, likely: { ...twoPutBack.likely, session: 10 }, byTheBook: 1 },
};

export const yearOf = (seed: number): Year => special[seed % 16] ?? usual;
