import type { FieldKind } from './field-kind.ts';

/** The part of a kind whose values are texts that the control holds as they are. */
export const plainText = {
  toInput: (value) => (value === null ? '' : String(value)),
  fromInput: (value) => String(value).trim() || null,
  column: 'left',
} satisfies Partial<FieldKind>;
