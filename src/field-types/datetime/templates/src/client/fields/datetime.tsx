import { formatMoment, fromLocalInput, toLocalInput } from '../format/dates.ts';
import type { FieldKind } from './field-kind.ts';
import { InputRow } from './input-row.tsx';

/** A moment, entered and shown in the time zone of whoever looks. */
export function datetimeField(): FieldKind {
  return {
    control: (input) => <InputRow input={input} type="datetime-local" />,
    display: (value) => <time dateTime={String(value)}>{formatMoment(String(value))}</time>,
    toInput: (value) => (value === null ? '' : toLocalInput(String(value))),
    fromInput: (value) => (value === '' ? null : fromLocalInput(String(value))),
    column: 'left',
  };
}
