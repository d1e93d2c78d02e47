import type { FieldKind } from './field-kind.ts';
import { plainText } from './plain-text.ts';
import { TextAreaRow } from './text-area-row.tsx';

/** A postal address, line by line. */
export function addressField({ maxLength }: { maxLength: number }): FieldKind {
  return {
    ...plainText,
    control: (input) => (
      <TextAreaRow
        input={input}
        rows={4}
        maxLength={maxLength}
        autoComplete="street-address"
        hint="Street, postcode and town, country: each on its own line"
      />
    ),
    display: (value, brief) =>
      brief ? (
        <span className="line-clamp-2">{String(value).replace(/\s*\n\s*/g, ', ')}</span>
      ) : (
        <address className="whitespace-pre-line not-italic">{value}</address>
      ),
  };
}
