import type { InputHTMLAttributes } from 'react';
import { FormRow } from '../records/form/form-row.tsx';
import type { ControlInput } from './field-kind.ts';

interface InputRowProps extends Omit<InputHTMLAttributes<HTMLInputElement>, 'onChange' | 'value'> {
  input: ControlInput;
  hint?: string | undefined;
  /** Stands behind the input: what a number counts. */
  suffix?: string | undefined;
}

/** The row of a form with one `<input>`. */
export function InputRow({ input, hint, suffix, ...attributes }: InputRowProps) {
  const { name, label, required, value, problem, onChange } = input;
  return (
    <FormRow name={name} label={label} required={required} hint={hint} problem={problem}>
      {(control) => {
        const own = (
          <input
            {...control}
            {...attributes}
            name={name}
            className="field"
            value={String(value)}
            onChange={(event) => onChange(event.target.value)}
          />
        );
        if (suffix === undefined) return own;
        return (
          <div className="flex max-w-xs items-center gap-2">
            {own}
            <span className="shrink-0 text-muted text-sm">{suffix}</span>
          </div>
        );
      }}
    </FormRow>
  );
}
