import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Finding } from '../../domain/records/field.ts';
import { session } from '../session.ts';
import { saveAndSend } from '../send.ts';
import { findingsText, troubleText } from '../text/trouble-text.ts';
import { fieldLabel, fill, more } from '../text/words.ts';
import { toast } from '../ui/toast.tsx';
import { sheetColumns } from './sheet-columns.ts';
import type { SheetLine } from './plan-sheet.ts';

/** A plan that stands in a sheet already is pasted or chosen as a file; each line is judged before anything is saved. */
export const PlanImport = ({ unit }: { unit: string }): JSX.Element => {
  const [text, setText] = useState('');
  const [lines, setLines] = useState<readonly SheetLine[] | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const w = more.value.plan;
  const put = (next: string): void => {
    setText(next);
    setLines(null);
    setProblem(null);
  };
  const look = async (): Promise<void> => {
    const [{ readSheet }, { device, engine }] = await Promise.all([import('./plan-sheet.ts'), session()]);
    const read = readSheet(text, (await engine.readSealedMeta(device, 'scope'))?.tasks);
    if (read === null || read.length === 0) return setProblem(w.notRead);
    setLines(read);
  };
  const wrong = (lines ?? []).filter(({ findings }) => findings.length > 0);
  const save = async (): Promise<void> => {
    if (lines === null || busy) return;
    setBusy(true);
    try {
      const { device, engine } = await session();
      const doings = [];
      for (const { values } of lines) {
        const deed = { do: 'save', kind: 'plan', unit, patch: values } as const;
        doings.push({ record: await engine.newRecordId(device), deed });
      }
      await saveAndSend(doings);
      toast(fill(w.imported, { n: lines.length }));
      put('');
    } catch (error) {
      setProblem(troubleText(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <details class="card">
      <summary>
        <h2>{w.import}</h2>
      </summary>
      <div class="stack">
        <p class="hint">
          {w.columns} <strong>{sheetColumns.map((name) => fieldLabel(name, 'plan')).join(' | ')}</strong>
        </p>
        <label class="field">
          <span class="label">{w.paste}</span>
          <textarea rows={5} value={text} onInput={(event) => put(event.currentTarget.value)} />
        </label>
        <label class="field">
          <span class="label">{w.file}</span>
          <input
            type="file"
            accept=".csv,.tsv,.txt,text/csv"
            onChange={(event) => {
              const file = event.currentTarget.files?.[0];
              if (file !== undefined) void file.text().then(put, () => setProblem(w.notRead));
            }}
          />
        </label>
        {problem !== null && (
          <p class="message error" role="alert">
            {problem}
          </p>
        )}
        {wrong.length > 0 && (
          <div class="note bad" role="alert">
            <p>{fill(w.wrongLines, { n: wrong.length })}</p>
            <ul>
              {wrong.slice(0, 20).map(({ line, findings }) => (
                <li key={line}>{wrongText(line, findings)}</li>
              ))}
            </ul>
          </div>
        )}
        {lines === null || wrong.length > 0 ? (
          <button
            type="button"
            class="button plain"
            disabled={text.trim() === ''}
            onClick={() => void look()}
          >
            {w.look}
          </button>
        ) : (
          <button type="button" class="button" disabled={busy} onClick={() => void save()}>
            {fill(w.addLines, { n: lines.length })}
          </button>
        )}
      </div>
    </details>
  );
};

const wrongText = (line: number, findings: readonly Finding[]): string =>
  `${fill(more.value.plan.line, { n: line })}: ${findingsText(findings, 'plan')}`;
