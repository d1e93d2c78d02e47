import type { GenerationResult, StreamEvent } from '../core/events.ts';
import { type EventId, formatEventId } from './event-id.ts';

/**
 * Events as Server-Sent Events, in the dialect that clients of the first version read by splitting at line feeds and looking for `data: `:
 * one data line per event, line feeds only, no `event:` lines.
 */

/** How often a quiet stream says that it is alive, in ms. A client that hears nothing three times over takes it for lost. */
export const heartbeatIntervalMs = 15_000;

/** A comment: every reader of Server-Sent Events ignores it. */
export const heartbeat = ': heartbeat\n\n';

/** Ends of lines to some readers, though not to JSON. What else could end a line, `JSON.stringify` escapes. */
const otherLineEnds = /[\u0085\u2028\u2029]/g;

/** An event of a run. Without an id the reader cannot resume. */
export function encodeEvent(event: StreamEvent, id?: EventId): string {
  return encode(event, id);
}

/** The last message of a run that ended well. */
export function encodeResult(result: GenerationResult, id?: EventId): string {
  return encode({ type: 'result', data: result }, id);
}

/** Asks the reader to wait this long, in ms, before it reconnects. */
export function encodeRetry(milliseconds: number): string {
  return `retry: ${Math.max(0, Math.round(milliseconds))}\n\n`;
}

/** A value as one line of JSON, for every reader's idea of a line. The server's journal keeps these lines. */
export function toLine(value: unknown): string {
  const json = JSON.stringify(value);
  // Searching for one character is many times faster than for three, and there is hardly ever one.
  const isPlain = !(json.includes('\u2028') || json.includes('\u2029') || json.includes('\u0085'));
  return isPlain ? json : json.replace(otherLineEnds, escapeCharacter);
}

/** A line made by {@link toLine} as one event on the wire. */
export function encodeLine(line: string, id?: EventId): string {
  return id === undefined ? `data: ${line}\n\n` : `id: ${formatEventId(id)}\ndata: ${line}\n\n`;
}

function encode(value: unknown, id: EventId | undefined): string {
  return encodeLine(toLine(value), id);
}

function escapeCharacter(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
