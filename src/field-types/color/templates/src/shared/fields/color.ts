import { z } from 'zod';
import { message } from './message.ts';

/** `#rrggbb`. */
export function color(label: string) {
  const expected = message(label, 'a colour such as #1a2b3c');
  return z.string(expected).regex(/^#[0-9a-fA-F]{6}$/, expected);
}
