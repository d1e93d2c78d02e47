import type { ReactNode } from 'react';
import { FormRow } from '../records/form/form-row.tsx';
import type { ControlInput } from './field-kind.ts';

interface TextAreaRowProps {
  input: ControlInput;
  rows: number;
  maxLength: number;
  autoComplete?: string;
  hint?: string;
  /** Stands below the text. */
  children?: ReactNode;
}

/** The row of a form with a text of several lines. */
export function TextAreaRow({ input, rows, maxLength, autoComplete, hint, children }: TextAreaRowProps) {
  const { name, label, required, value, problem, onChange } = input;
  return (
    <FormRow name={name} label={label} required={required} hint={hint} problem={problem}>
      {(control) => (
        <>
          <textarea
            {...control}
            name={name}
            className="field"
            rows={rows}
            maxLength={maxLength}
            autoComplete={autoComplete}
            value={String(value)}
            onChange={(event) => onChange(event.target.value)}
          />
          {children}
        </>
      )}
    </FormRow>
  );
}
