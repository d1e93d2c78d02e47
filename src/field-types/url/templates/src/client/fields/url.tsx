import { OutsideLink } from '../app/outside-link.tsx';
import type { FieldKind } from './field-kind.ts';
import { InputRow } from './input-row.tsx';
import { plainText } from './plain-text.ts';

/** An address of the web, shown as a link. */
export function urlField({ maxLength }: { maxLength: number }): FieldKind {
  return {
    ...plainText,
    control: (input) => <InputRow input={input} type="url" maxLength={maxLength} />,
    display: (value) => <OutsideLink address={String(value)} />,
    column: 'none',
  };
}
