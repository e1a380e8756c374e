import { GitCompareArrows } from 'lucide';
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { RecordState } from '../../domain/change.ts';
import { conflictsOf } from '../../domain/conflict.ts';
import type { Conflict } from '../../domain/conflict.ts';
import type { Values } from '../../domain/records/field.ts';
import type { Scope } from '../../protocol/scope.ts';
import { saveAndSend } from '../send.ts';
import { troubleText } from '../text/trouble-text.ts';
import { personName } from '../text/person-name.ts';
import { unitName } from '../text/unit-name.ts';
import { capitalised, fill, more } from '../text/words.ts';
import { Icon } from '../ui/icon.tsx';
import { toast } from '../ui/toast.tsx';
import { Versions } from './versions.tsx';

/** Where two people wrote the same: both values side by side, and the choice for those of the record’s unit. */
export const Conflicts = ({ record, scope }: { record: RecordState; scope: Scope | null }): JSX.Element => (
  <>
    {scope !== null &&
      conflictsOf(record).map((conflict) => (
        <OneConflict key={conflict.rev} record={record} conflict={conflict} scope={scope} />
      ))}
  </>
);

type Props = { readonly record: RecordState; readonly conflict: Conflict; readonly scope: Scope };

const OneConflict = ({ record, conflict, scope }: Props): JSX.Element => {
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const w = more.value.conflict;
  const { by, of, lost } = conflict;
  const me = scope.me.account;
  const who = { by: personName(by, scope), of: personName(of, scope) };
  const names = Object.keys(lost);
  const standing: Values = Object.fromEntries(names.map((name) => [name, record.fields[name]]));
  const choose = async (patch: Values): Promise<void> => {
    if (busy) return;
    setBusy(true);
    try {
      const { kind, unit, id } = record;
      await saveAndSend([{ record: id, deed: { do: 'save', kind, unit, patch } }]);
      toast(w.chosen);
    } catch (error) {
      setProblem(troubleText(error));
    } finally {
      setBusy(false);
    }
  };
  const replaced = {
    label: of === me ? w.mine : fill(w.theirs, { who: who.of }),
    button: of === me ? w.keepMine : fill(w.useTheirs, { who: who.of }),
    values: lost,
  };
  const current = {
    label: by === me ? w.mine : w.server,
    button: by === me ? w.keepMine : w.useServer,
    values: standing,
  };
  // Her own comes first, whichever of the two it is.
  const versions = by === me ? [current, replaced] : [replaced, current];
  return (
    <section class="note warn" aria-label={w.title}>
      <h2>
        <Icon of={GitCompareArrows} /> {w.title}
      </h2>
      <p>{capitalised(fill(w.text, who))}</p>
      <Versions
        kind={record.kind}
        names={names}
        versions={versions.map(({ label, button, values }) => ({
          label,
          values,
          record: record.id,
          action: scope.me.unit === record.unit && (
            <button
              type="button"
              class="button small plain"
              disabled={busy}
              onClick={() => void choose(values)}
            >
              {button}
            </button>
          ),
        }))}
      />
      {scope.me.unit !== record.unit && (
        <p class="hint">{fill(w.unitChooses, { unit: unitName(record, scope) ?? '' })}</p>
      )}
      {problem !== null && (
        <p class="message error" role="alert">
          {problem}
        </p>
      )}
    </section>
  );
};
