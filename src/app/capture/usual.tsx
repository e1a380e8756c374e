import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { isEmpty } from '../../domain/records/field.ts';
import { showNumber } from '../../domain/typed/show.ts';
import { session } from '../session.ts';
import { labelOf, more } from '../text/words.ts';
import { leave, type } from './form-state.ts';
import type { FormState } from './form-state.ts';

/** What is usually entered in each field that the declaration says to remember, the most frequent first. */
export const useUsual = (form: FormState): Readonly<Record<string, readonly unknown[]>> => {
  const [usual, setUsual] = useState({});
  useEffect(() => {
    const read = async (): Promise<void> => {
      const { device, engine } = await session();
      setUsual(await engine.readUsual(device, form.kind));
    };
    void read().catch(() => undefined);
  }, []);
  return usual;
};

type Props = { readonly form: FormState; readonly name: string; readonly values: readonly unknown[] };

/** One tap each, as long as the field is empty. */
export const Usual = ({ form, name, values }: Props): JSX.Element | null => {
  if (values.length === 0 || !isEmpty(form.typed.value[name])) return null;
  const { list } = form.fields[name] ?? {};
  return (
    <div class="chips usual" role="group" aria-label={more.value.form.usual}>
      {values.map((value) => {
        const typed = typeof value === 'number' ? showNumber(value) : String(value);
        return (
          <button
            type="button"
            key={typed}
            class="chip small"
            onClick={() => {
              type(form, name, typed);
              leave(form, name);
            }}
          >
            {list === undefined ? typed : labelOf(list, typed)}
          </button>
        );
      })}
    </div>
  );
};
