import type { FieldKind } from './field-kind.ts';
import { numberKind } from './number-kind.tsx';

const wholeNumber = new Intl.NumberFormat(undefined, { maximumFractionDigits: 0 });

/** A whole number, with the unit that it counts. */
export function integerField({ min, max, unit }: { min?: number; max?: number; unit?: string } = {}): FieldKind {
  const behind = unit === undefined ? '' : ` ${unit}`;
  return numberKind({ min, max, step: '1', suffix: unit, format: (value) => wholeNumber.format(value) + behind });
}
