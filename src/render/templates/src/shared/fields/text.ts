import { z } from 'zod';
import { message } from './message.ts';

/** Text, trimmed, at least one character. */
export function text(label: string, { max }: { max: number }) {
  return z
    .string(message(label, 'text'))
    .trim()
    .min(1, `${label} must not be empty.`)
    .max(max, `${label} must have at most ${max.toLocaleString('en')} characters.`)
    .refine((value) => !value.includes('\0'), `${label} must not contain null characters.`);
}
