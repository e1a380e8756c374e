/** The columns of a plan in a sheet, in this order; the last ones may be left out. */
export const sheetColumns = [
  'title',
  'start_date',
  'end_date',
  'quantity',
  'host_org',
  'task_codes',
  'form',
] as const;
