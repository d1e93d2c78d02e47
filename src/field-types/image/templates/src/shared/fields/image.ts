import { z } from 'zod';
import { message } from './message.ts';

/** The address of an image: on the web, or on this server (`/images/…`). */
export function image(label: string) {
  const expected = message(label, 'the address of an image: https://… or /images/…');
  return z
    .string(expected)
    .trim()
    .regex(/^(https?:\/\/|\/(?!\/))\S+$/, expected)
    .max(2000, `${label} is too long.`);
}
