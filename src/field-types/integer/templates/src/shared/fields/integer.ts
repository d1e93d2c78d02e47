import { z } from 'zod';
import { message } from './message.ts';

/** The bounds of PostgreSQL's `integer`. */
const bound = 2_147_483_647;

export function integer(label: string, { min = -bound, max = bound }: { min?: number; max?: number } = {}) {
  return z
    .int(message(label, 'a whole number'))
    .min(min, `${label} must be at least ${min}.`)
    .max(max, `${label} must be at most ${max}.`);
}
