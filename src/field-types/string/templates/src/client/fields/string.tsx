import type { FieldKind } from './field-kind.ts';
import { InputRow } from './input-row.tsx';
import { plainText } from './plain-text.ts';

/** One line of text. */
export function stringField({ maxLength }: { maxLength: number }): FieldKind {
  return {
    ...plainText,
    control: (input) => <InputRow input={input} type="text" maxLength={maxLength} />,
    display: (value) => value,
  };
}
