import { TakossError } from '../core/errors.ts';

/** Control characters could drive a terminal, and those that turn the direction of text could make it read as something else. */
const unsafeInLine = /[\p{Cc}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;
const unsafeInText = /(?![\n\r\t])\p{Cc}/gu;

/** Longer than any requirements; and deeper than any result. */
const maxTextLength = 500_000;
const maxDepth = 20;

/** A sentence of a server, for a person to read: one line, without control characters, at most `maxLength` UTF-16 units. */
export function cleanLine(text: string, maxLength = 2000): string {
  const line = text.search(unsafeInLine) === -1 ? text : text.replace(unsafeInLine, ' ');
  return line.length > maxLength ? `${line.slice(0, maxLength - 1)}…` : line;
}

/** The same value with every text in it free of control characters, other than ends of lines, and of bounded length. */
export function cleanValue<T>(value: T): T;
export function cleanValue(value: unknown): unknown {
  return clean(value, 0);
}

function clean(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return value.slice(0, maxTextLength).replace(unsafeInText, '\ufffd');
  if (typeof value !== 'object' || value === null) return value;
  if (depth > maxDepth) {
    throw new TakossError('protocol', 'The server sent a result that is nested too deep. Nothing was written.');
  }
  if (Array.isArray(value)) return value.map((item: unknown) => clean(item, depth + 1));
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, clean(item, depth + 1)]));
}
