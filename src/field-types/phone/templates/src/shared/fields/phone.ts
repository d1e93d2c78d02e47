import { z } from 'zod';
import { message } from './message.ts';

export function phone(label: string) {
  const expected = message(label, 'a phone number such as +1 555 0100');
  return z
    .string(expected)
    .trim()
    .regex(/^\+?[\d\s().\-/x]{3,40}$/, expected);
}
