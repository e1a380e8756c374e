import { FileDown, Printer, Sheet } from 'lucide';
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { reportWords } from '../text/report-words.ts';
import { Icon } from '../ui/icon.tsx';
import { toast } from '../ui/toast.tsx';
import type { Making } from './files.ts';

/** The report as Word, Excel, CSV or on paper. */
export const FileButtons = ({ make }: { make: Making }): JSX.Element => {
  const [busy, setBusy] = useState(false);
  const w = reportWords.value;
  const run = async (kind: 'docx' | 'xlsx' | 'csv'): Promise<void> => {
    if (busy) return;
    setBusy(true);
    try {
      const { download } = await import('./files.ts');
      await download(kind, make);
    } catch {
      toast(w.notMade);
    } finally {
      setBusy(false);
    }
  };
  return (
    <div class="actions screen-only">
      <button type="button" class="button plain small" disabled={busy} onClick={() => void run('docx')}>
        <Icon of={FileDown} size={18} /> {busy ? w.making : w.docx}
      </button>
      <button type="button" class="button plain small" disabled={busy} onClick={() => void run('xlsx')}>
        <Icon of={Sheet} size={18} /> {w.xlsx}
      </button>
      <button type="button" class="button plain small" disabled={busy} onClick={() => void run('csv')}>
        {w.csv}
      </button>
      <button type="button" class="button plain small" onClick={() => window.print()}>
        <Icon of={Printer} size={18} /> {w.print}
      </button>
    </div>
  );
};
