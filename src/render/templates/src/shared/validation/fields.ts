import { z } from 'zod';

/**
 * The kinds of values that records are made of, with messages for the person who fills in a form. The same schemas check
 * the form in the browser and the request on the server.
 */

/** The bounds of PostgreSQL's `integer` and of `numeric(14, 2)`. */
const integerBound = 2_147_483_647;
const moneyBound = 999_999_999_999.99;

interface Limits {
  min?: number;
  max?: number;
}

function message(label: string, expected: string): { error: (issue: { input?: unknown }) => string } {
  return {
    error: ({ input }) =>
      input === undefined || input === null ? `${label} is required.` : `${label} must be ${expected}.`,
  };
}

/** Text, trimmed, at least one character. */
export function text(label: string, { max }: { max: number }) {
  return z
    .string(message(label, 'text'))
    .trim()
    .min(1, `${label} must not be empty.`)
    .max(max, `${label} must have at most ${max.toLocaleString('en')} characters.`)
    .refine((value) => !value.includes('\0'), `${label} must not contain null characters.`);
}

export function email(label: string) {
  return z.email(message(label, 'an e-mail address such as name@example.com')).max(254, `${label} is too long.`);
}

/** An address of the web. Nothing but http and https, so that a link never runs a script. */
export function url(label: string) {
  const expected = message(label, 'a web address that begins with https:// or http://');
  return z.url({ ...expected, protocol: /^https?$/ }).max(2000, `${label} is too long.`);
}

/** The address of an image: on the web, or on this server (`/images/…`). */
export function image(label: string) {
  const expected = message(label, 'the address of an image: https://… or /images/…');
  return z
    .string(expected)
    .trim()
    .regex(/^(https?:\/\/|\/(?!\/))\S+$/, expected)
    .max(2000, `${label} is too long.`);
}

export function phone(label: string) {
  const expected = message(label, 'a phone number such as +1 555 0100');
  return z
    .string(expected)
    .trim()
    .regex(/^\+?[\d\s().\-/x]{3,40}$/, expected);
}

/** `#rrggbb`. */
export function color(label: string) {
  const expected = message(label, 'a colour such as #1a2b3c');
  return z.string(expected).regex(/^#[0-9a-fA-F]{6}$/, expected);
}

export function integer(label: string, { min = -integerBound, max = integerBound }: Limits = {}) {
  return z
    .int(message(label, 'a whole number'))
    .min(min, `${label} must be at least ${min}.`)
    .max(max, `${label} must be at most ${max}.`);
}

export function decimal(label: string, { min, max }: Limits = {}) {
  let schema = z.number(message(label, 'a number'));
  if (min !== undefined) schema = schema.min(min, `${label} must be at least ${min}.`);
  if (max !== undefined) schema = schema.max(max, `${label} must be at most ${max}.`);
  return schema;
}

/** An amount with at most two decimals. */
export function money(label: string, { min = 0, max = moneyBound }: Limits = {}) {
  return z
    .number(message(label, 'an amount'))
    .min(min, `${label} must be at least ${min}.`)
    .max(max, `${label} must be at most ${max}.`)
    .refine(
      (value) => Math.abs(value * 100 - Math.round(value * 100)) < 1e-6,
      `${label} must have at most two decimals.`,
    );
}

/** Yes or no; no when left out. */
export function flag(label: string) {
  return z.boolean(message(label, 'true or false')).default(false);
}

/** `YYYY-MM-DD`. */
export function date(label: string) {
  return z.iso.date(message(label, 'a date such as 2026-01-31'));
}

/** A moment, with its offset from UTC: `2026-01-31T09:30:00Z`. */
export function dateTime(label: string) {
  return z.iso.datetime({ ...message(label, 'a date and time such as 2026-01-31T09:30:00Z'), offset: true });
}

/** `HH:MM`. */
export function time(label: string) {
  const expected = message(label, 'a time such as 09:30');
  return z.string(expected).regex(/^([01]\d|2[0-3]):[0-5]\d$/, expected);
}

/** One of a fixed list. */
export function choice<const Options extends readonly { value: string; label: string }[]>(
  label: string,
  options: Options,
) {
  const values = options.map((option): Options[number]['value'] => option.value);
  return z.enum(values, message(label, `one of ${values.join(', ')}`));
}

/** The id of another record. */
export function reference(label: string) {
  return z.int(message(label, 'the id of a record')).min(1, `${label} must be the id of a record.`).max(integerBound);
}

/** The ids of other records, each once. */
export function references(label: string) {
  return z
    .array(z.int(`${label} must be ids of records.`).min(1).max(integerBound), message(label, 'a list of ids'))
    .max(500, `${label} must be at most 500 records.`)
    .overwrite((ids) => [...new Set(ids)]);
}

/** A value that may be left out or null; null is what is stored then. */
export function optional<Schema extends z.ZodType>(schema: Schema) {
  return schema.nullable().default(null as z.util.NoUndefined<z.output<Schema>> | null);
}

/** What a record says of another one: enough to show and link it. */
export const referenceSchema = z.object({ id: z.int(), label: z.string() });
export type Reference = z.infer<typeof referenceSchema>;
