import type { FieldKind } from './field-kind.ts';
import { numberKind } from './number-kind.tsx';

interface DecimalOptions {
  min?: number;
  max?: number;
  /** Decimal places: as many as there are where nothing is said. */
  decimals?: number;
  /** What it counts: `kg`. */
  unit?: string;
}

/** A number with decimals, with the unit that it counts. */
export function decimalField({ min, max, decimals, unit }: DecimalOptions = {}): FieldKind {
  const number = new Intl.NumberFormat(undefined, {
    minimumFractionDigits: decimals ?? 0,
    maximumFractionDigits: decimals ?? 10,
  });
  const behind = unit === undefined ? '' : ` ${unit}`;
  return numberKind({
    min,
    max,
    step: decimals === undefined ? 'any' : String(10 ** -decimals),
    suffix: unit,
    format: (value) => number.format(value) + behind,
  });
}
