import { z } from 'zod';
import { message } from './message.ts';

/** The bound of PostgreSQL's `integer`. */
const bound = 2_147_483_647;

/** A length of time in whole minutes. */
export function duration(label: string, { min = 0, max = bound }: { min?: number; max?: number } = {}) {
  return z
    .int(message(label, 'a length of time such as 1 h 30 min'))
    .min(min, `${label} must be at least ${formatDuration(min)}.`)
    .max(max, `${label} must be at most ${formatDuration(max)}.`);
}

/** `90` → `1 h 30 min`. */
export function formatDuration(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  if (hours === 0) return `${rest} min`;
  return rest === 0 ? `${hours} h` : `${hours} h ${rest} min`;
}

/**
 * The minutes of what a person writes: `1 h 30 min`, `1:30`, `1.5 hours`, `2 days`, `90`. A number alone counts minutes. Undefined where
 * it is no length of time.
 */
export function parseDuration(text: string): number | undefined {
  const clock = /^(\d{1,5}):([0-5]\d)$/.exec(text.trim());
  if (clock) return Number(clock[1]) * 60 + Number(clock[2]);
  const parts =
    /^(?:([\d.,]+)\s*d(?:ays?)?)?\s*(?:([\d.,]+)\s*h(?:(?:ou)?rs?)?)?\s*(?:([\d.,]+)\s*(?:m(?:in(?:ute)?s?)?)?)?$/i.exec(
      text.trim(),
    );
  if (!parts || text.trim() === '') return undefined;
  const [days, hours, minutes] = parts.slice(1).map((part) => Number((part ?? '0').replace(',', '.')));
  const total = Math.round((days ?? 0) * 1440 + (hours ?? 0) * 60 + (minutes ?? 0));
  return Number.isNaN(total) ? undefined : total;
}
