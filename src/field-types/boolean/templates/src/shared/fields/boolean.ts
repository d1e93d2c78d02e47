import { z } from 'zod';
import { message } from './message.ts';

/** Yes or no; no when left out. */
export function flag(label: string) {
  return z.boolean(message(label, 'true or false')).default(false);
}
