import { z } from 'zod';
import { message } from './message.ts';

/** A moment, with its offset from UTC: `2026-01-31T09:30:00Z`. */
export function dateTime(label: string) {
  return z.iso.datetime({ ...message(label, 'a date and time such as 2026-01-31T09:30:00Z'), offset: true });
}
