import { z } from 'zod';
import { message } from './message.ts';

interface PercentageOptions {
  min?: number;
  max?: number;
  /** How many decimal places there may be. */
  decimals?: number;
}

/** A share in percent: 12.5 is 12.5 %. */
export function percentage(label: string, { min = 0, max = 100, decimals = 2 }: PercentageOptions = {}) {
  return z
    .number(message(label, 'a percentage'))
    .min(min, `${label} must be at least ${min} %.`)
    .max(max, `${label} must be at most ${max} %.`)
    .refine(
      (value) => Number(value.toFixed(decimals)) === value,
      decimals === 0 ? `${label} must be a whole percentage.` : `${label} must have at most ${decimals} decimals.`,
    );
}
