import { X } from 'lucide';
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { CellName } from '../../domain/report/report.ts';
import { readBehind } from '../../device/report.ts';
import type { ReportKey } from '../../device/report.ts';
import type { Scope } from '../../protocol/scope.ts';
import { RecordLink } from '../list/record-row.tsx';
import { useStored } from '../stored.ts';
import { reportWords } from '../text/report-words.ts';
import { fill, more, words } from '../text/words.ts';
import { Icon } from '../ui/icon.tsx';

type Props = {
  readonly reportKey: ReportKey;
  readonly cell: CellName;
  /** What its row is called. */
  readonly row: string;
  readonly scope: Scope;
  /** Records that come late from an earlier report. */
  readonly carried: ReadonlySet<string>;
  readonly close: () => void;
};

/** Drawn at once; a province’s cell may have thousands behind it. */
const mostShown = 200;

/** The records that make a number up. */
export const Behind = ({ reportKey, cell, row, scope, carried, close }: Props): JSX.Element => {
  const dialog = useRef<HTMLDialogElement>(null);
  const { table, column } = cell;
  const found = useStored(
    ({ device }) => readBehind(device, scope, reportKey, cell),
    `behind-${JSON.stringify([reportKey, cell])}`,
  ).value;
  useEffect(() => dialog.current?.showModal(), []);
  const w = reportWords.value;
  const names = w.columns as Readonly<Record<string, string>>;
  return (
    <dialog ref={dialog} class="behind" aria-labelledby="behind-title" onClose={close}>
      <header>
        <h2 id="behind-title">{w.behind}</h2>
        <button
          type="button"
          class="icon-button"
          aria-label={words.value.common.close}
          onClick={() => dialog.current?.close()}
        >
          <Icon of={X} />
        </button>
      </header>
      <p class="quiet">
        {[(w.tables as Readonly<Record<string, string>>)[table], row, names[column]]
          .filter(Boolean)
          .join(' · ')}
      </p>
      {found === undefined ? (
        <p class="empty">{words.value.common.loading}</p>
      ) : (
        <>
          <p class="hint">{fill(more.value.list.count, { n: found.length })}</p>
          {found.length > mostShown && <p class="hint">{fill(w.behindCut, { n: mostShown })}</p>}
          <div class="record-list">
            {found.slice(0, mostShown).map((item) => (
              <div key={item.record.id}>
                <RecordLink item={item} scope={scope} href={`/nhat-ky/${item.record.id}`} />
                {carried.has(item.record.id) && <p class="hint">{w.carriedMark}</p>}
              </div>
            ))}
          </div>
        </>
      )}
    </dialog>
  );
};
