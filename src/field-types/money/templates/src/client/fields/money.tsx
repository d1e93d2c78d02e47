import type { FieldKind } from './field-kind.ts';
import { numberKind } from './number-kind.tsx';

interface MoneyOptions {
  min?: number;
  max?: number;
  /** A code of ISO 4217: `EUR`. Without one, amounts are shown without their currency. */
  currency?: string;
  /** How many decimal places the currency has. */
  decimals?: number;
}

/** An amount of money. */
export function moneyField({ min = 0, max, currency, decimals = 2 }: MoneyOptions = {}): FieldKind {
  const amount = new Intl.NumberFormat(undefined, {
    ...(currency === undefined ? {} : { style: 'currency', currency }),
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  });
  return {
    ...numberKind({
      min,
      max,
      step: String(10 ** -decimals),
      suffix: currency,
      format: (value) => amount.format(value),
    }),
    toInput: (value) => (value === null ? '' : Number(value).toFixed(decimals)),
  };
}
