import type { ComponentChildren, JSX } from 'preact';
import type { Values } from '../../domain/records/field.ts';
import { kinds } from '../../domain/records/kinds.ts';
import type { Kind } from '../../domain/records/kinds.ts';
import { capitalised, fieldLabel } from '../text/words.ts';
import { FieldValue } from './field-value.tsx';

export type Version = {
  readonly label: string;
  readonly values: Values;
  /** The record whose photos these are. */
  readonly record: string;
  readonly action?: ComponentChildren;
};

type Props = {
  readonly kind: Kind;
  readonly names: readonly string[];
  readonly versions: readonly Version[];
};

/** The same fields as two tell them, side by side; one below the other on a narrow screen. */
export const Versions = ({ kind, names, versions }: Props): JSX.Element => (
  <div class="versions">
    {versions.map(({ label, values, record, action }) => (
      <div class="version" key={label}>
        <h3>{capitalised(label)}</h3>
        <dl>
          {names.map((name) => {
            const field = kinds[kind].fields[name];
            return field === undefined ? null : (
              <div key={name}>
                <dt>{fieldLabel(name, kind)}</dt>
                <dd>
                  <FieldValue name={name} field={field} value={values[name]} record={record} />
                </dd>
              </div>
            );
          })}
        </dl>
        {action}
      </div>
    ))}
  </div>
);
