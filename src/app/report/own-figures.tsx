import type { JSX } from 'preact';
import { headlines } from '../../domain/report/headlines.ts';
import type { Headline } from '../../domain/report/headlines.ts';
import type { Report } from '../../domain/report/report.ts';
import { showNumber } from '../../domain/typed/show.ts';
import type { ReportKey } from '../../device/report.ts';
import { reportWords } from '../text/report-words.ts';
import { fill } from '../text/words.ts';
import { headlineIn, headlineName, showDifference } from './own-table.ts';
import { keyOf, noFigure, readFigure, write } from './report-draft.ts';
import type { OwnFigure, ReportDraft } from './report-draft.ts';

type Props = {
  readonly reportKey: ReportKey;
  readonly report: Report;
  readonly lastYear: Report;
  readonly draft: ReportDraft;
};

/** Where the unit puts its own figures beside the computed ones, says why they differ, and what it expects of the year. */
export const OwnFigures = ({ reportKey, report, lastYear, draft }: Props): JSX.Element => {
  const w = reportWords.value;
  const withEstimate = reportKey.type === 'year';
  return (
    <section class="card report-table">
      <h2>{w.own}</h2>
      <p class="hint screen-only">{w.ownHint}</p>
      <div class="table-scroll" tabIndex={0} role="group" aria-label={w.own}>
        <table class="rows">
          <thead>
            <tr>
              <td />
              <th scope="col">{w.lastYear}</th>
              <th scope="col">{w.computed}</th>
              <th scope="col">{w.own}</th>
              <th scope="col">{w.difference}</th>
              {withEstimate && <th scope="col">{w.estimate}</th>}
              <th scope="col">{w.reason}</th>
            </tr>
          </thead>
          <tbody>
            {headlines.map((headline) => (
              <Line
                key={keyOf(headline)}
                headline={headline}
                reportKey={reportKey}
                computed={headlineIn(report.tables, headline)}
                before={headlineIn(lastYear.tables, headline)}
                draft={draft}
                withEstimate={withEstimate}
              />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
};

type LineProps = {
  readonly headline: Headline;
  readonly reportKey: ReportKey;
  readonly computed: number | null;
  readonly before: number | null;
  readonly draft: ReportDraft;
  readonly withEstimate: boolean;
};

const shown = (value: number | null): string => (value === null ? '' : showNumber(value));

const Line = ({ headline, reportKey, computed, before, draft, withEstimate }: LineProps): JSX.Element => {
  const w = reportWords.value;
  const key = keyOf(headline);
  const name = headlineName(headline);
  const typed = draft.written.value.own[key] ?? noFigure;
  const set = (next: Partial<OwnFigure>): void =>
    write(draft, reportKey, { own: { ...draft.written.value.own, [key]: { ...typed, ...next } } });
  const value = readFigure(typed.value, headline.unit);
  const number = (label: string, part: 'value' | 'estimate'): JSX.Element => {
    const isWrong = readFigure(typed[part], headline.unit) === undefined;
    return (
      <>
        <input
          type="text"
          inputMode="numeric"
          maxLength={20}
          aria-label={fill(label, { name })}
          aria-invalid={isWrong}
          value={typed[part]}
          onInput={(event) => set({ [part]: event.currentTarget.value })}
        />
        {isWrong && (
          <span class="message error" role="alert">
            {w.wrongNumber}
          </span>
        )}
      </>
    );
  };
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>{shown(before)}</td>
      <td>{shown(computed)}</td>
      <td>{number(w.ownOf, 'value')}</td>
      <td>{value == null ? '' : showDifference(value - (computed ?? 0))}</td>
      {withEstimate && <td>{number(w.estimateOf, 'estimate')}</td>}
      <td>
        <input
          type="text"
          class="reason"
          maxLength={200}
          aria-label={fill(w.reasonOf, { name })}
          value={typed.reason}
          onInput={(event) => set({ reason: event.currentTarget.value })}
        />
      </td>
    </tr>
  );
};
