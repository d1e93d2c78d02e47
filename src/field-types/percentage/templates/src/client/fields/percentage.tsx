import type { FieldKind } from './field-kind.ts';
import { numberKind } from './number-kind.tsx';

interface PercentageOptions {
  min?: number;
  max?: number;
  /** How many decimal places there may be. */
  decimals?: number;
}

/** A share in percent: 12.5 is shown as 12.5 %. */
export function percentageField({ min = 0, max = 100, decimals = 2 }: PercentageOptions = {}): FieldKind {
  const percent = new Intl.NumberFormat(undefined, { style: 'percent', maximumFractionDigits: decimals });
  return numberKind({
    min,
    max,
    step: String(10 ** -decimals),
    suffix: '%',
    format: (value) => percent.format(value / 100),
  });
}
