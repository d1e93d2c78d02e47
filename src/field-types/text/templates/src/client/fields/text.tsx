import type { FieldKind } from './field-kind.ts';
import { plainText } from './plain-text.ts';
import { TextAreaRow } from './text-area-row.tsx';

/** Text of several lines. */
export function textField({ maxLength }: { maxLength: number }): FieldKind {
  return {
    ...plainText,
    control: (input) => <TextAreaRow input={input} rows={6} maxLength={maxLength} />,
    display: (value, brief) => <span className={brief ? 'line-clamp-2' : 'whitespace-pre-line'}>{value}</span>,
    column: 'none',
    wide: true,
  };
}
