import type { InputHTMLAttributes, ReactNode } from 'react';

import type { FieldName } from './profile-fields.js';

/** Props of {@link Field}: those of its input, and what stands around it. */
export interface FieldProps extends Pick<
  InputHTMLAttributes<HTMLInputElement>,
  'autoComplete' | 'defaultValue' | 'inputMode' | 'type'
> {
  readonly name: FieldName;
  readonly label: string;
  readonly hint?: string;
  readonly error: string | undefined;
  /** Takes half of the row on wide screens. Default: false. */
  readonly isHalf?: boolean;
  /** Choices; makes the field a list. */
  readonly options?: readonly { readonly code: string; readonly name: string }[];
}

/** A labelled field with its hint and its error. */
export function Field(props: FieldProps): ReactNode {
  const { name, label, hint, error, isHalf = false, options, ...input } = props;
  const errorId = `${name}-error`;
  const hintId = `${name}-hint`;
  const describedBy = [error && errorId, hint && hintId].filter(Boolean).join(' ');
  const shared = {
    id: name,
    name,
    'aria-invalid': error !== undefined,
    ...(describedBy === '' ? {} : { 'aria-describedby': describedBy }),
  };
  return (
    <div className={isHalf ? 'field field-half' : 'field'}>
      <label htmlFor={name}>{label}</label>
      {options === undefined ? (
        <input {...shared} {...input} />
      ) : (
        <select {...shared} defaultValue={input.defaultValue} autoComplete={input.autoComplete}>
          <option value="">Choose</option>
          {options.map(({ code, name: optionName }) => (
            <option key={code} value={code}>
              {optionName}
            </option>
          ))}
        </select>
      )}
      {hint === undefined ? null : (
        <p className="field-hint" id={hintId}>
          {hint}
        </p>
      )}
      {error === undefined ? null : (
        <p className="field-error" id={errorId}>
          {error}
        </p>
      )}
    </div>
  );
}
