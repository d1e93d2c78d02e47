import type { FieldView } from '../emit/project-view.ts';

/** Days and hours of sample records. Of the moments of one record, what begins is before what ends. */

const begins = /^(start|beg[ai]n|open|issu|checkin|clockin)|^(in|from)$/;
const ends = /^(end|due|finish|return|expir|deadline|until|clos|checkout|clockout)|^(to|out|left)$/;
const isBirth = /birth|dob/i;
/** What takes a working day rather than a meeting. */
const takesDay = /clock|check|shift|open|clos/i;

/** The moments of a record, the earliest first: in the order of their declaration where names say nothing else. */
function inOrder(fields: readonly FieldView[]): readonly FieldView[] {
  return fields
    .filter(({ name, moment }) => moment !== undefined && !isBirth.test(name))
    .sort((a, b) => turn(a) - turn(b));
}

function turn({ name }: FieldView): number {
  const words = name.split(/(?=[A-Z])/).map((word) => word.toLowerCase());
  if (words.some((word) => ends.test(word))) return 1;
  return words.some((word) => begins.test(word)) ? -1 : 0;
}

/**
 * Whether an optional moment beside others is left out of the record with this index: now and then, the last one has yet
 * to come. Undefined for any other field.
 */
export function isYetToCome(field: FieldView, fields: readonly FieldView[], index: number): boolean | undefined {
  const all = inOrder(fields);
  if (all.length < 2 || !all.includes(field)) return undefined;
  return index % 4 === 3 && field === all.slice(1).findLast(({ required }) => !required);
}

/** The value of a date, a time or both, in 2026. */
export function momentValue(field: FieldView, fields: readonly FieldView[], index: number): string {
  const year = isBirth.test(field.name) ? 1985 + index : 2026;
  const all = inOrder(fields);
  const dates = all.slice(1, all.indexOf(field) + 1).filter(({ moment }) => moment === 'date').length;
  const day = 3 + index + dates * (2 + ((index * 3) % 5));
  const date = new Date(Date.UTC(year, (index * 2) % 11, day)).toISOString().slice(0, 10);
  if (field.moment === 'date') return date;
  const time = clock(field, all, index);
  return field.moment === 'time' ? time : `${date}T${time}:00.000Z`;
}

function clock(field: FieldView, all: readonly FieldView[], index: number): string {
  const timed = all.filter(({ moment }) => moment !== 'date');
  const isLong = timed.length > 1 && timed.some(({ name }) => takesDay.test(name));
  const start = isLong ? 7 * 60 + index * 10 : (8 + (index % 10)) * 60 + (index % 2) * 30;
  const length = isLong ? 8 * 60 + (index % 4) * 15 : 90;
  const minutes = start + Math.floor((length * Math.max(0, timed.indexOf(field))) / Math.max(1, timed.length - 1));
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}
