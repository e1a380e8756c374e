import { WandSparkles } from 'lucide';
import type { JSX } from 'preact';
import type { Values } from '../../domain/records/field.ts';
import { outlineOf } from '../../domain/report/outline.ts';
import type { ReportType } from '../../domain/report/tile.ts';
import type { ReportKey, ReportView } from '../../device/report.ts';
import { reportWords } from '../text/report-words.ts';
import { fill, words } from '../text/words.ts';
import { Icon } from '../ui/icon.tsx';
import { toast } from '../ui/toast.tsx';
import { drafted } from './drafted.ts';
import { write } from './report-draft.ts';
import type { ReportDraft } from './report-draft.ts';

type Props = {
  readonly reportKey: ReportKey;
  readonly view: ReportView;
  readonly draft: ReportDraft | null;
};

/** The words of a report’s parts, by their codes. */
export const sectionNames = (type: ReportType): Readonly<Record<string, string>> =>
  reportWords.value.sections[type === 'campaign' ? 'campaign' : 'year'];

/** What was written of each part when the report was handed in. */
export const heldNarrative = (view: ReportView): Readonly<Record<string, string>> =>
  Object.fromEntries(
    ((view.held?.fields['narrative'] ?? []) as Values[]).map((row) => [
      String(row['section']),
      String(row['text'] ?? ''),
    ]),
  );

/** The report’s text, part by part: drafted from the records where she asks for it, and hers to change. */
export const Narrative = ({ reportKey, view, draft }: Props): JSX.Element => {
  const w = reportWords.value;
  const names = sectionNames(reportKey.type);
  const outline = outlineOf(reportKey.type);
  const told = draft === null ? heldNarrative(view) : draft.written.value.narrative;
  const set = (next: Readonly<Record<string, string>>): void => {
    if (draft !== null) write(draft, reportKey, { narrative: next });
  };
  // Only what is empty is drafted: her own words are never written over.
  const fillIn = (): void => {
    const texts = drafted(view.report, view.counted);
    const fresh = [...texts].filter(([code]) => (told[code] ?? '').trim() === '');
    set({ ...told, ...Object.fromEntries(fresh) });
    toast(fill(w.drafted, { n: fresh.length }));
  };
  return (
    <section class="card narrative">
      <h2>{w.narrative}</h2>
      {draft !== null && (
        <p class="actions screen-only">
          <button type="button" class="button plain small" onClick={fillIn}>
            <Icon of={WandSparkles} size={18} /> {w.draftText}
          </button>
          <span class="hint" role="status" data-keeping={draft.keeping.value}>
            {
              { untouched: '', keeping: '', kept: w.keptAt, failed: words.value.form.notKept }[
                draft.keeping.value
              ]
            }
          </span>
        </p>
      )}
      {outline.map(({ code }) =>
        draft === null ? (
          (told[code] ?? '') !== '' && (
            <div key={code}>
              <h3>{names[code]}</h3>
              <p class="told">{told[code]}</p>
            </div>
          )
        ) : (
          <label class="field" key={code}>
            <span class="label">{names[code]}</span>
            <span class="told print-only">{told[code] ?? ''}</span>
            <textarea
              class="screen-only"
              rows={3}
              maxLength={12000}
              value={told[code] ?? ''}
              onInput={(event) => set({ ...told, [code]: event.currentTarget.value })}
            />
          </label>
        ),
      )}
    </section>
  );
};
