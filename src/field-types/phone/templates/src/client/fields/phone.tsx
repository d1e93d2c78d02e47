import { OutsideLink } from '../app/outside-link.tsx';
import type { FieldKind } from './field-kind.ts';
import { InputRow } from './input-row.tsx';
import { plainText } from './plain-text.ts';

/** A telephone number, shown as a link that calls it. */
export function phoneField({ maxLength }: { maxLength: number }): FieldKind {
  return {
    ...plainText,
    control: (input) => <InputRow input={input} type="tel" maxLength={maxLength} />,
    display: (value) => <OutsideLink address={`tel:${String(value).replace(/[^+\d]/g, '')}`}>{value}</OutsideLink>,
  };
}
