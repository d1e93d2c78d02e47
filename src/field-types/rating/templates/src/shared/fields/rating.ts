import { z } from 'zod';
import { message } from './message.ts';

/** A number of stars, from 1. */
export function rating(label: string, { max = 5 }: { max?: number } = {}) {
  const expected = `a rating from 1 to ${max}`;
  return z
    .int(message(label, expected))
    .min(1, `${label} must be ${expected}.`)
    .max(max, `${label} must be ${expected}.`);
}
