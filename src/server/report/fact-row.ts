import type { Fact } from '../../domain/report/fact.ts';
import type { Tables } from '../sql/tables.ts';

/** What counts of a record, from its row; the row says in columns what is asked for in SQL. */
export const factFrom = ({ record, unit, kind, last_day, received, fact_json }: Tables['fact']): Fact => ({
  id: record,
  unit,
  kind,
  to: last_day,
  received,
  ...(JSON.parse(fact_json) as Omit<Fact, 'id' | 'unit' | 'kind' | 'to' | 'received'>),
});
