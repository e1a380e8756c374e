/** No byte for so long and the attempt is given up; the queue is untouched and tried again. */
const patienceMs = 40_000;

/** Ends an attempt on which nothing moves; `renew` says that something did. */
export type Patience = {
  readonly signal: AbortSignal;
  readonly renew: () => void;
  readonly end: () => void;
};

/** A link slower than this, in bytes a millisecond, counts as one on which nothing moves. */
const slowest = 3;

/** How long an answer may take to a request of so many bytes, whose going out cannot be watched. */
export const patienceFor = (bytes: number): number => patienceMs + bytes / slowest;

export const newPatience = (ms = patienceMs): Patience => {
  const controller = new AbortController();
  let timer = setTimeout(() => controller.abort(), ms);
  return {
    signal: controller.signal,
    renew: () => {
      clearTimeout(timer);
      timer = setTimeout(() => controller.abort(), ms);
    },
    end: () => clearTimeout(timer),
  };
};
