import { Camera, Images, X } from 'lucide';
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Evidence } from '../../domain/records/field.ts';
import { draftStore, session } from '../session.ts';
import { PhotoView } from '../record/photo-view.tsx';
import { fill, more } from '../text/words.ts';
import { Icon } from '../ui/icon.tsx';
import { leave, type } from './form-state.ts';
import type { FormState } from './form-state.ts';
import type { InputProps } from './inputs.tsx';

/** The form's id, taken when a photo comes before the first letter. */
const idOf = async (form: FormState): Promise<string> => {
  const { device, drafts } = await draftStore();
  return (form.id.value ??= await drafts.newRecordId(device));
};

/** Photos as evidence: taken or chosen, made small on the phone and without the place, kept until the server has them. */
export const EvidenceInput = ({ form, name }: InputProps): JSX.Element => {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const w = more.value.form.photo;
  const most = form.fields[name]?.max ?? 5;
  const photos = (form.typed.value[name] ?? []) as Evidence[];
  const set = (next: readonly Evidence[]): void => type(form, name, next);
  const put = (at: number, changed: Partial<Evidence>): void =>
    set(photos.map((photo, i) => (i === at ? { ...photo, ...changed } : photo)));
  const add = async (files: readonly File[]): Promise<void> => {
    setBusy(true);
    setProblem(null);
    try {
      const { shrink } = await import('./shrink.ts');
      const { device, engine } = await session();
      const record = await idOf(form);
      for (const file of files.slice(0, most - photos.length)) {
        const bytes = await shrink(file);
        if (bytes === null) {
          setProblem(w.unread);
          continue;
        }
        const sha256 = await engine.keepPhoto(device, record, bytes);
        const held = (form.typed.value[name] ?? []) as Evidence[];
        if (!held.some((photo) => photo.sha256 === sha256))
          set([...held, { kind: 'photo', caption: null, sha256, consent: false }]);
      }
    } catch {
      setProblem(w.full);
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <p class="hint">{w.hint}</p>
      <ul class="photos">
        {photos.map((photo, i) => (
          <li key={photo.sha256}>
            <PhotoView sha256={photo.sha256} alt={fill(w.alt, { n: i + 1 })} />
            <input
              aria-label={`${w.caption} ${i + 1}`}
              placeholder={w.caption}
              maxLength={200}
              value={photo.caption ?? ''}
              onInput={(event) => put(i, { caption: event.currentTarget.value || null })}
              onBlur={() => leave(form, name)}
            />
            <label class="check">
              <input
                type="checkbox"
                checked={photo.consent}
                onChange={(event) => put(i, { consent: event.currentTarget.checked })}
              />
              {w.consent}
            </label>
            <button
              type="button"
              class="icon-button"
              aria-label={fill(w.remove, { n: i + 1 })}
              onClick={() => set(photos.filter((_, at) => at !== i))}
            >
              <Icon of={X} />
            </button>
          </li>
        ))}
      </ul>
      {busy && (
        <p class="hint" role="status">
          {w.shrinking}
        </p>
      )}
      {problem !== null && (
        <p class="message error" role="alert">
          {problem}
        </p>
      )}
      {photos.length < most ? (
        <div class="actions">
          <PickButton label={w.take} icon={Camera} camera busy={busy} add={add} />
          <PickButton label={w.choose} icon={Images} busy={busy} add={add} />
        </div>
      ) : (
        <p class="hint">{fill(w.most, { n: most })}</p>
      )}
    </>
  );
};

type PickProps = {
  readonly label: string;
  readonly icon: typeof Camera;
  readonly camera?: boolean;
  readonly busy: boolean;
  readonly add: (files: readonly File[]) => Promise<void>;
};

const PickButton = ({ label, icon, camera = false, busy, add }: PickProps): JSX.Element => (
  <label class={`button small plain ${busy ? 'off' : ''}`}>
    <Icon of={icon} size={18} /> {label}
    <input
      class="sr-only"
      type="file"
      accept="image/*"
      disabled={busy}
      multiple={!camera}
      {...(camera ? { capture: 'environment' } : {})}
      onClick={(event) => (event.currentTarget.value = '')}
      onChange={(event) => void add([...(event.currentTarget.files ?? [])])}
    />
  </label>
);
