/** Every problem that crosses a boundary. The code is stable and never reused; the words are in the message files. */
export const problems = {
  P_BAD_REQUEST: 400,
  P_SIGN_IN: 401,
  P_WRONG_PIN: 401,
  P_NOT_YOURS: 403,
  P_NOT_FOUND: 404,
  P_TAKEN: 409,
  P_FORK: 409,
  P_TOO_LARGE: 413,
  P_NO_PHOTO: 422,
  P_TOO_MANY: 429,
  P_VERSION: 426,
  P_INTERNAL: 500,
} as const;

export type ProblemCode = keyof typeof problems;

/** Thrown by any layer, turned into an answer in one place. `details` are for machines. */
export class Problem extends Error {
  readonly code: ProblemCode;
  readonly details: Readonly<Record<string, unknown>>;
  constructor(code: ProblemCode, details: Readonly<Record<string, unknown>> = {}) {
    super(code);
    this.code = code;
    this.details = details;
  }
}
