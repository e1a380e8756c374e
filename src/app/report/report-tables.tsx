import type { JSX } from 'preact';
import type { CellName } from '../../domain/report/report.ts';
import { reportWords } from '../text/report-words.ts';
import type { PaperCell, PaperRow, PaperTable } from './paper-tables.ts';

type Props = {
  readonly tables: readonly PaperTable[];
  /** Opens the records behind a cell; absent where there are none on this phone. */
  readonly open?: ((cell: CellName) => void) | undefined;
};

/** The tables of a report. Each scrolls by itself on a narrow screen; its first column stays. */
export const ReportTables = ({ tables, open }: Props): JSX.Element => (
  <>
    {tables.map((table) => (
      <section class="card report-table" key={table.name}>
        <h2>{table.title}</h2>
        {table.rows.length === 0 && table.total === null ? (
          <p class="empty small">{reportWords.value.emptyTable}</p>
        ) : (
          <div class="table-scroll" tabIndex={0} role="group" aria-label={table.title}>
            <table class="rows">
              <thead>
                <tr>
                  <th scope="col">{table.head}</th>
                  {table.columns.map(({ name, label }) => (
                    <th scope="col" key={name}>
                      {label}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {table.rows.map((row) => (
                  <Line key={row.code} table={table} row={row} open={open} />
                ))}
              </tbody>
              {table.total !== null && (
                <tfoot>
                  <Line table={table} row={table.total} open={open} />
                </tfoot>
              )}
            </table>
          </div>
        )}
        {table.note !== null && <p class="hint">{table.note}</p>}
      </section>
    ))}
  </>
);

/** Of these no records may be opened one by one, or there are none. */
const sealed = ['support', 'indicators'];

const Line = ({
  table,
  row,
  open,
}: {
  table: PaperTable;
  row: PaperRow;
  open: Props['open'];
}): JSX.Element => (
  <tr>
    <th scope="row">{row.label}</th>
    {row.cells.map((cell, i) => (
      <td key={cell.column}>
        {open === undefined || sealed.includes(table.name) || !isOpenable(cell) ? (
          cell.text
        ) : (
          <button
            type="button"
            class="cell"
            aria-label={`${row.label}, ${table.columns[i]?.label ?? ''}: ${cell.text}`}
            onClick={() => open({ table: table.name, row: row.code, column: cell.column })}
          >
            {cell.text}
          </button>
        )}
      </td>
    ))}
  </tr>
);

const isOpenable = ({ value }: PaperCell): boolean => value !== null && value !== 0;
