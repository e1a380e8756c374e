import type { RecordState } from '../../src/domain/change.ts';
import type { Kind } from '../../src/domain/records/kinds.ts';

let made = 0;

/** An approved record of a commune, as the server would hold it, changed as a test needs. */
export const record = (
  kind: Kind,
  fields: Readonly<Record<string, unknown>>,
  more: Partial<RecordState> = {},
): RecordState => ({
  id: `r${++made}`,
  code: null,
  kind,
  unit: 'c1',
  rev: 1,
  edited: 1,
  decided: 0,
  authors: [1],
  state: 'approved',
  fields,
  comment: null,
  since: {},
  events: [],
  ...more,
});
