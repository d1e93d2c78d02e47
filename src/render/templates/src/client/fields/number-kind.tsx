import type { FieldContent, FieldKind } from './field-kind.ts';
import { InputRow } from './input-row.tsx';

interface NumberKindOptions {
  min?: number | undefined;
  max?: number | undefined;
  /** The step of the input: `0.01`, or `any`. */
  step: string;
  /** Stands behind the input. */
  suffix?: string | undefined;
  /** The number as a person reads it. */
  format: (value: number) => string;
}

/** What kinds of numbers have in common: an input for a number, and a column that is aligned to the right. */
export function numberKind({ min, max, step, suffix, format }: NumberKindOptions): FieldKind {
  return {
    control: (input) => (
      <InputRow
        input={input}
        type="number"
        step={step}
        min={min}
        max={max}
        suffix={suffix}
        hint={boundsHint(min, max)}
      />
    ),
    display: (value) => <span className="tabular-nums">{format(Number(value))}</span>,
    toInput: (value) => (value === null ? '' : String(value)),
    fromInput: numberOf,
    column: 'right',
  };
}

/** The number that a person entered; text that is none stays, for validation to refuse. */
export function numberOf(value: FieldContent): unknown {
  const text = String(value).trim();
  if (text === '') return null;
  const number = Number(text);
  return Number.isNaN(number) ? text : number;
}

function boundsHint(min: number | undefined, max: number | undefined): string | undefined {
  if (min !== undefined && max !== undefined) return `From ${min} to ${max}`;
  if (min !== undefined && min !== 0) return `${min} or more`;
  return max === undefined ? undefined : `${max} or less`;
}
