import type { Scope } from '../../protocol/scope.ts';
import { fill, more } from './words.ts';

/** What somebody is called to the person who reads: herself, a colleague, or one whom this phone does not know. */
export const personName = (account: number, scope: Scope | null): string => {
  if (account === scope?.me.account) return more.value.record.you;
  return (
    scope?.people.find(({ id }) => id === account)?.name ?? fill(more.value.record.someone, { n: account })
  );
};
