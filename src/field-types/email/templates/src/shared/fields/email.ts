import { z } from 'zod';
import { message } from './message.ts';

export function email(label: string) {
  return z.email(message(label, 'an e-mail address such as name@example.com')).max(254, `${label} is too long.`);
}
