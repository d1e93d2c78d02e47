import { formatDuration, parseDuration } from '../../shared/fields/duration.ts';
import type { FieldKind } from './field-kind.ts';
import { InputRow } from './input-row.tsx';

/** A length of time, kept in minutes, and written as people write it. */
export function durationField(): FieldKind {
  return {
    control: (input) => (
      <InputRow input={input} type="text" hint="Such as 1 h 30 min, 1:30 or 45 min" placeholder="0 min" />
    ),
    display: (value) => <span className="whitespace-nowrap tabular-nums">{formatDuration(Number(value))}</span>,
    toInput: (value) => (value === null ? '' : formatDuration(Number(value))),
    fromInput: (value) => {
      const text = String(value).trim();
      return text === '' ? null : (parseDuration(text) ?? text);
    },
    column: 'right',
  };
}
