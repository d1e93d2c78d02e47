import { z } from 'zod';
import { message } from './message.ts';

interface MoneyOptions {
  min?: number;
  max?: number;
  /** How many decimal places the currency has. */
  decimals?: number;
}

/** An amount of money. The highest is what the column holds: 14 digits in all. */
export function money(label: string, { min = 0, max, decimals = 2 }: MoneyOptions = {}) {
  const most = max ?? 10 ** (14 - decimals) - 10 ** -decimals;
  return z
    .number(message(label, 'an amount'))
    .min(min, `${label} must be at least ${min}.`)
    .max(most, `${label} must be at most ${most}.`)
    .refine(
      (value) => Number(value.toFixed(decimals)) === value,
      decimals === 0 ? `${label} must be a whole amount.` : `${label} must have at most ${decimals} decimals.`,
    );
}
