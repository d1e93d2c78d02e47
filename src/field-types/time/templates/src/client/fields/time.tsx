import { formatTime } from '../format/dates.ts';
import type { FieldKind } from './field-kind.ts';
import { InputRow } from './input-row.tsx';
import { plainText } from './plain-text.ts';

/** A time of day. */
export function timeField(): FieldKind {
  return {
    ...plainText,
    control: (input) => <InputRow input={input} type="time" />,
    display: (value) => <time dateTime={String(value)}>{formatTime(String(value))}</time>,
  };
}
