import { CalendarPlus, RefreshCcwDot } from 'lucide';
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { RecordState } from '../../domain/change.ts';
import { modelLists } from '../../domain/records/model-lists.ts';
import { showDate } from '../../domain/typed/show.ts';
import type { Child } from '../../device/read.ts';
import type { Scope } from '../../protocol/scope.ts';
import { RecordLink } from '../list/record-row.tsx';
import { saveAndSend } from '../send.ts';
import { formsAsked } from '../session.ts';
import { useStored } from '../stored.ts';
import { troubleText } from '../text/trouble-text.ts';
import { fieldLabel, fill, labelOf, more } from '../text/words.ts';
import { Icon } from '../ui/icon.tsx';
import { RadioChip } from '../ui/radio-chip.tsx';
import { toast } from '../ui/toast.tsx';

type Props = {
  readonly record: RecordState;
  readonly scope: Scope | null;
  readonly mayAssess: boolean;
  /** She may add to it. */
  readonly own: boolean;
};

/** What has happened to a model: where it stands, its figures, and how the reviewer judges it. */
export const ModelParts = ({ record, scope, mayAssess, own }: Props): JSX.Element => {
  const children = useStored(
    ({ device, engine }) => engine.readChildren(device, record.id),
    `children-${record.id}`,
  ).value;
  const w = more.value.model;
  const statuses = (children ?? []).filter((child) => child.record.kind === 'model_status');
  const periods = (children ?? []).filter((child) => child.record.kind === 'model_period');
  const add = (kind: string): string => `/ghi?loai=${kind}&cua=${record.id}`;
  return (
    <>
      <section class="card">
        <h2>{w.status}</h2>
        <p>
          <strong>{currentStatus(record, statuses)}</strong>
        </p>
        <div class="record-list">
          {statuses.map((item) => (
            <RecordLink key={item.record.id} item={item} scope={scope} href={`/nhat-ky/${item.record.id}`} />
          ))}
        </div>
        {own && (
          <a class="button small plain" href={add('model_status')} onClick={() => formsAsked.value++}>
            <Icon of={RefreshCcwDot} size={18} /> {w.changeStatus}
          </a>
        )}
      </section>
      <section class="card">
        <h2>{w.figures}</h2>
        {children !== undefined && periods.length === 0 && <p class="empty small">{w.noFigures}</p>}
        <div class="record-list">
          {periods.map((item) => (
            <div key={item.record.id}>
              <RecordLink item={item} scope={scope} href={`/nhat-ky/${item.record.id}`} />
              <p class="quiet">{figuresText(item)}</p>
            </div>
          ))}
        </div>
        {own && (
          <a class="button" href={add('model_period')} onClick={() => formsAsked.value++}>
            <Icon of={CalendarPlus} size={18} /> {w.newFigures}
          </a>
        )}
      </section>
      {mayAssess && <Assessment record={record} />}
    </>
  );
};

/** The latest status that was entered; before the first, whether the model has begun. */
const currentStatus = ({ fields }: RecordState, statuses: readonly Child[]): string => {
  const [latest] = statuses;
  const w = more.value.model;
  if (latest === undefined)
    return fields['planned'] === true ? w.planned : labelOf('model_status', 'dang_hoat_dong');
  const { status, status_date } = latest.record.fields;
  return `${labelOf('model_status', String(status))} ${fill(w.since, { date: showDate(String(status_date)) })}`;
};

const figuresText = ({ record, companion }: Child): string => {
  const w = more.value.model;
  const persons = companion?.fields['persons_supported'];
  return [
    fill(w.meetings, { n: Number(record.fields['meetings'] ?? 0) }),
    ...(typeof persons === 'number' ? [fill(w.persons, { n: persons })] : []),
  ].join(' · ');
};

/** How well the model works and whether others should have one: the reviewer's to say, at any time. */
const Assessment = ({ record }: { record: RecordState }): JSX.Element => {
  const [effectiveness, setEffectiveness] = useState(
    String(record.fields['effectiveness'] ?? 'chua_danh_gia'),
  );
  const [replicate, setReplicate] = useState(record.fields['replicate_proposed'] === true);
  const [problem, setProblem] = useState<string | null>(null);
  const w = more.value.model;
  const keep = async (): Promise<void> => {
    const patch = { effectiveness, replicate_proposed: replicate && effectiveness === 'tot' };
    try {
      const { id, kind, unit } = record;
      await saveAndSend([{ record: id, deed: { do: 'save', kind, unit, patch } }]);
      toast(w.assessed);
      setProblem(null);
    } catch (error) {
      setProblem(troubleText(error));
    }
  };
  return (
    <section class="card stack">
      <h2>{more.value.form.sections.assessment}</h2>
      <fieldset class="field">
        <legend class="label">{fieldLabel('effectiveness', 'model')}</legend>
        <div class="chips">
          {modelLists.effectiveness.map((code) => (
            <RadioChip
              key={code}
              name="effectiveness"
              checked={effectiveness === code}
              label={labelOf('effectiveness', code)}
              choose={() => setEffectiveness(code)}
            />
          ))}
        </div>
      </fieldset>
      {effectiveness === 'tot' && (
        <label class="check">
          <input
            type="checkbox"
            checked={replicate}
            onChange={(event) => setReplicate(event.currentTarget.checked)}
          />
          {fieldLabel('replicate_proposed', 'model')}
        </label>
      )}
      {problem !== null && (
        <p class="message error" role="alert">
          {problem}
        </p>
      )}
      <button type="button" class="button plain" onClick={() => void keep()}>
        {w.assess}
      </button>
    </section>
  );
};
