import { formatDay } from '../format/dates.ts';
import type { FieldKind } from './field-kind.ts';
import { InputRow } from './input-row.tsx';
import { plainText } from './plain-text.ts';

/** A day of the calendar. */
export function dateField(): FieldKind {
  return {
    ...plainText,
    control: (input) => <InputRow input={input} type="date" />,
    display: (value) => <time dateTime={String(value)}>{formatDay(String(value))}</time>,
  };
}
