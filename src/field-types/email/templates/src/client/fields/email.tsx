import { OutsideLink } from '../app/outside-link.tsx';
import type { FieldKind } from './field-kind.ts';
import { InputRow } from './input-row.tsx';
import { plainText } from './plain-text.ts';

/** An e-mail address, shown as a link that writes to it. */
export function emailField({ maxLength }: { maxLength: number }): FieldKind {
  return {
    ...plainText,
    control: (input) => <InputRow input={input} type="email" maxLength={maxLength} />,
    display: (value) => <OutsideLink address={`mailto:${value}`} />,
  };
}
