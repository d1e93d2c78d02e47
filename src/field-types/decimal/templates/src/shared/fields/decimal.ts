import { z } from 'zod';
import { message } from './message.ts';

interface DecimalOptions {
  min?: number;
  max?: number;
  /** How many decimal places there may be. */
  decimals?: number;
}

export function decimal(label: string, { min = -1e15, max = 1e15, decimals }: DecimalOptions = {}) {
  return z
    .number(message(label, 'a number'))
    .min(min, `${label} must be at least ${min}.`)
    .max(max, `${label} must be at most ${max}.`)
    .refine(
      (value) => decimals === undefined || Number(value.toFixed(decimals)) === value,
      `${label} must have at most ${decimals} decimals.`,
    );
}
