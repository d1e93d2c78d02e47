const dayFormat = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeZone: 'UTC' });
const momentFormat = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
const timeFormat = new Intl.DateTimeFormat(undefined, { timeStyle: 'short', timeZone: 'UTC' });

/** A calendar day (`2026-03-01`): the same day wherever the reader is. */
export function formatDay(day: string): string {
  return formatted(dayFormat, `${day.slice(0, 10)}T00:00:00Z`, day);
}

/** A moment (ISO with offset) in the reader's time zone. */
export function formatMoment(moment: string): string {
  return formatted(momentFormat, moment, moment);
}

/** A time of day (`14:30` or `14:30:00`). */
export function formatTime(time: string): string {
  return formatted(timeFormat, `1970-01-01T${time}Z`, time);
}

/** A moment as `<input type="datetime-local">` wants it: the reader's wall clock, without offset. */
export function toLocalInput(moment: string): string {
  const date = new Date(moment);
  if (Number.isNaN(date.getTime())) return '';
  const pad = (value: number, width = 2): string => String(value).padStart(width, '0');
  const day = `${pad(date.getFullYear(), 4)}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`;
  return `${day}T${pad(date.getHours())}:${pad(date.getMinutes())}`;
}

/** What a person entered in `<input type="datetime-local">` as a moment. Unreadable text stays for validation to refuse. */
export function fromLocalInput(local: string): string {
  const date = new Date(local);
  return Number.isNaN(date.getTime()) ? local : date.toISOString();
}

function formatted(format: Intl.DateTimeFormat, iso: string, fallback: string): string {
  const date = new Date(iso);
  return Number.isNaN(date.getTime()) ? fallback : format.format(date);
}
