import { z } from 'zod';
import { message } from './message.ts';

/** An address of the web. Nothing but http and https, so that a link never runs a script. */
export function url(label: string) {
  const expected = message(label, 'a web address that begins with https:// or http://');
  return z.url({ ...expected, protocol: /^https?$/ }).max(2000, `${label} is too long.`);
}
