import { always, note } from './common-fields.ts';
import type { Fields } from './field.ts';
import { fromFigures } from './figures-lists.ts';

/**
 * A report that a unit hands in. Its cells are frozen as they were issued; what the unit says otherwise stands beside them.
 * Handed in is submitted, received is approved: it takes the same road as every record.
 */

const hidden = { privacy: 'P1', section: 'report', hidden: true } as const;
const cell = {
  table: { ...hidden, type: 'text', max: 40, required: always },
  row: { ...hidden, type: 'text', max: 40, required: always },
  column: { ...hidden, type: 'text', max: 40, required: always },
} as const;

/** The largest sum of money in a cell, in đồng. */
const most = 10_000_000_000_000;
const value = { ...hidden, type: 'decimal', max: most } as const;

export const reportFields = {
  report_type: {
    ...hidden,
    type: 'choice',
    ...fromFigures('report_type'),
    group: 'report',
    required: always,
  },
  year: { ...hidden, type: 'count', plain: true, min: 2015, max: 2100, group: 'report', required: always },
  from: { ...hidden, type: 'date', group: 'report', required: always, since: 2014 },
  to: { ...hidden, type: 'date', group: 'report', required: always, since: 2014 },
  /** As computed when it was handed in; nothing was counted in a cell that is not here. */
  cells: {
    ...hidden,
    type: 'rows',
    group: 'cells',
    max: 1000,
    columns: {
      ...cell,
      value: { ...value, required: always },
      mark: { ...hidden, type: 'choice', ...fromFigures('cell_mark') },
    },
  },
  /** An officer's: it locks what it counts, and what is approved later comes into the next one. */
  closes: { ...hidden, type: 'bool', group: 'cells' },
  counted: { ...hidden, type: 'count', group: 'cells' },
  carried: { ...hidden, type: 'count', group: 'cells' },
  /** Ids of the units that had sent nothing. */
  silent: { ...hidden, type: 'tags', max: 600, group: 'cells' },
  /** The unit’s own figure where it differs from the computed one, and what it expects of the whole year. */
  own: {
    ...hidden,
    type: 'rows',
    max: 200,
    columns: { ...cell, value, estimate: value, reason: { ...hidden, type: 'text', max: 200 } },
  },
  narrative: {
    ...hidden,
    type: 'rows',
    max: 30,
    columns: {
      section: { ...hidden, type: 'text', max: 20, required: always },
      text: { ...hidden, type: 'longText', max: 12_000 },
    },
  },
  note,
} as const satisfies Fields;
