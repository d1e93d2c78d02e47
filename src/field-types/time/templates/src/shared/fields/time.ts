import { z } from 'zod';
import { message } from './message.ts';

/** `HH:MM`. */
export function time(label: string) {
  const expected = message(label, 'a time such as 09:30');
  return z.string(expected).regex(/^([01]\d|2[0-3]):[0-5]\d$/, expected);
}
