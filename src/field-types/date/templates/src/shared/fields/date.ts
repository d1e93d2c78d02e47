import { z } from 'zod';
import { message } from './message.ts';

/** `YYYY-MM-DD`. */
export function date(label: string) {
  return z.iso.date(message(label, 'a date such as 2026-01-31'));
}
