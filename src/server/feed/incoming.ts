import type { Change } from '../../domain/change.ts';
import { changeHeadSchema, changeSchema } from '../../protocol/change.ts';
import { digestOf } from './digest.ts';

/** A change as it came, with what could be read of it. */
export type Incoming = {
  readonly seq: number;
  readonly digest: string;
  readonly change: Change | null;
};

/** Parses one by one: a change that cannot be read gets a verdict, one without a number ends the batch. */
export const readChanges = (raw: readonly unknown[]): Incoming[] => {
  const incoming: Incoming[] = [];
  for (const item of raw) {
    const head = changeHeadSchema.safeParse(item);
    if (!head.success) break;
    const change =
      JSON.stringify(item).length > maxChangeChars
        ? { success: false as const }
        : changeSchema.safeParse(item);
    incoming.push({
      seq: head.data.seq,
      digest: digestOf(item),
      change: change.success ? change.data : null,
    });
  }
  return incoming;
};

/** A change is a form filled in by hand, a roster of three hundred at the most; what is longer than this is not. */
const maxChangeChars = 250_000;
